"""Finding named persons: a rank or role, what it belongs to, and one to four words of name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from waqai.arabic.phrases import Lits
from waqai.knowledge.persons import Introduction, PersonKnowledge
from waqai.model.article import Document
from waqai.model.mention import Actor, Mention, Person
from waqai.model.text import Sentence

COMPLEMENT_MAX = 9
NAME_MAX = 4
END_MARKS = frozenset('.;:!?()[]/-…"')
SURNAME_MIN = 4

ActorTokens = Mapping[int, Mention[Actor]]


@dataclass(frozen=True, slots=True)
class Name:
    """The tokens of a name, and where its family name begins."""

    first: int
    last: int
    family: int


def find_persons(
    document: Document,
    persons: PersonKnowledge,
    actor_mentions: Sequence[Mention[Actor]] = (),
    introductions: Lits[Introduction] | None = None,
    speech: Lits[str] | None = None,
) -> tuple[Mention[Person], ...]:
    """Persons introduced by rank or role, and their later mentions by name or family name alone, in reading order.

    The span is the name's; `value.role` holds the words of the role, `value.actor` the id of the actor the role names.
    `introductions` and `speech` are what `Lookups` found for these tables in each sentence, when that is known already.
    """
    by_sentence: dict[int, dict[int, Mention[Actor]]] = {}
    for mention in actor_mentions:
        tokens = by_sentence.setdefault(mention.sentence, {})
        tokens.update(dict.fromkeys(range(mention.first, mention.last), mention))
    known: dict[tuple[str, ...], Person] = {}
    found: list[Mention[Person]] = []
    for n, sentence in enumerate(document.sentences):
        tokens = by_sentence.get(sentence.number, {})
        begun = persons.introductions.places(sentence.words, introductions[n] if introductions is not None else None)
        if known or begun:
            spoken = persons.speech.places(sentence.words, speech[n] if speech is not None else None)
            found.extend(_in_sentence(sentence, persons, tokens, known, sorted({*begun, *spoken})))
    return tuple(found)


def _in_sentence(
    sentence: Sentence,
    persons: PersonKnowledge,
    actors: ActorTokens,
    known: dict[tuple[str, ...], Person],
    openings: Sequence[int],
) -> Iterator[Mention[Person]]:
    """The persons of a sentence; `openings` are the tokens at which one may be introduced or, once some are `known`, named
    again.
    """
    words, floor = sentence.words, 0
    for i in openings:
        if i < floor:
            continue
        intro = persons.introductions.at(words, i)
        if intro is not None:
            name = _introduced(words, intro.last, intro.entry == "role", persons, actors)
            if name is not None:
                yield _mention(sentence, i, len(intro.prefix), name, actors, known)
                floor = name.last
        elif known and persons.speech.at(words, i) is not None:
            name = _again(words, i + 1, known)
            if name is not None:
                person = known[tuple(words[name.first : name.last])]
                span = sentence.span(name.first, name.last)
                yield Mention("person", sentence.number, name.first, name.last, span, person, "named before")
                floor = name.last


def _introduced(words: Sequence[str], j: int, role: bool, persons: PersonKnowledge, actors: ActorTokens) -> Name | None:
    """The name after a rank or role that ends before token `j`; a role may have its complement in between."""
    stop = min(len(words), j + COMPLEMENT_MAX)
    direct = True
    while j < stop:
        word = words[j]
        if word == '"':
            j += 1
            continue
        if word in END_MARKS or word == "،":
            return None
        of_a_place = words[j - 1] in persons.sites and word not in persons.joints
        if j not in actors and not of_a_place and _begins_name(words, j, direct and not role, persons):
            return _name(words, j, persons, actors)
        if j not in actors and word in persons.stops and word != "في":
            return None
        if j not in actors and not role and not word.startswith("ال"):
            return None
        direct = False
        j += 1
    return None


def _begins_name(words: Sequence[str], j: int, loose: bool, persons: PersonKnowledge) -> bool:
    word = words[j]
    if word in persons.ends:
        return False
    if word in persons.given:
        return True
    if word in persons.joints:
        return j + 1 < len(words) and words[j + 1] not in persons.ends and words[j + 1] not in END_MARKS
    return loose and not word.startswith("ال") and word.isalpha() and _continues(words, j + 1, persons)


def _continues(words: Sequence[str], j: int, persons: PersonKnowledge) -> bool:
    """Whether a token can be the second word of a name whose first one is not listed."""
    if j >= len(words) or words[j] in persons.ends:
        return False
    word = words[j]
    return word in persons.given or word in persons.family or (word.startswith("ال") and word.endswith("ي"))


def _name(words: Sequence[str], first: int, persons: PersonKnowledge, actors: ActorTokens) -> Name | None:
    j, units, family = first, 0, first
    while j < len(words) and units < NAME_MAX:
        if j in actors and not _may_be_family(words[j], actors[j], persons):
            break
        step = _unit(words, j, units, persons)
        if step == 0:
            break
        family = j
        j += step
        units += 1
    return Name(first, j, family) if units else None


def _may_be_family(word: str, actor: Mention[Actor], persons: PersonKnowledge) -> bool:
    """Whether a word that names an actor elsewhere may end a name: عبد الملك الحوثي."""
    if word in persons.given or word in persons.joints:
        return True
    return actor.last - actor.first == 1 and word.startswith("ال") and word.endswith("ي")


def _unit(words: Sequence[str], j: int, units: int, persons: PersonKnowledge) -> int:
    """How many tokens the next word of a name takes (عبد الرحمن two); 0 when the name ends here."""
    word = words[j]
    if not word.isalpha() or word in persons.ends:
        return 0
    after = words[j + 1] if j + 1 < len(words) else ""
    if word in persons.joints and _joins(word, after, units, persons):
        return 3 if word == "بن" and after == "عبد" and j + 2 < len(words) else 2
    if word in persons.given or word in persons.family or units == 0:
        return 1
    if word.startswith("ال") and len(word) > SURNAME_MIN:
        return 1
    return 1 if units == 1 and len(word) > 2 and word[0] not in "ويتبلف" else 0


def _joins(word: str, after: str, units: int, persons: PersonKnowledge) -> bool:
    """Whether a word like عبد or نصر takes the next one with it (a given name only before الدين or الله)."""
    if not after.isalpha() or after in persons.ends:
        return False
    return word not in persons.given or after in persons.after_joint


def _mention(
    sentence: Sentence,
    intro: int,
    clitics: int,
    name: Name,
    actors: ActorTokens,
    known: dict[tuple[str, ...], Person],
) -> Mention[Person]:
    words = sentence.words
    text = sentence.clean(name.first, name.last)
    role = sentence.text.clean[
        sentence.starts[intro] + _conjunction(words[intro], clitics) : sentence.ends[name.first - 1]
    ]
    tied = [actors[k].value for k in range(intro, name.first) if k in actors and actors[k].value.kind != "civilians"]
    person = Person(text.replace('"', "").strip(), role.strip(' "'), tied[0].id if tied else None)
    for part in {tuple(words[name.first : name.last]), tuple(words[name.family : name.last])}:
        if len(" ".join(part)) >= SURNAME_MIN:
            known[part] = person
    return Mention(
        "person", sentence.number, name.first, name.last, sentence.span(name.first, name.last), person, "introduced"
    )


def _conjunction(word: str, clitics: int) -> int:
    """How many letters of the clitics are a conjunction or preposition (the article stays with the role)."""
    return clitics - 2 if clitics >= 2 and word[clitics - 2 : clitics] == "ال" else clitics


def _again(words: Sequence[str], j: int, known: Mapping[tuple[str, ...], Person]) -> Name | None:
    """A person named before, by name or family name, at token `j`."""
    for length in range(min(NAME_MAX + 2, len(words) - j), 0, -1):
        if tuple(words[j : j + length]) in known:
            return Name(j, j + length, j)
    return None
