"""The words that help to read places: head nouns, directions, common words that are villages too
(`gazetteer/words.yaml`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from waqai.arabic.inflection import verb_forms
from waqai.arabic.letters import fold
from waqai.arabic.phrases import folded_phrases, phrase_words
from waqai.knowledge.files import KnowledgeFiles, need

FILE = "gazetteer/words.yaml"
COMMON_FILE = "gazetteer/common.yaml"
HeadKind = Literal["settlement", "neighbourhood", "district", "governorate", "countryside", "natural", "site", "around"]
LISTS = (
    *("before", "containers", "near", "organisations", "titles", "persons", "common", "not_places"),
    *(
        "headed",
        "capitals",
        "speaking",
        "stances",
        "list_openers",
        "list_ends",
        "name_ends",
        "many_adjectives",
        "verbs",
        "site_words",
        "took",
        "each_of",
        "hills",
        "particles",
        "compound",
        "roads",
        "road_words",
        "stretches",
    ),
)


@dataclass(frozen=True, slots=True)
class Head:
    """A noun before a place's name: what kind of place follows, and whether a list of names may."""

    kind: HeadKind
    many: bool


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The word lists, folded. `directions` holds every spelling, compounds with a space, and its bearing (degrees)."""

    heads: Mapping[str, Head]
    directions: Mapping[str, int]
    before: frozenset[str]
    containers: frozenset[str]
    near: frozenset[tuple[str, ...]]
    organisations: frozenset[str]
    titles: frozenset[str]
    persons: frozenset[str]
    common: frozenset[str]
    not_places: tuple[str, ...]
    headed: frozenset[str]
    capitals: frozenset[str]
    speaking: frozenset[str]  # every form of the verbs
    stances: frozenset[str]
    list_openers: frozenset[str]
    list_ends: frozenset[str]
    name_ends: frozenset[str]
    many_adjectives: frozenset[str]
    verbs: frozenset[str]
    site_words: frozenset[str]
    took: tuple[str, ...]  # beginnings of words
    each_of: frozenset[str]
    hills: frozenset[str]
    particles: frozenset[str]
    compound: frozenset[str]  # first words of names of two or three words
    roads: frozenset[str]
    road_words: frozenset[str]  # between a road and its first end
    stretches: frozenset[str]  # nouns of land that lies between two places
    singulars: Mapping[str, str]  # a folded plural head noun to its singular, as it is spelled
    never: frozenset[str]  # "المدينة", "البلدة", …: head nouns with the article point back at a place and name none


def key_of(name: str) -> str:
    """The folded words of a name, parted by one space.

    >>> key_of("معرّة النعمان".replace("ّ", ""))
    'معره النعمان'
    """
    return " ".join(phrase_words(name))


def load_place_words(files: KnowledgeFiles) -> PlaceWords:
    """The word lists of `gazetteer/words.yaml`; KnowledgeError names the line of what is wrong."""
    content = files.get(FILE)
    need(files, FILE, content, ["heads", "directions", "singulars", *LISTS])
    need(files, COMMON_FILE, files.get(COMMON_FILE), ["common"])
    lists = {name: folded_phrases(content[name]) for name in LISTS if name != "speaking"}
    heads = _heads(files, content["heads"])
    pointing = ("settlement", "neighbourhood", "district", "governorate", "countryside", "around")
    return PlaceWords(
        heads=heads,
        directions=_directions(content["directions"]),
        before=frozenset(lists["before"]),
        containers=frozenset(lists["containers"]),
        near=frozenset(tuple(phrase.split()) for phrase in lists["near"]),
        organisations=frozenset(lists["organisations"]),
        titles=frozenset(lists["titles"]),
        persons=frozenset(lists["persons"]),
        common=frozenset(lists["common"]) | frozenset(folded_phrases(files.get(COMMON_FILE)["common"])),
        not_places=tuple(lists["not_places"]),
        headed=frozenset(lists["headed"]),
        capitals=frozenset(lists["capitals"]),
        speaking=frozenset(form.text for verb in content["speaking"] for form in verb_forms(verb)),
        stances=frozenset(lists["stances"]),
        list_openers=frozenset(lists["list_openers"]),
        list_ends=frozenset(lists["list_ends"]),
        name_ends=frozenset(lists["name_ends"]),
        many_adjectives=frozenset(lists["many_adjectives"]),
        verbs=frozenset(lists["verbs"]),
        site_words=frozenset(lists["site_words"]),
        took=tuple(lists["took"]),
        each_of=frozenset(lists["each_of"]),
        hills=frozenset(lists["hills"]),
        particles=frozenset(lists["particles"]),
        compound=frozenset(lists["compound"]),
        roads=frozenset(lists["roads"]),
        road_words=frozenset(lists["road_words"]),
        stretches=frozenset(lists["stretches"]),
        singulars={key_of(plural): str(one) for plural, one in content["singulars"].items()},
        never=frozenset("ال" + word for word, head in heads.items() if head.kind in pointing),
    )


def _heads(files: KnowledgeFiles, entries: Sequence[Mapping[str, object]]) -> dict[str, Head]:
    found: dict[str, Head] = {}
    for entry in entries:
        need(files, FILE, entry, ["kind", "one", "many"])
        kind = entry["kind"]
        if kind not in get_args(HeadKind):
            raise files.error(FILE, str(kind), f"unknown kind {kind!r}; known are {', '.join(get_args(HeadKind))}.")
        for number in ("one", "many"):
            words = entry[number]
            for word in words if isinstance(words, list) else ():
                if key_of(word) in found:
                    raise files.error(FILE, word, f"the head noun {word!r} stands here a second time.")
                found[key_of(word)] = Head(kind, number == "many")  # type: ignore[arg-type]
    return found


def _directions(bearings: Mapping[str, int]) -> dict[str, int]:
    """شمال, شمالي, الشمال, الشمالي, الشمالية and the compounds شمال شرق, الشمالي الشرقي, with their bearings."""

    def forms(word: str) -> Iterable[str]:
        return (word, word + "ي", "ال" + word, "ال" + word + "ي", "ال" + word + "يه")

    single = {form: int(bearing) for word, bearing in bearings.items() for form in forms(fold(word))}
    found = dict(single)
    for a, first in single.items():
        for b, second in single.items():
            apart = (second - first) % 360
            if apart in (90, 270):
                found[f"{a} {b}"] = (first + (45 if apart == 90 else -45)) % 360
    return found
