"""Finding the actors an article names, and the ones it only points at ("the army", "the organisation")."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from waqai.arabic.letters import fold
from waqai.arabic.phrases import Lit, Lits, Match
from waqai.knowledge.actors import VOICE, ActorKnowledge, Noun, Phrase, Reference
from waqai.model.article import Document
from waqai.model.mention import Actor, Mention
from waqai.model.text import Sentence, Span

TITLE_WEIGHT = 3
OVER_AND_OVER = 3  # words of a side that show an article without an outlet to speak for it
MODIFIERS_MAX = 4
ADJECTIVES_MAX = 4
HEADS_MAX = 3
ARMY_BESIDE = 3  # mentions back to which "the army" means the army named there
NAMING = ("name", "nickname", "reference", "state")
Phrases = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when an article plays: countries by weight, the side that it speaks for (None: none), its day."""

    countries: tuple[tuple[str, int], ...]
    voice: str | None
    day: dt.date | None


class Draft(NamedTuple):
    """Words that name or point at an actor, before it is settled which: tokens of the sentence without its quotes."""

    first: int
    last: int
    prefix: str
    target: str | Reference
    rule: str
    headed: bool = False


def read_scene(document: Document, actors: ActorKnowledge, lit: Lits[str] | None = None) -> Scene:
    """The countries an article speaks of (most named first; the title counts threefold) and its voice and day.

    `lit` is what `Lookups` found for the table of cues in each sentence, when that is known already.
    """
    weights: dict[str, int] = {}
    cues = actors.cues
    for n, sentence in enumerate(document.sentences):
        weight = TITLE_WEIGHT if sentence.paragraph < 0 else 1
        for _, _, prefix, cue in cues.longest(sentence.words, lit[n] if lit is not None else None):
            if not prefix.endswith("ك"):  # "كسرت الفصائل الحصار" speaks of no Sirte
                weights[cue] = weights.get(cue, 0) + weight
    voices = {side: weights.pop(VOICE + side, 0) for side in actors.voices}
    published = document.article.published
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    country = ranked[0][0] if ranked else None
    voice = _voice(document.article.outlet, voices, country, actors)
    return Scene(tuple(ranked), voice, published.day if published else None)


def _voice(outlet: str | None, told: Mapping[str, int], country: str | None, actors: ActorKnowledge) -> str | None:
    """The side for which an article speaks: its outlet's; without one, that whose words it uses again and again; only at home."""
    name = f" {fold(outlet or '').lower()} "
    own = [v.side for v in actors.voices.values() if any(f" {o} " in name for o in v.outlets)]
    side = own[0] if own else max(told, key=lambda s: told[s])
    voice = actors.voices[side]
    by_words = voice.at_once or (outlet is None and told[side] >= OVER_AND_OVER)
    enough = bool(own) or (told[side] > 0 and by_words)
    at_home = country is None or voice.country == country
    return side if enough and at_home else None


def find_actors(
    document: Document, actors: ActorKnowledge, cues: Lits[str] | None = None, names: Lits[Phrases] | None = None
) -> tuple[Mention[Actor], ...]:
    """Every mention of a party in reading order, none overlapping another.

    Words like "the army" are resolved by the article's country, "the organisation" by the name last given;
    these are marked generic, and `considered` lists the actors they might have meant instead. `cues` and `names` are what
    `Lookups` found for these tables in each sentence, when that is known already.
    """
    scene = read_scene(document, actors, cues)
    drafts = [
        (sentence, draft)
        for n, sentence in enumerate(document.sentences)
        for draft in _drafts(sentence, actors, names[n] if names is not None else None)
    ]
    named = [draft.target if isinstance(draft.target, str) else None for _, draft in drafts]
    found = (_settle(sentence, draft, scene, actors, named, n) for n, (sentence, draft) in enumerate(drafts))
    return tuple(mention for mention in found if mention is not None)


def _drafts(sentence: Sentence, actors: ActorKnowledge, lit: Lit[Phrases] | None) -> list[Draft]:
    """The drafts of one sentence, its quotation marks left out, with tokens of the whole sentence."""
    words = sentence.words
    if '"' not in words:
        return _scan(words, actors, lit)
    kept = [k for k, word in enumerate(words) if word != '"']
    found = []
    for draft in _scan(tuple([words[k] for k in kept]), actors, None):
        first, last = kept[draft.first], kept[draft.last - 1] + 1
        if words[first:last].count('"') % 2 and last < len(words) and words[last] == '"':
            last += 1
        found.append(draft._replace(first=first, last=last))
    return found


def _scan(words: Sequence[str], actors: ActorKnowledge, lit: Lit[Phrases] | None) -> list[Draft]:
    at = actors.table.at
    found: list[Draft] = []
    floor = skip = 0
    for i in actors.table.places(words, lit):
        if i < skip:
            continue
        match = at(words, i)
        if match is not None:
            men = found[-1].first if found and _only_men(words, found[-1], actors) else floor
            skip, drafts = _read(words, i, men, match, actors)
            if drafts:
                if found and drafts[0].first <= found[-1].first:
                    found.pop()  # "مسلحون ينتمون إلى الحشد الشعبي" are of the party that is named
                found += drafts
                floor = skip
    return found


def _only_men(words: Sequence[str], draft: Draft, actors: ActorKnowledge) -> bool:
    """Whether a draft is a plain word for armed men without the article, which a party named behind it may take up."""
    head = actors.heads.at(words, draft.first)
    plain = isinstance(draft.target, Reference) and not draft.prefix.endswith(("ال", "لل"))
    return plain and head is not None and head.entry == "head" and head.last == draft.last


def _read(
    words: Sequence[str], i: int, floor: int, longest: Match[Phrases], actors: ActorKnowledge
) -> tuple[int, list[Draft]]:
    """The token after what begins at `i`, and its drafts; the longest phrase that gives any wins."""
    read = _try(words, i, longest, actors)
    if read is None or _goes_on(words, longest.last, actors):
        read = _furthest(words, i, longest, read, actors)
    if read is None:
        return i + 1, []
    end, drafts = read
    if drafts:
        drafts[0] = _with_heads(words, drafts[0], floor, actors)
    return end, drafts


def _goes_on(words: Sequence[str], j: int, actors: ActorKnowledge) -> bool:
    """Whether a further adjective of a side follows with و: والروسي."""
    if j >= len(words) or words[j][:1] != "و":
        return False
    return words[j].removeprefix("و").removeprefix("ال") in actors.adjectives


def _furthest(
    words: Sequence[str],
    i: int,
    longest: Match[Phrases],
    read: tuple[int, list[Draft]] | None,
    actors: ActorKnowledge,
) -> tuple[int, list[Draft]] | None:
    """The reading that goes furthest of all phrases that begin here: الطيران السوري is a name, والروسي goes with it."""
    for match in actors.table.all_at(words, i):
        other = None if match == longest else _try(words, i, match, actors)
        if other is not None and (read is None or other[0] > read[0]):
            read = other
    return read


def _try(words: Sequence[str], i: int, match: Match[Phrases], actors: ActorKnowledge) -> tuple[int, list[Draft]] | None:
    """What one phrase gives: where it ends and its drafts (none for a trap), or None when it is not meant here."""
    for phrase in match.entry:
        if phrase.kind == "trap":
            return match.last, []
        if isinstance(phrase.target, Noun):
            drafts = _noun(words, i, match, phrase.target, actors)
        elif phrase.kind == "act":
            drafts = _act(words, i, match, actors)
        else:
            drafts = _name(words, i, match, phrase, actors)
        if drafts:
            return drafts[-1].last, drafts
    return None


def _name(words: Sequence[str], i: int, match: Match[Phrases], entry: Phrase, actors: ActorKnowledge) -> list[Draft]:
    if isinstance(entry.target, Noun) or entry.target is None:
        return []
    if i and words[i - 1] in actors.clubs:
        return []
    if entry.kind == "state" and _is_place(words, i, match, actors):
        return []
    if entry.kind == "reference" and match.last == i + 1 and _heads_a_name(words, i, actors):
        return []
    last = _through_alias(words, match.last, entry.target, actors)
    return [Draft(i, last, match.prefix, entry.target, entry.kind)]


def _heads_a_name(words: Sequence[str], i: int, actors: ActorKnowledge) -> bool:
    """Whether a word like مسلحين only belongs to the name after it: مسلحين من تنظيم الدولة."""
    j = i + 1
    if j >= len(words) or actors.heads.at(words, i) is None:
        return False
    if words[j] in actors.links:
        return j + 1 < len(words) and _names_actor(words, j + 1, actors)
    return not words[i].startswith("ال") and _names_actor(words, j, actors)


def _is_place(words: Sequence[str], i: int, match: Match[Phrases], actors: ActorKnowledge) -> bool:
    if i > 1 and words[i - 1] in ("بين", "مع"):  # "اتفاق بين إسرائيل وحماس", but "الحدود بين سوريا وتركيا"
        return words[i - 2] in actors.places
    return match.prefix.endswith("ب") or (i > 0 and words[i - 1] in actors.places)


def _through_alias(words: Sequence[str], last: int, target: str | Reference, actors: ActorKnowledge) -> int:
    """The end of a name with its other name in brackets: تنظيم الدولة (داعش)."""
    if last + 2 < len(words) and words[last] == "(":
        alias = actors.table.at(words, last + 1)
        if (
            alias
            and any(phrase.target == target for phrase in alias.entry)
            and alias.last < len(words)
            and words[alias.last] == ")"
        ):
            return alias.last + 1
    return last


def _noun(words: Sequence[str], i: int, match: Match[Phrases], noun: Noun, actors: ActorKnowledge) -> list[Draft]:
    """Forces with adjectives that say whose ("الطيران الحربي السوري والروسي"), or with none."""
    if i and words[i - 1] in actors.clubs:
        return []
    definite = match.prefix.endswith(("ال", "لل")) or words[match.last - 1].startswith("ال")  # "قوات الجيش الحر"
    j = _after_modifiers(words, match.last, actors)
    found = _adjectives(words, j, definite, noun.group, actors)
    if found:
        first, *others = found
        drafts = [Draft(i, first[0] + 1, match.prefix, first[1], f"{noun.group} with adjective")]
        drafts += [Draft(k, k + 1, "و", meaning, f"{noun.group} with adjective") for k, meaning in others]
        return drafts
    if noun.bare == "never" or (noun.bare == "definite" and not definite):
        return []
    if noun.bare == "modified" and j == match.last:
        return []
    of_others = j < len(words) and words[j] in actors.links and not (definite and words[j] == "من")
    if of_others or (j < len(words) and _names_actor(words, j, actors)):
        return []  # but "تمكن الجيش من السيطرة"
    return [Draft(i, j, match.prefix, noun.meaning, f"{noun.group} alone")]


def _names_actor(words: Sequence[str], j: int, actors: ActorKnowledge) -> bool:
    match = actors.table.at(words, j)
    return (
        match is not None
        and match.prefix in ("", "ل")
        and any(phrase.kind in NAMING for phrase in match.entry)
        and (match.prefix == "" or words[j].startswith("لل"))
    )


def _after_modifiers(words: Sequence[str], j: int, actors: ActorKnowledge) -> int:
    stop = min(len(words), j + MODIFIERS_MAX)
    while j < stop and words[j] in actors.modifiers:
        j += 1
    return j


def _adjectives(
    words: Sequence[str], j: int, definite: bool, group: str, actors: ActorKnowledge
) -> list[tuple[int, Reference]]:
    """The adjectives from token `j` on that say whose: (token, meaning), joined by و or a comma."""
    found: list[tuple[int, Reference]] = []
    while j < len(words) and len(found) < ADJECTIVES_MAX:
        word = words[j]
        if found:
            if word in ("،", "و") and j + 1 < len(words):
                j += 1
                word = words[j]
            elif word[:1] == "و":
                word = word[1:]
            else:
                break
        if word.startswith("ال") != definite:
            break
        meaning = _adjective(word[2:] if definite else word, group, actors)
        if meaning is None:
            break
        found.append((j, meaning))
        j += 1
    return found


def _adjective(word: str, group: str, actors: ActorKnowledge) -> Reference | None:
    rows = actors.adjectives.get(word) or (actors.adjectives.get(word[:-1]) if word[-1:] == "ا" else None) or ()
    for row in rows:
        if not row.after or group in row.after:
            return row.meaning
    return None


def _act(words: Sequence[str], i: int, match: Match[Phrases], actors: ActorKnowledge) -> list[Draft]:
    """An act with an adjective that says whose: قصف تركي, الغارات الجوية الروسية; only the adjective is the mention."""
    definite = match.prefix.endswith(("ال", "لل"))
    j = _after_modifiers(words, match.last, actors)
    return [
        Draft(k, k + 1, "و" if n else "", meaning, "adjective of act")
        for n, (k, meaning) in enumerate(_adjectives(words, j, definite, "act", actors))
    ]


def _with_heads(words: Sequence[str], draft: Draft, floor: int, actors: ActorKnowledge) -> Draft:
    """The draft with the people or forces before it: عناصر, مقاتلون من, الطيران التابع ل."""
    if draft.rule == "adjective of act":
        return draft
    for _ in range(HEADS_MAX):
        k, linked = draft.first - 1, False
        if k - 1 > floor and words[k] == "ل" and words[k - 1] in actors.links:
            k, linked = _before_modifiers(words, k - 2, floor, actors), True
        elif k - 1 > floor and words[k] == "الي" and words[k - 1] in actors.links:
            k, linked = _before_modifiers(words, k - 2, floor, actors), True  # "ينتمون إلى"
        elif k > floor and words[k] in actors.links and _link_fits(words[k], draft.prefix):
            k, linked = _before_modifiers(words, k - 1, floor, actors), True
        elif draft.prefix and not (k >= floor and draft.prefix in ("ل", "لل") and _leads(words, k)):
            break  # but "إن دورية لقوات النظام اعتقلت"
        if k < floor:
            break
        head = actors.heads.at(words, k)
        if head is None or (not linked and head.prefix.endswith(("ال", "لل"))):
            break
        if linked and words[k + 1] == "من" and head.entry == "naming":
            break
        draft = draft._replace(first=k, prefix=head.prefix, headed=True)
    return draft


def _leads(words: Sequence[str], k: int) -> bool:
    """Whether a token begins a sentence, or what "that" introduces: there a noun is a subject and no object."""
    return k == 0 or words[k - 1] in ("ان", "بان")


def _before_modifiers(words: Sequence[str], k: int, floor: int, actors: ActorKnowledge) -> int:
    while k > floor and words[k] in actors.modifiers:
        k -= 1
    return k


def _link_fits(link: str, prefix: str) -> bool:
    return prefix == "" if link == "من" else prefix in ("ل", "لل")


def _settle(
    sentence: Sentence, draft: Draft, scene: Scene, actors: ActorKnowledge, named: list[str | None], n: int
) -> Mention[Actor] | None:
    """The mention of draft number `n`, or None when nothing in the article says who is meant."""
    if isinstance(draft.target, str):
        ids: tuple[str, ...] = (draft.target,)
        how, generic = draft.rule, False
    else:
        ids, how = _meant(draft, draft.target, scene, actors, named, n)
        generic = not (how == "else" and draft.rule.endswith(("adjective", "adjective of act")))
        how = draft.rule if how == "else" else f"{draft.rule}, {how}"
    if not ids:
        return None
    id, how = _renamed(ids[0], how, scene.day, actors)
    considered = () if ids == (id,) else tuple(dict.fromkeys(other for other in ids if other != id))
    value = actors.entries[id].actor
    return Mention(
        kind="actor",
        sentence=sentence.number,
        first=draft.first,
        last=draft.last,
        span=_span(sentence, draft),
        value=_generic(value) if generic else value,
        rule=how,
        prefix=draft.prefix,
        considered=considered,
    )


def _generic(actor: Actor) -> Actor:
    return Actor(actor.id, actor.name_en, actor.name_ar, actor.camp, actor.kind, True)


def _span(sentence: Sentence, draft: Draft) -> Span:
    """The words of a draft without the clitics before them; the article stays, but where it is fused ("للنظام")."""
    cut = len(draft.prefix)
    if draft.prefix.endswith("ال"):
        cut -= 2
    elif draft.prefix.endswith("ل") and sentence.words[draft.first].startswith("لل", len(draft.prefix.rstrip("ل"))):
        cut = len(draft.prefix.rstrip("ل")) + 2
    start = sentence.starts[draft.first]
    end = sentence.ends[draft.last - 1]
    return sentence.text.span(min(start + cut, end - 1), end)


def _meant(
    draft: Draft, reference: Reference, scene: Scene, actors: ActorKnowledge, named: list[str | None], n: int
) -> tuple[tuple[str, ...], str]:
    """The actors a reference may mean, likeliest first, and how that was told."""
    lapsed = reference.until is not None and scene.day is not None and scene.day > reference.until
    if scene.voice is not None and scene.voice in reference.told_by and not lapsed:
        return _by_day(reference.told_by[scene.voice], scene.day, actors), f"in the voice of the {scene.voice} side"
    if reference.heads or reference.last:
        for order, how in ((reversed(named[:n]), "last named"), (iter(named[n + 1 :]), "named later")):
            ids = tuple(dict.fromkeys(id for id in order if id and _fits(id, reference, actors)))
            if ids:
                return ids, how
    if draft.rule == "army alone":
        beside = next((id for id in reversed(named[max(0, n - ARMY_BESIDE) : n]) if id in actors.armies), None)
        if beside is not None:
            return (beside,), "army last named"
    choices = reference.choices
    top = scene.countries[0][1] if scene.countries else 0
    only = (
        1 if draft.rule.endswith(" alone") and "else" in choices else len(scene.countries)
    )  # whose planes is no guess
    known = [code for code, weight in scene.countries[:only] if code in choices and weight * 4 >= top]
    if known:
        ids = _by_day(choices[known[0]], scene.day, actors)
        return ids + tuple(choices[code][0] for code in known[1:]), "country of the article"
    if draft.headed and "headed" in choices:
        return _by_day(choices["headed"], scene.day, actors), "by its head"
    return _by_day(choices.get("else", ()), scene.day, actors), "else"


def _fits(id: str, reference: Reference, actors: ActorKnowledge) -> bool:
    return id in reference.last or not actors.name_heads[id].isdisjoint(reference.heads)


def _by_day(ids: tuple[str, ...], day: dt.date | None, actors: ActorKnowledge) -> tuple[str, ...]:
    """The actors with those active on the day first."""
    if day is None or len(ids) < 2:
        return ids
    return tuple(sorted(ids, key=lambda id: not _was_active(id, day, actors)))


def _was_active(id: str, day: dt.date, actors: ActorKnowledge) -> bool:
    start, end = actors.active(id)
    return (start is None or start <= day) and (end is None or day <= end)


def _renamed(id: str, how: str, day: dt.date | None, actors: ActorKnowledge) -> tuple[str, str]:
    """The name an actor bore on the day: a group named by its old name is the group it has become."""
    seen = {id}
    while day is not None:
        entry = actors.entries[id]
        if entry.end is None or day <= entry.end or entry.renamed_to is None or entry.renamed_to in seen:
            break
        id = entry.renamed_to
        seen.add(id)
    return id, how if len(seen) == 1 else f"{how}, renamed"
