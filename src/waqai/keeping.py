"""What a build keeps of one article: made whole in the process that codes it, so that the one that writes has little left to do."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from waqai.knowledge.codebook import own_codebook
from waqai.model.article import Article
from waqai.reading.outcome import Skipped

if TYPE_CHECKING:
    from waqai.pipeline import Pipeline
    from waqai.store.preparing import Prepared

Keeper = Callable[[Article], "Prepared | Skipped"]


def keeper(pipeline: "Pipeline", dialect: str) -> Keeper:
    """The function that codes an article and prepares it for a record in a database of this dialect.

    An article whose day only its words tell is kept as published on that day; one that no record can keep is Skipped.
    """
    from waqai.store.preparing import NotStorable, prepare

    codebook = own_codebook()

    def keep(article: Article) -> "Prepared | Skipped":
        found = pipeline.found(article)
        dated = replace(article, published=found.published)
        try:
            return prepare(dated, found.reports, found.holdings, codebook, dialect)
        except NotStorable as error:
            return Skipped(f"article {article.id}", None, str(error))

    return keep
