"""A web page: the text of its article, and what its metadata say. Pages are hostile until proven otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waqai.model.article import Published
from waqai.reading.dates import published_day
from waqai.reading.outcome import MAX_BYTES, TOO_BIG, InputError

_JSON_DAY = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')
_META_DAY = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "publish_date",
    "publish-date",
    "publication_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_TAG_DAY = (
    '//*[@itemprop="datePublished"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
    "//time[@pubdate]/@datetime",
    "//article//header//time/@datetime",
    "//article//time/@datetime",
    "//h1/following::time[1]/@datetime",
)
_LONG_TAG = re.compile(r"<(?=[A-Za-z])(?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[^>=]++|=)*+")
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
_ATTRIBUTES = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page's article, its title, outlet, url and language where known, and the day its metadata give."""

    text: str
    values: Mapping[str, str | None]
    published: Published | None


def read_page(page: str) -> Page:
    """The article of a page; InputError when no article can be found in it."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if len(page) > MAX_BYTES:
        raise InputError(TOO_BIG)
    page = page.replace("\0", "")
    if _overloaded(page):
        raise InputError(f"its HTML cannot be read: a tag in it has more than {_ATTRIBUTES:,} attributes")
    try:
        found: Any = trafilatura.bare_extraction(
            page, favor_recall=True, include_comments=False, include_tables=False, with_metadata=True
        )
        tree = trafilatura.load_html(page)
    except Exception as error:  # a page is hostile: whatever it does to the parser is its own fault
        raise InputError(f"its HTML cannot be read ({type(error).__name__})") from None
    if found is None or not found.text or tree is None:
        raise InputError("no article was found in its HTML")
    values = {
        "title": found.title,
        "outlet": found.sitename,
        "url": found.url,
        "language": tree.get("lang") or None,
    }
    return Page(found.text, values, _published(page, tree))


def _overloaded(page: str) -> bool:
    """Whether a tag has so many attributes that the parser, which compares each with each, would not come to an end."""
    tags = (found.group() for found in _LONG_TAG.finditer(page) if found.end() - found.start() > 2 * _ATTRIBUTES)
    return any(len(_VALUE.sub(" ", tag).replace("/", " ").split()) > _ATTRIBUTES for tag in tags)


def _published(page: str, tree: Any) -> Published | None:
    """The first readable day of the metadata, those made for machines first; the page's words are not searched here."""
    for value in (*_JSON_DAY.findall(page)[:1], *_meta_days(tree), *_tag_days(tree)):
        day = published_day(value)
        if day is not None:
            return Published(day, "html")
    return None


def _meta_days(tree: Any) -> list[str]:
    given: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        given.setdefault(name.strip().lower(), tag.get("content") or "")
    return [given[name] for name in _META_DAY if given.get(name)]


def _tag_days(tree: Any) -> list[str]:
    return [str(value) for path in _TAG_DAY for value in tree.xpath(path)[:1]]
