"""Accounts made of the short lines of the corpora of incidents, each with the happening it tells."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from waqai.arabic.letters import fold
from waqai.knowledge.files import DATA, parse_yaml
from waqai.model.account import Account, AccountClaim, AccountToll
from waqai.model.article import Article, Published
from waqai.model.mention import Actor, DateRange, Place, PlaceLevel, Source
from waqai.model.report import (
    Casualties,
    Claim,
    CoderInfo,
    NamedActor,
    NamedDate,
    NamedPlace,
    NamedSource,
    Report,
    Stance,
    Target,
)
from waqai.model.text import Span
from waqai.records_reading import word_marks

TYPES = {
    "air": "Air/drone strike", "shell": "Shelling/artillery/missile attack", "chem": "Chemical weapon", "clash": "Armed clash",
    "takes": "Non-state actor overtakes territory", "regains": "Government regains territory", "suicide": "Suicide bomb",
    "transfer": "Non-violent transfer of territory", "ied": "Remote explosive/landmine/IED", "attack": "Attack",
    "protest": "Peaceful protest", "force": "Excessive force against protesters", "arrests": "Arrests", "other": "Other",
    "abduct": "Abduction/forced disappearance",
}  # fmt: skip
SOURCES = {
    "sohr": Source("Syrian Observatory for Human Rights", "المرصد السوري لحقوق الإنسان", "monitor"),
    "afp": Source("AFP", "وكالة فرانس برس", "agency"),
    "reuters": Source("Reuters", "رويترز", "agency"),
    "sana": Source("SANA", "وكالة سانا", "agency"),
    "msf": Source("Médecins Sans Frontières", "أطباء بلا حدود", "ngo"),
    "white helmets": Source("Syria Civil Defence (White Helmets)", "الدفاع المدني السوري", "ngo"),
    "witnesses": Source("witnesses", "شهود عيان", "witness"),
    "activists": Source("activists", "ناشطون", "activist"),
}
DEFAULTS = {
    "from": "الفجر",
    "pub": "2016-05-02",
    "is": "air",
    "at": "town",
    "on": "2016-05-01",
    "says": "غارة على البلدة",
}
TOWN = {"town": ["x-1", "تل حسان", "Tell Hassan", 35.61, 36.70, "settlement", "Idlib"]}


@dataclass(frozen=True, slots=True)
class Case:
    """An account and the name of the happening it tells."""

    account: Account
    happening: str


def corpus(name: str) -> list[Case]:
    """The accounts of a corpus of incidents."""
    data = parse_yaml(name, (DATA / "incidents" / name).read_bytes())
    return list(_cases(data))


def _cases(data: Mapping[str, Any]) -> Iterator[Case]:
    number = 0
    for case, held in enumerate(data["cases"]):
        for row in held["reports"]:
            number += 1
            art = f"{case}-{row['art']}" if "art" in row else f"a{number}"
            yield Case(account(f"r{number:03}", data["places"], **(row | {"art": art})), str(row["e"]))


def account(id: str = "r1", places: Any = TOWN, **given: Any) -> Account:
    """An account from a short line; the keys are explained in corpus_groups.yaml, all may be left out."""
    row: dict[str, Any] = DEFAULTS | given
    published = dt.date.fromisoformat(row["pub"])
    article = row.get("art", f"article-{id}")
    killed, injured = _toll(row.get("k")), _toll(row.get("i"))
    words = frozenset(re.findall(r"\w{3,}", fold(row["says"])))
    return Account(
        report_id=id,
        article_key=article,
        doc_id=f"doc-{article}",
        copy_of=row.get("copy", article),
        outlet=row["from"],
        published=published,
        known=published,
        sub_event_type=TYPES[row["is"]],
        modality=row.get("m", "happened"),
        background=row.get("bg", False),
        actor1=_actors(row.get("by")),
        actor2=_actors(row.get("vs")),
        target=row.get("what"),
        place=_place(places[row["at"]], row.get("near", False)) if row["at"] else None,
        date=_date(str(row["on"]), published, row.get("time")),
        casualties=tuple(_casualties(row, killed, injured)),
        killed=killed,
        injured=injured,
        claims=_claims(row),
        weapon=row.get("with"),
        words=words,
        marks=word_marks(words),
        confidence=0.8,
    )


def _casualties(row: Mapping[str, Any], killed: Any, injured: Any) -> Iterator[AccountToll]:
    who = row.get("who", "civilians" if row.get("vs") == "civilians" else "unknown")
    if killed:
        yield AccountToll("killed", who, None, killed[0], killed[1], 0)
    if injured:
        yield AccountToll("injured", who, None, injured[0], injured[1], 0)


def _claims(row: Mapping[str, Any]) -> tuple[AccountClaim, ...]:
    stance: Stance = "denies" if row.get("m") == "denied" else "asserts"
    claims = [AccountClaim(tuple(_source(name) for name in row.get("via", ())), stance, _actors(row.get("blames")))]
    claims += [AccountClaim((_source(name),), "denies") for name in row.get("denied", ())]
    return tuple(claims)


def _source(name: str) -> Source:
    return SOURCES.get(name) or Source(f"{name} spokesman", f"متحدث باسم {name}", "party")


def _actors(camps: str | None) -> tuple[Actor, ...]:
    kinds = {"regime": "state forces", "civilians": "civilians"}
    return tuple(Actor(camp, camp, camp, camp, kinds.get(camp, "rebel group")) for camp in (camps or "").split())


def _place(row: list[Any], near: bool) -> Place:
    id, arabic, english, lat, lon, level, governorate, *precision = row
    exact = precision[0] if precision else 1
    country = "SY" if governorate not in ("Yemen", "Libya", "Iraq", "Sudan") else governorate[:2].upper()
    level = cast(PlaceLevel, level)
    return Place(
        id, arabic, english, lat, lon, level, 2 if near else exact, "near" if near else None, country, governorate
    )


def _toll(text: Any) -> tuple[int, int | None] | None:
    if text is None:
        return None
    low, _, high = str(text).partition("-")
    return (int(low[:-1]), None) if low.endswith("+") else (int(low), int(high or low))


def _date(text: str, published: dt.date, time: str | None) -> DateRange | None:
    if text in ("none", "None"):
        return None
    if text == "pub":
        return DateRange(published - dt.timedelta(1), published, 2, "published", time)
    first, _, last = text.partition("..")
    if last:
        return DateRange(dt.date.fromisoformat(first), dt.date.fromisoformat(last), 2, "stated", time)
    if len(text) == len("2016"):
        return DateRange(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31), 5, "stated", time)
    if len(text) == len("2016-05"):
        start = dt.date.fromisoformat(f"{text}-01")
        end = (start + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
        return DateRange(start, end, 4, "stated", time)
    day = dt.date.fromisoformat(text)
    return DateRange(day, day, 1, "stated", time)


@dataclass(frozen=True, slots=True)
class Coded:
    """An article with the reports that stand in it, as a coder gives them."""

    article: Article
    reports: tuple[Report, ...]


def coded(accounts: Sequence[Account]) -> list[Coded]:
    """Articles in which these accounts' reports stand, one sentence for each; nothing of theirs is near to a copy."""
    held: dict[str, list[Account]] = {}
    for one in accounts:
        held.setdefault(one.article_key, []).append(one)
    return [_article(told) for told in held.values()]


def _article(told: Sequence[Account]) -> Coded:
    first = told[0]
    sentences = [f"{' '.join(sorted(one.words))} كما ورد {one.report_id}." for one in told]
    published = Published(first.published, "record") if first.published else None
    made = Article(first.doc_id, " ".join(sentences), "", published, first.outlet)
    reports, at = [], 0
    for one, sentence in zip(told, sentences, strict=True):
        reports.append(_report(one, made, Span("text", at, at + len(sentence), sentence)))
        at += len(sentence) + 1
    return Coded(made, tuple(reports))


def _report(one: Account, of: Article, words: Span) -> Report:
    return Report(
        id=f"{one.report_id}-{of.key[:12]}", doc_id=of.id, article_key=of.key, text_sha256=of.text_sha256,
        sub_event_type=one.sub_event_type, modality=one.modality, background=one.background,
        actor1=tuple(NamedActor(actor, words) for actor in one.actor1),
        actor2=tuple(NamedActor(actor, words) for actor in one.actor2),
        target=Target(one.target, words) if one.target else None,
        place=NamedPlace(one.place, words) if one.place else None, date=NamedDate(one.date, words) if one.date else None,
        casualties=tuple(Casualties(t.outcome, t.who, t.side, t.low, t.high, t.claim, words) for t in one.casualties),
        killed=one.killed, injured=one.injured,
        claims=tuple(
            Claim(
                tuple(NamedSource(source, words) for source in claim.chain), claim.stance,
                tuple(NamedActor(actor, words) for actor in claim.blames),
            )
            for claim in one.claims
        ),
        weapon=one.weapon, evidence=words, coder=CoderInfo("made", "1", "0" * 12, ()), confidence=one.confidence,
    )  # fmt: skip
