"""Reports from their JSON, and accounts: a report as incidents are told from it, in a packed form that is read fast."""

import datetime as dt
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import orjson

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.model.account import Account, AccountClaim, AccountToll, Outline
from waqai.model.mention import Actor, DateRange, Place, Source
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
)
from waqai.model.text import Part, Span
from waqai.records import Json

LENT = "the other side of the fighting in the article"  # the rule of a second party that no words of the event name
_CONTENT = 3  # letters of a word that says something
_WORDS = 60  # content words of the evidence that are compared
_WORD_MARKS = 128
_NO_WORDS: frozenset[str] = frozenset()
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]+")
_WORD = re.compile(r"[^\W\d]+")


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What an account holds of the article it stands in; see `Account` for the meaning of each."""

    key: str
    doc_id: str
    copy_of: str
    outlet: str | None
    published: dt.date | None
    known: dt.date


def report_from(record: Json) -> Report:
    """The report behind its JSON form, the inverse of `records.report_json` as far as that form goes.

    It does not hold why a field is what it is, how sure a place is, whether an actor is generic, the words of the date, and
    where the words of a target stand (their span begins and ends at 0). Raises KeyError, TypeError or ValueError when it is no
    such form.
    """
    coder, target = record["coder"], record["target"]
    return Report(
        id=record["id"],
        doc_id=record["doc_id"],
        article_key=record["article_key"],
        text_sha256=record["text_sha256"],
        sub_event_type=record["sub_event_type"],
        modality=record["modality"],
        background=record["background"],
        actor1=tuple(map(_named_actor, record["actor1"])),
        actor2=tuple(map(_named_actor, record["actor2"])),
        target=Target(target["kind"], Span("text", 0, 0, target["text"])) if target else None,
        place=_named_place(record["place"]),
        date=_named_date(record["date"]),
        casualties=tuple(map(_casualties, record["casualties"])),
        killed=_pair(record["killed"]),
        injured=_pair(record["injured"]),
        claims=tuple(map(_claim, record["claims"])),
        weapon=record["weapon"],
        evidence=_needed(record["evidence"]),
        coder=CoderInfo(coder["name"], coder["version"], coder["knowledge"], tuple(coder["rules"])),
        confidence=record["confidence"],
    )


def _span(record: Json) -> Span | None:
    if record.get("text") is None:
        return None
    part = cast(Part, record.get("in", "text"))
    return Span(part, record["start"], record["end"], record["text"])


def _needed(record: Json) -> Span:
    span = _span(record)
    if span is None:
        raise ValueError("words are missing in this report")
    return span


def _named_actor(record: Json) -> NamedActor:
    actor = Actor(record["id"], record["name_en"], record["name_ar"], record["camp"], record["kind"])
    return NamedActor(actor, _span(record))


def _named_place(record: Json | None) -> NamedPlace | None:
    if record is None:
        return None
    place = Place(
        record["id"], record["name_ar"], record["name_en"], record["lat"], record["lon"], record["level"],
        record["precision"], record["relation"], record["country"], record["governorate"], record["pcode"],
        record["pcode_level"],
    )  # fmt: skip
    return NamedPlace(place, _span(record))


def _named_date(record: Json | None) -> NamedDate | None:
    if record is None:
        return None
    start, end = _day(record["start"]), _day(record["end"])
    return NamedDate(DateRange(start, end, record["precision"], record["basis"], record["time"]), _span(record))


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _casualties(record: Json) -> Casualties:
    return Casualties(
        record["outcome"],
        record["who"],
        record["side"],
        record["low"],
        record["high"],
        record["claim"],
        _needed(record),
    )


def _pair(pair: Any) -> tuple[int, int | None] | None:
    return None if pair is None else (pair[0], pair[1])


def _claim(record: Json) -> Claim:
    chain = tuple(
        NamedSource(Source(named["name_en"], named["name_ar"], named["kind"]), _span(named))
        for named in record["chain"]
    )
    return Claim(chain, record["stance"], tuple(map(_named_actor, record["blames"])))


def account_of(report: Report, facts: ArticleFacts) -> Account:
    """The account of a report that stands in the article of these facts."""
    words = content_words(report.evidence.text)
    return Account(
        report_id=report.id,
        article_key=facts.key,
        doc_id=facts.doc_id,
        copy_of=facts.copy_of,
        outlet=facts.outlet,
        published=facts.published,
        known=facts.known,
        sub_event_type=report.sub_event_type,
        modality=report.modality,
        background=report.background,
        actor1=tuple(named.actor for named in report.actor1),
        actor2=tuple(named.actor for named in report.actor2),
        target=report.target.kind if report.target else None,
        place=report.place.place if report.place else None,
        date=report.date.date if report.date else None,
        casualties=tuple(AccountToll(t.outcome, t.who, t.side, t.low, t.high, t.claim) for t in report.casualties),
        killed=report.killed,
        injured=report.injured,
        claims=tuple(
            AccountClaim(
                tuple(named.source for named in claim.chain),
                claim.stance,
                tuple(named.actor for named in claim.blames),
            )
            for claim in report.claims
        ),
        weapon=report.weapon,
        words=words,
        marks=word_marks(words),
        confidence=report.confidence,
        lent=LENT in report.coder.rules and not any(named.span for named in report.actor2),
    )


def content_words(text: str) -> frozenset[str]:
    """The words of a text that say something, folded, without clitics and article; no numbers, no words of two letters.

    >>> sorted(content_words("وقصفت الطائرات بلدةَ مهين في 2015"))
    ['بلده', 'طايرات', 'قصفت', 'مهين']
    """
    words = set(map(_bare, _WORD.findall(fold(_MARKS.sub("", text)))))
    return frozenset(sorted(word for word in words if len(word) >= _CONTENT)[:_WORDS])


def word_marks(words: Iterable[str]) -> int:
    """The marks of these words: for each a bit, of 128, that some others share.

    >>> word_marks(["بلده"]) & word_marks(["بلده", "قصفت"]) == word_marks(["بلده"])
    True
    """
    found = 0
    for word in words:
        found |= _mark_of(word)
    return found


@lru_cache(maxsize=65536)
def _mark_of(word: str) -> int:
    return 1 << (zlib.crc32(word.encode()) % _WORD_MARKS)


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    """A word without a conjunction, with preposition or article where both stand, and without the article."""
    for head, rest in reversed(splits(word)):
        if head.endswith(("ال", "لل")) and len(rest) >= _CONTENT:
            return rest
    if word[:1] == "و" and len(word) > _CONTENT + 1:
        return word[1:]
    return word


@dataclass(frozen=True, slots=True)
class Packed:
    """An account as text, without the facts of its article: what is compared of it, and the rest. A line of JSON for each part."""

    outline: str
    account: str


class Packing:
    """Packs accounts and opens packed ones. Each line that is met again gives the same objects.

    The article's facts are not packed: they may change (an earlier copy turns up) and are kept with the article.
    """

    def __init__(self, remembered: int = 50_000) -> None:
        remember = lru_cache(maxsize=remembered)
        self._actor, self._source = remember(Actor), remember(Source)
        self.values, self.place, self.date = remember(_values), remember(_place), remember(_date)
        self.actors = remember(self._read_actors)
        self._casualties, self._claims = remember(_tolls), remember(self._read_claims)

    def pack(self, account: Account) -> Packed:
        """The account as text, without the facts of its article; `unpack` makes it again."""
        date, place = account.date, account.place
        outline = (
            (account.sub_event_type, account.modality, account.background, account.target, account.weapon),
            [_actor_values(actor) for actor in account.actor1],
            [_actor_values(actor) for actor in account.actor2],
            _place_values(place) if place else None,
            [date.start, date.end, date.precision, date.basis, date.time] if date else None,
            (account.killed, account.injured),
            f"{account.marks:x}",
        )
        rest = (
            [[t.outcome, t.who, t.side, t.low, t.high, t.claim] for t in account.casualties],
            [
                [
                    [[s.name_en, s.name_ar, s.kind] for s in claim.chain],
                    claim.stance,
                    [_actor_values(actor) for actor in claim.blames],
                ]
                for claim in account.claims
            ],
            " ".join(sorted(account.words)),
            (account.confidence, account.lent),
        )
        return Packed(_lines(outline), _lines(rest))

    def outline(self, report_id: str, packed: str, article_key: str, copy_of: str, known: dt.date) -> Outline:
        """The outline of this report id with what is known of its article; ValueError when `packed` was not made by `pack`."""
        return Outline(report_id, article_key, copy_of, known, *self._compared(packed))

    def unpack(self, report_id: str, packed: Packed, facts: ArticleFacts) -> Account:
        """The account of this report id; ValueError when `packed` was not made by `pack`."""
        return Account(
            report_id,
            facts.key,
            facts.copy_of,
            facts.known,
            *self._compared(packed.outline),
            *self._told(packed.account, facts),
        )

    def telling(self, report_id: str, outline: str, account: str, facts: ArticleFacts) -> Account:
        """The same without words: what incidents are told from."""
        return Account(
            report_id,
            facts.key,
            facts.copy_of,
            facts.known,
            *self._compared(outline),
            *self._told(account, facts, False),
        )

    def _told(self, packed: str, facts: ArticleFacts, whole: bool = True) -> tuple[Any, ...]:
        """The values of an account behind those of its outline, those with its words or without."""
        casualties, claims, words, rest = packed.split("\n")
        return (
            facts.doc_id,
            facts.outlet,
            facts.published,
            self._casualties(casualties),
            self._claims(claims),
            frozenset(orjson.loads(words).split()) if whole else _NO_WORDS,
            *self.values(rest),
        )

    def _compared(self, packed: str) -> tuple[Any, ...]:
        """The values of an outline from its type on."""
        told, actor1, actor2, place, date, tolls, marks = packed.split("\n")
        return (
            *self.values(told),
            self.actors(actor1),
            self.actors(actor2),
            self.place(place),
            self.date(date),
            *self.values(tolls),
            int(marks[1:-1], 16),
        )

    def _read_actors(self, line: str) -> tuple[Actor, ...]:
        return self._named(orjson.loads(line))

    def _read_claims(self, line: str) -> tuple[AccountClaim, ...]:
        return tuple(
            AccountClaim(tuple(self._source(*source) for source in chain), stance, self._named(blames))
            for chain, stance, blames in orjson.loads(line)
        )

    def _named(self, values: Any) -> tuple[Actor, ...]:
        return tuple(self._actor(*value) for value in values)


def _lines(parts: Iterable[object]) -> str:
    return b"\n".join([orjson.dumps(part) for part in parts]).decode()


def _values(line: str) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in orjson.loads(line))


def _place(line: str) -> Place | None:
    values = orjson.loads(line)
    return Place(*values) if values else None


def _date(line: str) -> DateRange | None:
    values = orjson.loads(line)
    return DateRange(_day(values[0]), _day(values[1]), *values[2:]) if values else None


def _tolls(line: str) -> tuple[AccountToll, ...]:
    return tuple(AccountToll(*toll) for toll in orjson.loads(line))


def _actor_values(actor: Actor) -> tuple[object, ...]:
    return (actor.id, actor.name_en, actor.name_ar, actor.camp, actor.kind, actor.generic)


def _place_values(place: Place) -> tuple[object, ...]:
    return (
        place.id, place.name_ar, place.name_en, place.lat, place.lon, place.level, place.precision, place.relation,
        place.country, place.governorate, place.pcode, place.pcode_level, place.sure,
    )  # fmt: skip
