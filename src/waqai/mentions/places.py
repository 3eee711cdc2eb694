"""Places: what an article names on the ground, each decided against the others.

Four passes: scan the sentences for hits, learn the article's countries and anchors, decide every hit, and read sites the
gazetteer does not hold from the known place beside them.
"""

from collections.abc import Mapping, Sequence

from waqai.knowledge.gazetteer import Entry, Gazetteer
from waqai.mentions.places_choose import Choice, Context, contains
from waqai.mentions.places_relations import countryside, read_place, unknown_place
from waqai.mentions.places_scan import Hit, Scanner
from waqai.model.article import Document
from waqai.model.mention import Mention, Place, PlaceLevel
from waqai.model.text import Sentence

Blocked = Mapping[int, Sequence[tuple[int, int]]]


def find_places(document: Document, gazetteer: Gazetteer, blocked: Blocked | None = None) -> tuple[Mention[Place], ...]:
    """Every place the sentences of a document name, in reading order.

    `blocked` gives, by sentence number, token ranges (first, last) that belong to names of another kind and are never places.
    """
    shut = blocked or {}
    scanner = Scanner(gazetteer)
    hits = [h for s in document.sentences for h in scanner.sentence(s.number, s.words, shut.get(s.number, ()))]
    context = Context(gazetteer, hits, _hints(document, gazetteer))
    by_number = {s.number: s for s in document.sentences}
    found: list[Mention[Place]] = []
    last_city: Place | None = None
    for index, hit in enumerate(hits):
        sentence = by_number[hit.sentence]
        mention = _mention(hits, index, sentence, context, last_city)
        if mention is not None:
            found.append(mention)
            if mention.value.level in ("settlement", "governorate") and not hit.back and mention.value.sure > 0.5:
                last_city = mention.value
    return tuple(found)


def _hints(document: Document, gazetteer: Gazetteer) -> dict[str, float]:
    """Countries by how often their adjectives stand in the article ("العراقية")."""
    hints: dict[str, float] = {}
    adjectives = gazetteer.adjectives
    for sentence in document.sentences:
        for word in sentence.words:
            code = adjectives.get(word)
            if code is not None:
                hints[code] = hints.get(code, 0.0) + 0.3
    return hints


def _mention(
    hits: Sequence[Hit], index: int, sentence: Sentence, context: Context, last_city: Place | None
) -> Mention[Place] | None:
    hit = hits[index]
    if hit.back:
        if last_city is None:
            return None
        words = f"ريف {last_city.name_ar}"
        return _made(hit, sentence, countryside(last_city, hit.bearing, words), "countryside of the last city", ())
    container = _container(hits, index, sentence, context)
    if not hit.key:
        return _unknown(hit, sentence, container)
    choice = context.choose(hit, container)
    if choice is None:
        return _unknown(hit, sentence, container) if _names_settlement(hit) else None
    place = read_place(hit, choice, sentence.clean(hit.first, hit.last)[len(hit.prefix) :])
    return _made(hit, sentence, place, _rule(hit, container, choice), choice.others)


def _names_settlement(hit: Hit) -> bool:
    return hit.head is not None and hit.head.kind in ("settlement", "neighbourhood") and not hit.listed


def _rule(hit: Hit, container: Entry | None, choice: Choice) -> str:
    if container is not None and contains(container, choice.entry):
        return f"place: in {container.name_en}"
    if hit.head is not None:
        return f"place: {hit.head.kind} head"
    return "place: listed" if hit.listed else "place: name"


def _container(hits: Sequence[Hit], index: int, sentence: Sentence, context: Context) -> Entry | None:
    """The larger place that the text says this one lies in: "المشرفة بريف حمص", "سنجار في محافظة نينوى"."""
    hit = hits[index]
    if index + 1 >= len(hits) or hits[index + 1].sentence != hit.sentence:
        return None
    outer = hits[index + 1]
    between = sentence.words[hit.last : outer.first]
    joined = not between and outer.prefix in ("ب", "ل") or len(between) == 1 and between[0] in context.gazetteer.words.containers
    headed = not between and outer.head is not None and outer.head.kind in ("countryside", "governorate") and not outer.prefix
    if not joined and not headed or not outer.key:
        return None
    ranked = context.rank(outer)
    return ranked[0][1].entry if ranked else None


def _unknown(hit: Hit, sentence: Sentence, container: Entry | None) -> Mention[Place] | None:
    """A place named with a head noun that the gazetteer does not hold."""
    if hit.head is None:
        return None
    level: PlaceLevel = {"settlement": "settlement", "neighbourhood": "neighbourhood"}.get(hit.head.kind, "")  # type: ignore[assignment]
    if not level:
        return None
    near = None
    if container is not None:
        from waqai.mentions.places_relations import place_of

        near = place_of(container, 0.6)
    place = unknown_place(sentence.clean(hit.name, hit.name_last), level, near, "near")
    return _made(hit, sentence, place, "place: unknown to the gazetteer", ())


def _made(hit: Hit, sentence: Sentence, place: Place, rule: str, others: Sequence[Entry]) -> Mention[Place]:
    span = sentence.span(hit.first, hit.last)
    if hit.prefix:
        start = sentence.starts[hit.first] + len(hit.prefix)
        span = sentence.text.span(start, sentence.ends[hit.last - 1])
    considered = tuple(f"{e.id} {e.name_ar} ({e.governorate})" for e in others)
    return Mention("place", hit.sentence, hit.first, hit.last, span, place, rule, hit.prefix, considered)
