"""`waqai search`: the articles of a record that hold what is asked, with the matches marked."""

import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from waqai.cli.arguments import Commands, UsageError, command
from waqai.cli.filtering import add_filters, add_record, filter_of, opened
from waqai.cli.output import Form
from waqai.cli.recorded import add_limit, form_of, limit_of, nothing, write_rows
from waqai.cli.show import isolate, show_entry
from waqai.records import Json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text
    from sqlalchemy import Connection, Select

    from waqai.store.text_search import Hit

_PAGE = 100
_AROUND = 60
_PIECES = 3
_COLUMNS = ("rank", "doc_id", "article_key", "title", "outlet", "published", "url", "copy_of", "marks", "text")
_MORE = """\
All words have to be there. A word is found with or without vowel marks, the article and what is written before it: حلب finds
وحلب and الحلب, أ finds ا, ة finds ه. "Words in quotes" are found next to each other, كلم* finds what begins so. The best
come first: what is asked in the title, and often.

Conditions narrow it down: --from, --to and --outlet are of the article itself, by its day of publication; all others are of
the events coded in it, one of which has to fit them all.

On a terminal the words around the matches; as JSON Lines the article's text, and where the matches stand in title and text
(code points, start and end).

examples:
  waqai search 'براميل متفجرة'
  waqai search '"ريف حلب" هدن*' --limit 5
  waqai search قصف --camp regime --governorate Aleppo --from 2016
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "search", "find the articles of a record that hold words", _MORE)
    # argparse takes such an argument for a negative number, and so for no option
    parser._negative_number_matcher = re.compile(r"-[^a-zA-Z-]")
    parser.add_argument("words", nargs="+", metavar="WORDS", help='words, "phrases", beginnings such as كلم*')
    add_record(parser)
    add_filters(parser, leave="words")
    add_limit(parser)
    parser.set_defaults(run=run, asked_words=None)


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when nothing is found."""
    from waqai.queries.articles import articles_fitting
    from waqai.store.text_search import SearchError, terms_of

    format = form_of(args)
    limit = limit_of(args, format)
    words = " ".join(args.words)
    try:
        terms_of(words)
    except SearchError as error:
        raise UsageError(str(error)) from error
    with opened(args) as store, store.read() as connection:
        lines = _lines(connection, words, limit, articles_fitting(connection, filter_of(args, connection)))
        written = write_rows(args, Form(_COLUMNS, _row, _show), lines, format)
    return 0 if written else nothing("article")


def _lines(
    connection: "Connection", words: str, limit: int | None, within: "Select[tuple[int]] | None"
) -> Iterator[bytes]:
    from waqai.records import line
    from waqai.store.text_search import search

    after: tuple[float, int] | None = None
    rank = 0
    while limit is None or rank < limit:
        hits = search(connection, words, _PAGE if limit is None else min(_PAGE, limit - rank), after, within)
        for hit in hits:
            rank += 1
            yield line(_json(hit, rank))
        if not hits:
            return
        after = hits[-1].cursor


def _json(hit: "Hit", rank: int) -> Json:
    article = hit.article.article
    return {
        "rank": rank,
        "doc_id": article.id,
        "article_key": hit.article.key,
        "title": article.title,
        "text": article.text,
        "outlet": article.outlet,
        "published": article.published.day.isoformat() if article.published else None,
        "url": article.url,
        "copy_of": None if hit.article.copy_of == hit.article.key else hit.article.copy_of,
        "synthetic": article.synthetic,
        "title_marks": hit.title_marks,
        "text_marks": hit.text_marks,
    }


def _row(found: Json) -> Json:
    return found | {"marks": "; ".join(f"{start}-{end}" for start, end in found["text_marks"])}


def _show(console: "Console", _: str, found: list[Json]) -> None:
    from rich.text import Text

    for article in found:
        marked = _marked(article["title"], article["title_marks"], 0, len(article["title"]))
        marked.stylize("bold")
        console.print(Text.assemble(marked, (f"  {isolate(article['doc_id'])}", "dim")))
        about = [article["published"], article["outlet"], "synthetic" if article["synthetic"] else None]
        show_entry(console, "from", ", ".join(isolate(part) for part in about if part) or "not known")
        for start, end in _pieces(article["text"], article["text_marks"])[:_PIECES]:
            show_entry(console, "words", _marked(article["text"], article["text_marks"], start, end))
        console.print()


def _pieces(text: str, marks: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Stretches of the text around the matches, cut between words, each match in one of them."""
    found: list[tuple[int, int]] = []
    for start, end in marks:
        if found and start <= found[-1][1]:
            continue
        begin = text.find(" ", max(0, start - _AROUND), start) + 1 if start > _AROUND else 0
        cut = text.rfind(" ", end, end + _AROUND)
        found.append(
            (begin or max(0, start - _AROUND), cut if cut > end and end + _AROUND < len(text) else end + _AROUND)
        )
    return found


def _marked(text: str, marks: Sequence[Sequence[int]], start: int, end: int) -> "Text":
    """A stretch of the text in an isolate, its matches set off: in colour, and in brackets where there is none."""
    from rich.text import Text

    piece = "".join(character if character.isprintable() else " " for character in text[start:end])
    shown = Text("\u2068")
    at = 0
    for first, last in ((max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start):
        shown.append(piece[at:first])
        shown.append(f"[{piece[first:last]}]", "bold yellow")
        at = last
    shown.append(piece[at:])
    return shown.append("\u2069")
