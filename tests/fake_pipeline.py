"""A pipeline that codes nothing but does what the real one does in form, for tests of reading and the command line.

It tells one report of every article, and fails as it is told by the words of the text.
"""

import datetime as dt
import os
from types import SimpleNamespace

from helpers import document
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.model.annotated import Annotated
from waqai.model.article import Article, Document
from waqai.model.found import Found
from waqai.model.mention import Actor, DateRange, Mention, Mentions, Place, Quantity, Source
from waqai.model.report import (
    Casualties,
    Claim,
    CoderInfo,
    NamedActor,
    NamedDate,
    NamedPlace,
    NamedSource,
    Report,
    Target,
    Why,
)
from waqai.model.text import Span

CRASH = "كسر البرنامج"
DEATH = "موت العملية"
ACTOR = Actor("isis", "Islamic State", "تنظيم الدولة", "isis", "rebel group")
PLACE = Place("g1", "حلب", "Aleppo", 36.2, 37.16, "settlement", 1, None, "SY", "Aleppo", "SY02", 1)


def report_of(article: Article) -> Report:
    """A report that has every field."""
    words = Span("text", 0, min(12, len(article.text)), article.text[:12])
    head = Span("title", 0, 3, "حلب")
    source = NamedSource(Source("Reuters", "رويترز", "agency"), words)
    day = dt.date(2015, 10, 31)
    return Report(
        id=article.key[:24],
        doc_id=article.id,
        article_key=article.key,
        text_sha256=article.text_sha256,
        sub_event_type="Air/drone strike",
        modality="happened",
        background=False,
        actor1=(NamedActor(ACTOR, words),),
        actor2=(NamedActor(ACTOR, None),),
        target=Target("market", words),
        place=NamedPlace(PLACE, head),
        date=NamedDate(DateRange(day, day, 1, "stated", "evening"), words),
        casualties=(Casualties("killed", "civilians", None, 5, None, 0, words),),
        killed=(5, None),
        injured=None,
        claims=(Claim((source,)), Claim((source,), "denies", (NamedActor(ACTOR, words),))),
        weapon="drone",
        evidence=words,
        coder=CoderInfo("fake", "1", "0" * 64, ("rule",)),
        confidence=0.8765,
        why=(Why("place", "title-place", head, ("حلب الجديدة",)), Why("date", "stated")),
    )


class FakePipeline:
    """What the command line expects of a pipeline."""

    knowledge = SimpleNamespace(codebook=load_codebook(load_files()))

    def clean(self, article: Article) -> Document:
        made = document(article.text, article.title)
        return Document(article, made.title, made.body, made.sentences)

    def annotate(self, document: Document) -> Annotated:
        return Annotated(document, self.mentions(document), None)

    def mentions(self, document: Document) -> Mentions:
        words = Span("text", 0, 4, document.article.text[:4])
        number = Mention("number", 0, 0, 1, words, Quantity(5.0, None, "مدنيين"), "digits")
        place = Mention("place", 0, 1, 2, Span("title", 0, 3, "حلب"), PLACE, "gazetteer")
        return Mentions(numbers=(number,), places=(place,))

    def reports(self, article: Article) -> tuple[Report, ...]:
        if CRASH in article.text:
            raise RuntimeError("قصد")
        if DEATH in article.text:
            os._exit(9)
        return (report_of(article),)

    def found(self, article: Article) -> Found:
        return Found(self.reports(article), (), article.published)


def open_fake(coder: str) -> FakePipeline:
    return FakePipeline()


def open_broken(coder: str) -> FakePipeline:
    raise ValueError("codebook.yaml:3: this is wrong.")
