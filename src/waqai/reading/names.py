"""What the fields of a record are called: by their own names, or by those that other tools give them.

A name counts as a whole, in capitals or not. Where the own name is missing, these stand for it, the first found first:
title: headline; text (if there is no html): body, content, article, article_text, full_text; published: date,
published_at, publish_date, pub_date, datetime; outlet: source, publisher, site; id: doc_id, article_id; url: link.
"""

from collections.abc import Iterable, Mapping

_OTHERS: Mapping[str, tuple[str, ...]] = {
    "id": ("doc_id", "article_id"),
    "html": (),
    "text": ("body", "content", "article", "article_text", "full_text"),
    "title": ("headline",),
    "published": ("date", "published_at", "publish_date", "pub_date", "datetime"),
    "outlet": ("source", "publisher", "site"),
    "url": ("link",),
    "language": (),
}
TEXT_NAMES = ("text", "html", *_OTHERS["text"])
"""Any of these makes a table one of articles."""


def own_names(given: Iterable[object]) -> dict[str, str]:
    """For each field that is there, the name that it is given.

    >>> own_names(["ID", "Headline", "text", "body"])
    {'id': 'ID', 'text': 'text', 'title': 'Headline'}
    """
    names = [name for name in given if isinstance(name, str)]
    lowered = {name.lower(): name for name in reversed(names)}
    found: dict[str, str] = {}
    for own, others in _OTHERS.items():
        if own in names:
            found[own] = own
            continue
        candidates = (own,) if own == "text" and "html" in found else (own, *others)
        name = next((lowered[candidate] for candidate in candidates if candidate in lowered), None)
        if name is not None:
            found[own] = name
    return found
