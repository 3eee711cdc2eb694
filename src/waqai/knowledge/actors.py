"""Actors: the parties of the conflicts, the words that name them, and the words that only point at them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from waqai.arabic.letters import fold
from waqai.arabic.phrases import PhraseTable, phrase_words
from waqai.knowledge.files import KnowledgeFiles, need
from waqai.model.mention import Actor

WORDS = "actors/words.yaml"
KEYS = ("id", "name_ar", "name_en", "camp", "kind", "country")
MORE = ("spellings", "nicknames", "active", "parent", "allies", "renamed_to", "held_ground")
VOICE = "voice of "
PhraseKind = Literal["name", "nickname", "state", "reference", "noun", "act", "trap"]


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another actor, from a day to a day (None is open)."""

    id: str
    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor with its country (ISO code or None), its days, its ties and the actor it was renamed to."""

    actor: Actor
    country: str | None
    spellings: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    parents: tuple[Link, ...]
    allies: tuple[Link, ...]
    renamed_to: str | None
    held_ground: tuple[dt.date, dt.date] | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that point at a party without naming it.

    `choices` maps a country code (or "else", "headed") to actor ids, of which the one active on the day is meant;
    `told_by` does so for the side that an article speaks for, and goes before all else; `heads` are the first words of
    names of which the one named last is meant; `last` are actor ids of which the one named last is meant. `told_by` holds
    `until` a day.
    """

    label: str
    choices: Mapping[str, tuple[str, ...]]
    heads: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    told_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """A side for which outlets speak: the country where its words mean what it means by them, and folded names of outlets.

    `at_once` says that nobody else writes in its words: one of them tells whose voice it is.
    """

    side: str
    country: str
    outlets: tuple[str, ...]
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of forces: its class, and what it means with no adjective ("definite", "always", "never")."""

    group: str
    bare: str
    meaning: Reference


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase of the table stands for: an actor's id, a reference, a noun of forces, or nothing (trap)."""

    kind: PhraseKind
    target: str | Reference | Noun | None


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective that says whose forces; `after` limits it to classes of nouns."""

    after: frozenset[str]
    meaning: Reference


@dataclass(frozen=True, slots=True)
class ActorKnowledge:
    """All that is known of actors, ready for look-up.

    `cues` tell an article's country; `places` are words before a state's name that make it a place; `taking` holds folded
    stems of taking a place.
    """

    entries: Mapping[str, ActorEntry]
    table: PhraseTable[tuple[Phrase, ...]]
    heads: PhraseTable[str]
    name_heads: Mapping[str, frozenset[str]]
    links: frozenset[str]
    modifiers: frozenset[str]
    adjectives: Mapping[str, tuple[Adjective, ...]]
    cues: PhraseTable[str]  # to a country's code, or to VOICE and the side of a voice
    voices: Mapping[str, Voice]  # by side
    places: frozenset[str]
    clubs: frozenset[str]
    taking: tuple[str, ...]
    armies: frozenset[str]  # the states' own
    bombs_by_air: Mapping[str, frozenset[str]]  # camp to countries where its bombing is from the air (none: everywhere)
    alone_in_the_air: Mapping[
        str, tuple[Actor, dt.date | None]
    ]  # country to who alone bombs it from the air, since a day
    only_used_by: Mapping[tuple[str, str], Actor]  # weapon and country to the one party that has it there

    def active(self, id: str) -> tuple[dt.date | None, dt.date | None]:
        """The days between which an actor existed (None is open); KeyError for an unknown id."""
        return self.entries[id].start, self.entries[id].end

    def dating_span(self, id: str, takes: bool) -> tuple[dt.date | None, dt.date | None]:
        """The days in which an article about this actor can lie; `takes` says that it tells of the actor taking a place."""
        entry = self.entries[id]
        return entry.held_ground if takes and entry.held_ground else (entry.start, entry.end)

    def parents(self, id: str) -> tuple[Link, ...]:
        """The actors an actor belonged to, with days; KeyError for an unknown id."""
        return self.entries[id].parents

    def allies(self, id: str) -> tuple[Link, ...]:
        """The actors an actor fought beside, with days; KeyError for an unknown id."""
        return self.entries[id].allies

    def camps(self) -> dict[str, str]:
        """Camp by actor id."""
        return {id: entry.actor.camp for id, entry in self.entries.items()}


def _day(files: KnowledgeFiles, name: str, value: Any, last: bool = False) -> dt.date | None:
    if value is None:
        return None
    text = str(value)
    try:
        if len(text) == 4:
            return dt.date(int(text), 12 if last else 1, 31 if last else 1)
        return dt.date.fromisoformat(text)
    except ValueError:
        raise files.error(name, text, f"{text!r} is not a day (2016-07-28) or a year (2016).") from None


def _links(files: KnowledgeFiles, name: str, rows: list[dict[str, Any]]) -> tuple[Link, ...]:
    for row in rows:
        need(files, name, row, ("id",), ("from", "to"))
    return tuple(Link(r["id"], _day(files, name, r.get("from")), _day(files, name, r.get("to"), True)) for r in rows)


def _entry(files: KnowledgeFiles, name: str, row: dict[str, Any], codebook: Mapping[str, Any]) -> ActorEntry:
    need(files, name, row, KEYS, MORE)
    if row["camp"] not in codebook["camps"]:
        raise files.error(
            name, f"id: {row['id']},", f"the camp {row['camp']!r} of {row['id']!r} is not in codebook.yaml."
        )
    if row["kind"] not in codebook["actor_kinds"]:
        raise files.error(
            name, f"id: {row['id']},", f"the kind {row['kind']!r} of {row['id']!r} is not in codebook.yaml."
        )
    active = row.get("active") or {}
    for key in active:
        if key not in ("from", "to"):
            raise files.error(name, f"id: {row['id']},", f"active takes from and to, not {key!r}.")
    return ActorEntry(
        Actor(row["id"], row["name_en"], row["name_ar"], row["camp"], row["kind"]),
        None if row["country"] == "none" else row["country"],
        tuple(dict.fromkeys([row["name_ar"], *(row.get("spellings") or ())])),
        _day(files, name, active.get("from")),
        _day(files, name, active.get("to"), True),
        _links(files, name, row.get("parent") or []),
        _links(files, name, row.get("allies") or []),
        row.get("renamed_to"),
        _ground(files, name, row.get("held_ground")),
    )


def _ground(files: KnowledgeFiles, name: str, span: dict[str, Any] | None) -> tuple[dt.date, dt.date] | None:
    """The days between which a group took and held places: narrower than its life, and of use for dating its conquests."""
    if span is None:
        return None
    start, end = _day(files, name, span.get("from")), _day(files, name, span.get("to"), True)
    if start is None or end is None:
        raise files.error(name, "held_ground", "held_ground needs both from and to.")
    return start, end


def _rows(files: KnowledgeFiles) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, content in files.folder("actors").items():
        if name == WORDS:
            continue
        for key in content:
            if key not in ("defaults", "actors"):
                raise files.error(name, f"{key}:", f"unknown key {key!r}; an actor file has defaults and actors.")
        for row in content["actors"]:
            yield name, {**row, **{k: v for k, v in (content.get("defaults") or {}).items() if k not in row}}


def _read_entries(files: KnowledgeFiles) -> tuple[dict[str, ActorEntry], list[tuple[str, Phrase]]]:
    codebook = files.get("codebook.yaml")
    entries: dict[str, ActorEntry] = {}
    phrases: list[tuple[str, Phrase]] = []
    owner: dict[tuple[str, ...], str] = {}
    rows = list(_rows(files))
    for name, row in rows:
        entry = _entry(files, name, row, codebook)
        id = entry.actor.id
        if id in entries:
            raise files.error(name, f"id: {id},", f"the actor {id!r} stands here a second time.")
        entries[id] = entry
        spoken = [(text, "name") for text in entry.spellings]
        for nick in row.get("nicknames") or []:
            need(files, name, nick, ("text", "used_by"))
            spoken.append((nick["text"], "nickname"))
        for text, kind in spoken:
            words = phrase_words(text)
            if owner.setdefault(words, id) != id:
                raise files.error(name, text, f"the spelling {text!r} of {id!r} already belongs to {owner[words]!r}.")
            phrases.append((text, Phrase(cast(PhraseKind, kind), id)))
    _check_links(files, rows, entries)
    return entries, phrases


def _check_links(
    files: KnowledgeFiles, rows: list[tuple[str, dict[str, Any]]], entries: Mapping[str, ActorEntry]
) -> None:
    for name, row in rows:
        entry = entries[row["id"]]
        ids = [link.id for link in (*entry.parents, *entry.allies)] + ([entry.renamed_to] if entry.renamed_to else [])
        for id in ids:
            if id not in entries:
                raise files.error(name, f"id: {row['id']},", f"{row['id']!r} points at {id!r}, which is no actor.")


def _ids(files: KnowledgeFiles, entries: Mapping[str, ActorEntry], value: Any) -> tuple[str, ...]:
    ids = tuple(value) if isinstance(value, list) else (value,)
    for id in ids:
        if id not in entries:
            raise files.error(WORDS, str(id), f"{id!r} is no actor.")
    return ids


def _reference(files: KnowledgeFiles, entries: Mapping[str, ActorEntry], row: dict[str, Any]) -> Reference:
    need(files, WORDS, row, ("words",), ("in", "heads", "last", "after", "told_by", "until"))
    choices = {code: _ids(files, entries, value) for code, value in (row.get("in") or {}).items()}
    heads = tuple(fold(word) for word in row.get("heads") or ())
    last = _ids(files, entries, row["last"]) if row.get("last") else ()
    until = dt.date.fromisoformat(str(row["until"])) if row.get("until") else None
    return Reference(row["words"][0], choices, heads, last, _told_by(files, entries, row), until)


def _told_by(
    files: KnowledgeFiles, entries: Mapping[str, ActorEntry], row: Mapping[str, Any]
) -> Mapping[str, tuple[str, ...]]:
    sides = {voice["side"] for voice in files.get(WORDS)["voices"]}
    for side in row.get("told_by") or {}:
        if side not in sides:
            raise files.error(WORDS, str(side), f"{side!r} in 'told_by' is the side of no voice.")
    return {side: _ids(files, entries, value) for side, value in (row.get("told_by") or {}).items()}


def _read_voices(files: KnowledgeFiles) -> dict[str, Voice]:
    found: dict[str, Voice] = {}
    for row in files.get(WORDS)["voices"]:
        need(files, WORDS, row, ("side", "country", "outlets", "words"), ("at_once",))
        if row["side"] in found:
            raise files.error(WORDS, f"side: {row['side']},", f"the voice {row['side']!r} stands here twice.")
        outlets = tuple(fold(name) for name in row["outlets"])
        found[row["side"]] = Voice(row["side"], row["country"], outlets, bool(row.get("at_once")))
    return found


def _forms(masculine: str) -> list[str]:
    """The forms of a relative adjective: سوري, سورية, سوريا (accusative), سوريين, سوريون, سوريتين, سوريتان."""
    word = fold(masculine)
    return [word, *(word + end for end in ("ه", "ين", "ون", "تين", "تان", "ان"))]


def _read_adjectives(
    files: KnowledgeFiles, entries: Mapping[str, ActorEntry], words: Mapping[str, Any]
) -> dict[str, tuple[Adjective, ...]]:
    found: dict[str, list[Adjective]] = {}
    for row in words["adjectives"]:
        adjective = Adjective(frozenset(row.get("after") or ()), _reference(files, entries, row))
        for word in row["words"]:
            for form in _forms(word):
                found.setdefault(form, []).append(adjective)
    for country in words["countries"]:
        for group in words["nouns"]:
            ids = country["forces"].get(group["class"], country["forces"].get("army"))
            if ids is None:
                continue
            meaning = Reference(country["code"], {"else": _ids(files, entries, ids)})
            for word in country["adjectives"]:
                for form in _forms(word):
                    found.setdefault(form, []).append(Adjective(frozenset([group["class"]]), meaning))
    return {form: tuple(rows) for form, rows in found.items()}


def _read_nouns(
    files: KnowledgeFiles, entries: Mapping[str, ActorEntry], words: Mapping[str, Any]
) -> list[tuple[str, Phrase]]:
    found = []
    for row in words["nouns"]:
        need(files, WORDS, row, ("class", "words", "bare"), ("else", "in", "told_by"))
        choices = {
            country["code"]: _ids(files, entries, country["forces"].get(row["class"], country["forces"].get("army")))
            for country in words["countries"]
            if "army" in country["forces"] and row.get("else") is None
        }
        if row.get("else"):
            choices["else"] = _ids(files, entries, row["else"])
        choices |= {code: _ids(files, entries, value) for code, value in (row.get("in") or {}).items()}
        meaning = Reference(row["class"], choices, told_by=_told_by(files, entries, row))
        noun = Noun(row["class"], row["bare"], meaning)
        found += [(word, Phrase("noun", noun)) for word in row["words"]]
    return found


def load_actors(files: KnowledgeFiles) -> ActorKnowledge:
    """The actors of `actors/*.yaml`.

    KnowledgeError (file, line) for an unknown key or code, or a spelling of two actors.
    """
    entries, names = _read_entries(files)
    words = files.get(WORDS)
    phrases = [(text, Phrase("trap", None)) for text in words["traps"]]
    phrases += [(text, Phrase("state", id)) for id, texts in words["states"].items() for text in texts]
    phrases += names
    for row in words["references"]:
        meaning = _reference(files, entries, row)
        phrases += [(text, Phrase("reference", meaning)) for text in row["words"]]
    phrases += _read_nouns(files, entries, words)
    phrases += [(text, Phrase("act", None)) for text in words["acts"]]
    cues = [(text, country["code"]) for country in words["countries"] for text in _cue_words(country)]
    cues += [(text, VOICE + row["side"]) for row in words["voices"] for text in row["words"]]
    return ActorKnowledge(
        entries,
        PhraseTable(_grouped(phrases)),
        PhraseTable([(word, "head") for word in words["heads"]] + [(word, "naming") for word in words["naming_heads"]]),
        _name_heads(entries, frozenset(fold(word) for word in words["naming_heads"])),
        frozenset(fold(word) for word in words["links"]),
        frozenset(form for word in words["modifiers"] for form in (fold(word), fold("ال" + word))),
        _read_adjectives(files, entries, words),
        PhraseTable(cues),
        _read_voices(files),
        frozenset(fold(word) for word in words["before_places"]),
        frozenset(fold(word) for word in words["clubs"]),
        tuple(fold(stem) for stem in words["taking"]),
        frozenset(id for c in words["countries"] for id in _ids(files, entries, c["forces"].get("army", []))),
        {camp: frozenset(countries) for camp, countries in words["bombs_by_air"].items()},
        _alone_in_the_air(files, entries, words["alone_in_the_air"]),
        _only_used_by(files, entries, words["only_used_by"]),
    )


def _alone_in_the_air(
    files: KnowledgeFiles, entries: Mapping[str, ActorEntry], rows: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[Actor, dt.date | None]]:
    found = {}
    for country, row in rows.items():
        need(files, WORDS, row, ("actor",), ("since",))
        since = dt.date.fromisoformat(str(row["since"])) if "since" in row else None
        found[country] = entries[_ids(files, entries, row["actor"])[0]].actor, since
    return found


def _only_used_by(
    files: KnowledgeFiles, entries: Mapping[str, ActorEntry], rows: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str], Actor]:
    weapons, found = files.get("codebook.yaml")["weapons"], {}
    for weapon, users in rows.items():
        if weapon not in weapons:
            raise files.error(WORDS, weapon, f"{weapon!r} in 'only_used_by' is no weapon of the codebook.")
        for country, id in users.items():
            found[weapon, country] = entries[_ids(files, entries, id)[0]].actor
    return found


def _grouped(phrases: list[tuple[str, Phrase]]) -> list[tuple[str, tuple[Phrase, ...]]]:
    """One row for each spelling with all it may stand for: nouns first, since an adjective settles them."""
    found: dict[str, list[Phrase]] = {}
    for text, phrase in phrases:
        found.setdefault(fold(text), []).append(phrase)
    return [(text, tuple(sorted(rows, key=lambda row: row.kind != "noun"))) for text, rows in found.items()]


def _name_heads(entries: Mapping[str, ActorEntry], naming: frozenset[str]) -> dict[str, frozenset[str]]:
    """The head nouns (حركة, تنظيم, جبهة) that names of each actor begin with."""
    return {id: frozenset(fold(text).split()[0] for text in entry.spellings) & naming for id, entry in entries.items()}


def _cue_words(country: Mapping[str, Any]) -> list[str]:
    adjectives = [form for word in country["adjectives"] for form in _forms(word)]
    return [*country["names"], *(country.get("cues") or ()), *adjectives]
