"""Knowledge of sources: who is quoted, how quoting is worded, and how Arabic names of people are spelled in English."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waqai.arabic.letters import fold
from waqai.arabic.phrases import PhraseTable
from waqai.knowledge.files import KnowledgeFiles, need
from waqai.knowledge.latin import latin_name
from waqai.model.mention import Source

NAMED = ("agencies", "outlets", "monitors_ngos", "officials", "governments")
CLASSES = ("say", "cite", "add", "publish", "record", "deny", "doubt", "accuse", "claim", "allege")
USES = ("adjectives", "outlet", "office", "role", "")
CUES = ("unverified", "according", "passing", "clause", "contrasts", "impersonal", "reports", "mutual")
LISTS = (
    "not_sources",
    "told",
    "owned",
    "called",
    "near",
    "accusations",
    "media_objects",
    "elaborations",
    "claimed",
    "claimed_near",
    "unclaimed",
)
LISTS_ON = ("not_elsewhere", "resumes", "resumed", "besides")


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """A source with a name of its own; `side` is the camp it speaks for, if it is one's mouthpiece."""

    id: str
    source: Source
    side: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """A word for an unnamed source ("مصادر"), its English, and what may follow it (`use`)."""

    en: str
    kind: str
    use: str


@dataclass(frozen=True, slots=True)
class Short:
    """A definite word for a source named before ("الوكالة"): `kinds` it can mean (empty: any), else `default`."""

    kinds: frozenset[str]
    default: NamedEntry | None = None


@dataclass(frozen=True, slots=True)
class Capital:
    """A city that stands for its government, as the subject of a verb of saying only ("نفت دمشق")."""

    government: NamedEntry


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of quoting: a class of verb ("say", "deny", …) or another turn ("according", "clause", …)."""

    kind: str
    open: bool = False
    that: bool = False

    @property
    def verb(self) -> bool:
        """Whether it is a verb of saying."""
        return self.kind in CLASSES


Start = NamedEntry | Head | Short | Capital


@dataclass(frozen=True, slots=True)
class GoesOn:
    """Openings of sentences that go on with what a source tells; the lists of these names in speech_verbs.yaml, folded."""

    elaborations: frozenset[str]
    not_elsewhere: frozenset[str]
    resumes: frozenset[str]
    resumed: frozenset[str]
    besides: frozenset[str]


@dataclass(frozen=True, slots=True)
class SourceKnowledge:
    """Everything the stages know of sources; made by `load_sources`."""

    named: Mapping[str, NamedEntry]
    starts: PhraseTable[Start]
    cues: PhraseTable[Cue]
    fillers: PhraseTable[bool]
    told: PhraseTable[bool]
    not_sources: PhraseTable[bool]
    adjectives: Mapping[str, str]
    media_objects: frozenset[str]
    goes_on: GoesOn
    claimed: frozenset[str]
    claimed_near: frozenset[str]
    unclaimed: frozenset[str]
    names: Mapping[str, str]
    ranks: frozenset[str]
    name_ends: frozenset[str]
    bodies: PhraseTable[str]
    owned: frozenset[str]
    parties: Mapping[str, str]
    called: frozenset[str]
    near: frozenset[str]
    sites: frozenset[str]
    accusations: frozenset[str]

    def latin(self, words: Sequence[str]) -> str:
        """The usual English spelling of a person's name given as folded words."""
        return latin_name(words, self.names)


def load_sources(files: KnowledgeFiles) -> SourceKnowledge:
    """The knowledge of `sources/*.yaml`; KnowledgeError names file and line of what is wrong."""
    book = files.get("codebook.yaml")
    kinds, camps = frozenset(book["source_kinds"]), frozenset(book["camps"])
    starts: list[tuple[str, Start]] = []
    named: dict[str, NamedEntry] = {}
    taken: dict[str, str] = {}
    for part in NAMED:
        for spelling, start in _named(files, f"sources/{part}.yaml", kinds, camps, named):
            key = fold(spelling)
            owner = _owner(start)
            if taken.setdefault(key, owner.id) != owner.id:
                message = f"the spelling {spelling!r} already belongs to {taken[key]!r}."
                raise files.error(f"sources/{part}.yaml", f"id: {owner.id},", message)
            starts.append((spelling, start))
    generic, adjectives, fillers = _generic(files, kinds)
    cues, lists = _speech(files)
    persons = files.get("persons.yaml")
    return SourceKnowledge(
        named,
        PhraseTable(starts + generic),
        PhraseTable(cues),
        PhraseTable([(word, True) for word in fillers]),
        PhraseTable([(word, True) for word in lists["told"]]),
        PhraseTable([(word, True) for word in lists["not_sources"]]),
        adjectives,
        frozenset(fold(word) for word in lists["media_objects"]),
        GoesOn(*(frozenset(fold(word) for word in lists[name]) for name in ("elaborations", *LISTS_ON))),
        frozenset(fold(word) for word in lists["claimed"]),
        frozenset(fold(word) for word in (*lists["claimed"], *lists["claimed_near"])),
        frozenset(fold(word) for word in lists["unclaimed"]),
        {fold(arabic): english for arabic, english in files.get("sources/names.yaml").items()},
        frozenset(word for rank in persons["ranks"] for word in fold(rank).split()),
        frozenset(fold(word) for word in persons["stops"]),
        PhraseTable(
            [(word, row["en"]) for row in files.get("sources/generic.yaml")["bodies"] for word in row["words"]]
        ),
        frozenset(fold(word) for word in lists["owned"]),
        dict(files.get("sources/generic.yaml")["parties"]),
        frozenset(lists["called"]),
        frozenset(fold(word) for word in lists["near"]),
        frozenset(fold(word) for word in persons["sites"]),
        frozenset(fold(word) for word in lists["accusations"]),
    )


def _owner(start: NamedEntry | Short | Capital) -> NamedEntry:
    if isinstance(start, Capital):
        return start.government
    owner = start.default if isinstance(start, Short) else start
    assert owner is not None  # entries of these files always have one
    return owner


def _named(
    files: KnowledgeFiles, name: str, kinds: frozenset[str], camps: frozenset[str], named: dict[str, NamedEntry]
) -> Iterator[tuple[str, NamedEntry | Short | Capital]]:
    for row in files.get(name):
        need(files, name, row, ("id", "name_en", "name_ar", "kind"), ("spellings", "short", "side", "capital"))
        line = f"id: {row['id']},"
        if row["id"] in named:
            raise files.error(name, line, f"the id {row['id']!r} stands here a second time.")
        if row["kind"] not in kinds:
            raise files.error(name, line, f"the kind {row['kind']!r} is not one of source_kinds in codebook.yaml.")
        if row.get("side") is not None and row["side"] not in camps:
            raise files.error(name, line, f"the side {row['side']!r} is not one of camps in codebook.yaml.")
        entry = NamedEntry(row["id"], Source(row["name_en"], row["name_ar"], row["kind"]), row.get("side"))
        named[entry.id] = entry
        for spelling in (row["name_ar"], *row.get("spellings", ())):
            yield str(spelling), entry
        for spelling in row.get("short", ()):
            yield spelling, Short(frozenset([row["kind"]]), entry)
        for spelling in row.get("capital", ()):
            yield spelling, Capital(entry)


def _generic(files: KnowledgeFiles, kinds: frozenset[str]) -> tuple[list[tuple[str, Start]], dict[str, str], list[str]]:
    name = "sources/generic.yaml"
    data = files.get(name)
    need(files, name, data, ("heads", "adjectives", "fillers", "short", "bodies", "parties"))
    starts: list[tuple[str, Start]] = []
    for row in data["heads"]:
        need(files, name, row, ("en", "kind", "words"), ("use", "exact"))
        if row["kind"] not in kinds or row.get("use", "") not in USES:
            raise files.error(name, f"en: {row['en']},", f"the kind or use of {row['en']!r} is not a known one.")
        starts += [(word, Head(row["en"], row["kind"], row.get("use", ""))) for word in row["words"]]
    for row in data["bodies"]:
        need(files, name, row, ("en", "words"))
    for row in data["short"]:
        need(files, name, row, ("words", "kinds"))
        if set(row["kinds"]) - kinds:
            raise files.error(name, row["words"][0], "a kind here is not one of source_kinds in codebook.yaml.")
        starts += [(word, Short(frozenset(row["kinds"]))) for word in row["words"]]
    adjectives: dict[str, str] = {}
    for row in data["adjectives"]:
        need(files, name, row, ("word", "en"), ("forms",))
        stem = fold(row["word"])
        forms = [stem + ending for ending in ("", "ه", "ون", "ين", "ات")] + [fold(f) for f in row.get("forms", ())]
        for form in forms:
            adjectives.setdefault(form, row["en"])
            adjectives.setdefault("ال" + form, row["en"])
    return starts, adjectives, data["fillers"]


def _speech(files: KnowledgeFiles) -> tuple[list[tuple[str, Cue]], dict[str, Any]]:
    name = "sources/speech_verbs.yaml"
    data = files.get(name)
    need(files, name, data, ("verbs", *CUES, *LISTS, *LISTS_ON))
    cues = [(word, Cue(kind)) for kind in CUES for word in data[kind]]
    for row in data["verbs"]:
        need(files, name, row, ("class", "forms"), ("open", "that"))
        if row["class"] not in CLASSES:
            raise files.error(name, row["forms"][0], f"the class {row['class']!r} is not one of {', '.join(CLASSES)}.")
        cue = Cue(row["class"], row.get("open", False), row.get("that", False))
        cues += [(form, cue) for form in row["forms"]]
    return cues, data
