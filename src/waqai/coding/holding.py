"""Holding: statements of who holds, besieges or contests a place, made in passing; they are no events."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from waqai.coding.attribution import at, attribute
from waqai.coding.roles import armed
from waqai.knowledge.holding import HoldingKnowledge, Statement
from waqai.knowledge.load import Knowledge
from waqai.model.annotated import Annotated
from waqai.model.attribution import Attribution
from waqai.model.control import Holding
from waqai.model.mention import Actor, DateRange, Mention, Place
from waqai.model.quick import replace
from waqai.model.report import Claim
from waqai.model.text import Sentence

V = TypeVar("V")
NEAR_AFTER, NEAR_BEFORE, FIGHT_AFTER, BESIDE = 3, 4, 9, 8  # tokens
BACK = 3  # sentences in which "the town" was named
LEVELS = ("settlement", "neighbourhood", "site", "area", "governorate")
Places = list[Mention[Place]]


@dataclass(frozen=True, slots=True)
class Here:
    """One sentence with what it names, and for "the town", "the quarter" the places named last before it, by level."""

    sentence: Sentence
    places: tuple[Mention[Place], ...]
    actors: tuple[Mention[Actor], ...]
    dates: tuple[Mention[DateRange], ...]
    before: Mapping[str, Mention[Place]]
    known: HoldingKnowledge

    @property
    def words(self) -> tuple[str, ...]:
        """The folded tokens."""
        return self.sentence.words

    def says(self, name: str, token: int) -> bool:
        """Whether the word at a token is in a list of the knowledge."""
        return 0 <= token < len(self.words) and self.words[token] in self.known.words[name]


@dataclass(frozen=True, slots=True)
class Found:
    """A statement with the tokens of its words, its places and actors, and its days."""

    statement: str
    effect: str
    first: int
    last: int
    places: tuple[Mention[Place], ...]
    actors: tuple[Mention[Actor], ...]
    part: str | None
    date: DateRange | None


def find_holdings(annotated: Annotated, knowledge: Knowledge) -> tuple[Holding, ...]:
    """What an article says in passing of who holds a place, in the order of its text; never raises on any text.

    A statement of several places or actors gives a Holding for each.
    """
    found = [(here, f) for here in _heres(annotated, knowledge.holding) for f in _statements(here, annotated)]
    if not found:
        return ()
    speech = attribute(annotated.document, annotated.mentions.sources, knowledge.sources)
    made: dict[str, Holding] = {}
    for here, one in found:
        for holding in _holdings(here, one, annotated, speech):
            made.setdefault(holding.id, holding)
    return tuple(made.values())


def _heres(annotated: Annotated, known: HoldingKnowledge) -> Iterator[Here]:
    mentions = annotated.mentions
    actors, places, dates = _by_sentence(mentions.actors), _by_sentence(mentions.places), _by_sentence(mentions.dates)
    before: dict[str, Mention[Place]] = {}
    for sentence in annotated.document.sentences:
        n = sentence.number
        named = tuple(m for m in places.get(n, ()) if m.value.level in LEVELS)
        before = {level: m for level, m in before.items() if n - m.sentence <= BACK}
        yield Here(sentence, named, tuple(actors.get(n, ())), tuple(dates.get(n, ())), before, known)
        before |= {m.value.level: m for m in reversed(named) if m.value.relation is None}


def _by_sentence(mentions: Sequence[Mention[V]]) -> dict[int, list[Mention[V]]]:
    out: dict[int, list[Mention[V]]] = defaultdict(list)
    for m in mentions:
        out[m.sentence].append(m)
    return out


def _statements(here: Here, annotated: Annotated) -> Iterator[Found]:
    """The statements of a sentence, the longest words first, none within another's words."""
    if not here.places and not here.before:
        return
    free = 0
    for first, last, statement in here.known.statements.every(here.words):
        if first < free or (statement.body and here.sentence.paragraph < 0):
            continue
        found = _read(here, first, last, statement, annotated)
        if found is not None:
            free = last
            yield found
    yield from _lead_up(here, annotated)


def _read(here: Here, first: int, last: int, statement: Statement, annotated: Annotated) -> Found | None:
    """The statement that these words make, or None when its place or actor is wanting or it is not asserted."""
    if statement.beside and not _beside(here, statement.beside, first, last):
        return None
    effect = statement.effect
    if _no_longer(here, first):
        if effect != "holds":
            return None
        effect = "loses"
    elif any(here.says("not", i) for i in range(first - 3, first)):
        return None
    for order in statement.orders:
        slots = _slots(here, first, last, order, statement)
        if slots is None:
            continue
        places, actors = slots
        begin = min((m.first for m in places if m.sentence == here.sentence.number), default=first)
        if any(here.says("not", i) for i in range(begin - 2, begin)):
            return None
        date = _date(here, first, annotated)
        if statement.dated:
            date = _begun(here)
            if date is None:
                return None
        part = "shared" if statement.shared and len(actors) > 1 else _part(here, places[0], first)
        if statement.changes and effect == "holds" and any(here.says("became", i) for i in range(first - 3, last)):
            effect = "takes"
        if statement.effect == "contests" and not actors:
            actors = tuple(_fighters(here))
        return Found(statement.id, effect, first, last, places, actors, part, date)
    return None


Slots = tuple[tuple[Mention[Place], ...], tuple[Mention[Actor], ...]]


def _slots(here: Here, first: int, last: int, order: Sequence[str], statement: Statement) -> Slots | None:
    """The places and actors that stand about the words in this order."""
    center = order.index("*")
    places: Places = []
    actors: list[Mention[Actor]] = []
    edge = first
    for slot in reversed(order[:center]):
        if slot == "place":
            places = _places_before(here, edge)
            edge = places[0].first if places else edge
        else:
            actors = _actors_before(here, edge)
            edge = actors[0].first if actors else edge
    edge = last
    for slot in order[center + 1 :]:
        if slot == "actor":
            actors = _actors_after(here, edge)
            edge = actors[-1].last if actors else edge
        else:
            places = _fought(here, first, edge) if statement.beside == "lasts" else _places_after(here, edge)
            edge = places[-1].last if places else edge
    if not places or ("actor" in order and not actors):
        return None
    return tuple(places), tuple(actors)


def _gap(here: Here, start: int, end: int, lists: Sequence[str], most: int) -> bool:
    """Whether only small words of these lists and dates stand between two tokens, and few of them."""
    dated = {i for m in here.dates for i in range(m.first, m.last)}
    between = [i for i in range(start, end) if i not in dated]
    return start <= end and len(between) <= most and all(any(here.says(name, i) for name in lists) for i in between)


def _actors_after(here: Here, edge: int) -> list[Mention[Actor]]:
    """The armed actors named right after a token, those of a list together."""
    out: list[Mention[Actor]] = []
    for m in here.actors:
        if m.first < edge or not armed(m.value):
            continue
        joined = bool(out) and (m.prefix.startswith("و") or here.says("lists", m.first - 1))
        if (not out and _gap(here, edge, m.first, ("fillers",), NEAR_AFTER)) or (
            joined and m.first - out[-1].last <= 1
        ):
            out.append(m)
        elif m.first > edge + NEAR_AFTER:
            break
    return out


def _actors_before(here: Here, edge: int) -> list[Mention[Actor]]:
    """The armed actor that stands before a token as the subject of its verb."""
    held = [m for m in here.actors if m.last <= edge and armed(m.value)]
    if not held or not _gap(here, held[-1].last, edge, ("between", "fillers"), NEAR_BEFORE):
        return []
    out = [held[-1]]
    for m in reversed(held[:-1]):
        if out[0].prefix.startswith("و") and m.last == out[0].first:
            out.insert(0, m)
    return out


def _places_before(here: Here, edge: int) -> Places:
    """The places before a token: the head of "town in a countryside", all of a list; "the town" is the one named before."""
    held = [m for m in here.places if m.last <= edge]
    noun = next((i for i in range(edge - 1, max(edge - 3, -1), -1) if here.words[i] in here.known.nouns), None)
    if noun is not None and (not held or held[-1].last <= noun) and _gap(here, noun + 1, edge, ("between",), 2):
        if not here.says("containers", noun - 1):
            return _meant(here, noun)
        edge = noun - 1  # "the quarters in the town": the quarters are meant
    if not held or not _gap(here, held[-1].last, edge, ("between",), NEAR_BEFORE):
        return []
    out = [held.pop()]
    while held:
        previous, current = held[-1], out[0]
        between = range(previous.last, current.first)
        if len(between) <= 2 and _contains(here, between, current):
            out[0] = held.pop()
        elif len(between) <= 1 and _listed(here, between, current):
            out.insert(0, held.pop())
        else:
            break
    return out


def _meant(here: Here, token: int) -> Places:
    """The place that "the town", "the quarter" or "the airport" at a token points back to."""
    level = here.known.nouns.get(here.words[token]) if 0 <= token < len(here.words) else None
    if level is None:
        return []
    held = [m for m in here.places if m.last <= token and m.value.level == level and m.value.relation is None]
    return held[-1:] or [m for m in (here.before.get(level),) if m is not None]


def _contains(here: Here, between: range, current: Mention[Place]) -> bool:
    """Whether the earlier of two places is said to lie in the later one."""
    if any(here.says("lists", i) for i in between) or current.prefix.startswith(("و", "ف")):
        return False
    prefixed = current.prefix.startswith(("ب", "ل")) and not between
    return (
        prefixed
        or (len(between) > 0 and all(here.says("containers", i) for i in between))
        or (not between and current.value.level in ("area", "governorate"))
    )


def _listed(here: Here, between: range, current: Mention[Place]) -> bool:
    return current.prefix.startswith("و") if not between else all(here.says("lists", i) for i in between)


def _places_after(here: Here, edge: int) -> Places:
    """The places right after a token, all of a list; what they lie in is left out."""
    out: Places = []
    if not any(m.first <= edge < m.last for m in here.places) and (meant := _meant(here, edge)):
        return meant
    for m in here.places:
        if m.last <= edge:
            continue
        start = out[-1].last if out else edge
        between = range(start, max(m.first, start))
        near = (
            m.first < edge
            or _gap(here, edge, m.first, ("fillers",), NEAR_AFTER)
            or _part_before(here, m, edge) is not None
        )
        if (not out and near) or (out and len(between) <= 1 and _listed(here, between, m)):
            out.append(m)
        elif out and _contains(here, between, m) and len(between) <= 2:
            continue
        else:
            break
    return out


def _fought(here: Here, first: int, edge: int) -> Places:
    """The place in which fighting is said to go on: within it or at its edge, not around it."""
    for m in here.places:
        if m.first < edge:
            continue
        if m.first - edge > FIGHT_AFTER:
            break
        inside = m.prefix.endswith("ب") or any(here.says("within", i) for i in (m.first - 1, m.first))
        around = here.says("around", m.first) or any(here.says("around", i) for i in range(edge, m.first))
        plain = m.value.level in ("settlement", "neighbourhood", "site") and m.value.relation in (None, "around")
        return [m] if inside and plain and not around else []
    if any(here.says("inside", i) for i in range(edge, min(edge + FIGHT_AFTER, len(here.words)))):
        held = [m for m in here.places if m.last <= first and m.value.level in ("settlement", "neighbourhood")]
        return held[-1:]
    return []


def _beside(here: Here, name: str, first: int, last: int) -> bool:
    """Whether a phrase of a list stands near the words, in the same sentence."""
    start, end = max(first - BESIDE, 0), min(last + BESIDE, len(here.words))
    return here.known.phrases[name].first(here.words, start, end) is not None


def _no_longer(here: Here, first: int) -> bool:
    return any(here.known.phrases["no_longer"].at(here.words, i) for i in range(max(first - 4, 0), first))


def _fighters(here: Here) -> Iterable[Mention[Actor]]:
    seen: dict[str, Mention[Actor]] = {}
    for m in here.actors:
        if armed(m.value) and m.value.camp not in ("unknown", "civilians"):
            seen.setdefault(m.value.id, m)
    return seen.values()


def _part(here: Here, m: Mention[Place], first: int) -> str | None:
    """The part of the place that the words before its name, or before "the town", speak of; None for all of it."""
    for i in range(first - 1, max(first - 8, -1), -1):
        match = here.known.parts.at(here.words, i)
        if match is not None and match.last < first and here.words[match.last] in here.known.nouns:
            return match.entry
        if m.sentence == here.sentence.number and m.first == i:
            break
    return _part_before(here, m, 0) if m.sentence == here.sentence.number else None


def _part_before(here: Here, m: Mention[Place], edge: int) -> str | None:
    for i in range(max(m.first - 4, edge), m.first):
        match = here.known.parts.at(here.words, i)
        if match is not None and match.last == m.first:
            return match.entry
    return None


def _date(here: Here, first: int, annotated: Annotated) -> DateRange | None:
    """The days for which it is said: since a day, in a time past, or the day the article speaks from."""
    anchor = annotated.anchor.day if annotated.anchor else None
    stated = [m for m in here.dates if m.value.start is not None]
    if any(here.says("past", i) for i in range(first - 4, first)):
        return stated[0].value if stated else None
    since = next((m.value for m in stated if here.says("since", m.first - 1) or here.says("since", m.first)), None)
    if since is not None and anchor is not None and since.start is not None and since.start <= anchor:
        return DateRange(since.start, anchor, since.precision, since.basis)
    return None if anchor is None else DateRange(anchor, anchor, 1, "published")


def _begun(here: Here) -> DateRange | None:
    """The first day of an attack that the sentence says has begun."""
    stated = [m.value for m in here.dates if m.value.start is not None and m.value.precision <= 2]
    return DateRange(stated[0].start, stated[0].start, stated[0].precision, stated[0].basis) if stated else None


def _lead_up(here: Here, annotated: Annotated) -> Iterator[Found]:
    """ "After days of fighting" in the sentence of a place: it was fought for on the days before."""
    words = here.words
    for i in range(len(words) - 3):
        days = here.known.spans.get(words[i + 1], 0) if here.says("after", i) else 0
        if not days or words[i + 2] != "من" or not here.says("lead_up", i + 3):
            continue
        if any(here.says("around", j) for j in range(i + 4, i + 8)):
            continue
        places = [m for m in here.places if m.last <= i and m.value.relation is None][-1:]
        places = [m for m in places if m.value.level in ("settlement", "site", "neighbourhood")]
        last = _day_before(here, i, annotated)
        if places and last is not None:
            start = last - dt.timedelta(days=days - 1)
            date = DateRange(start, last, 2 if days <= 7 else 3, "relative")
            actors = tuple(_fighters(here))
            yield Found("after days of fighting", "contests", i, i + 4, tuple(places), actors, None, date)


def _day_before(here: Here, token: int, annotated: Annotated) -> dt.date | None:
    stated = [m.value.end for m in here.dates if m.last <= token and m.value.end is not None and m.value.precision <= 2]
    day = stated[-1] if stated else annotated.anchor.day if annotated.anchor else None
    return None if day is None else day - dt.timedelta(days=1)


def _inside(here: Here, m: Mention[Place]) -> Place:
    """The place; "inside the town" and "the quarters of the town" are the town itself, its edge is not."""
    own = m.sentence == here.sentence.number and m.value.relation == "around"
    return replace(m.value, relation=None) if own and here.says("interior", m.first) else m.value


def _holdings(here: Here, found: Found, annotated: Annotated, speech: Sequence[Attribution]) -> Iterator[Holding]:
    article = annotated.document.article
    here_places = [m for m in found.places if m.sentence == here.sentence.number]
    tokens = [(m.first, m.last) for m in (*here_places, *found.actors)] + [(found.first, found.last)]
    evidence = here.sentence.span(min(f for f, _ in tokens), max(last for _, last in tokens))
    told = at(speech, here.sentence.number, found.first, found.last)
    if told and all(a.stance == "denies" for a in told):
        return
    claims = tuple(Claim(a.chain, a.stance) for a in told) or (Claim(()),)
    for m in found.places:
        actors: list[Actor | None] = [a.value for a in found.actors]
        for actor in actors or [None]:
            marks = (article.key, evidence.part, evidence.start, evidence.end, m.value.id, actor and actor.id)
            id = hashlib.sha256("\n".join(map(str, (*marks, found.effect, found.statement))).encode()).hexdigest()[:20]
            yield Holding(
                id,
                article.key,
                _inside(here, m),
                actor,
                found.effect,  # type: ignore[arg-type]
                found.part,
                found.date,
                claims,
                evidence,
                found.statement,
            )
