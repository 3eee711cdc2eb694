"""Speakers: reading a noun phrase that may be a source, at one place of a sentence."""

from collections.abc import Sequence

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.knowledge.sources import Capital, Head, NamedEntry, Short, SourceKnowledge
from waqai.mentions.speaking import (
    ENDS,
    GLUE,
    IN,
    LINKS,
    LONGEST_NAME,
    MILITARY,
    NO_BODIES,
    OF,
    ORGANS,
    PARTIES,
    PLAIN,
    QUOTES,
    THAT,
    THOSE,
    Scene,
    Speaker,
    skip_quotes,
)
from waqai.model.mention import Source
from waqai.model.quick import replace


class SpeakerReader:
    """Reads speakers with the given knowledge; holds nothing else."""

    def __init__(self, knowledge: SourceKnowledge) -> None:
        self._know = knowledge

    def read(self, scene: Scene, i: int, prefixes: Sequence[str] = ("", "ال"), depth: int = 0) -> Speaker | None:
        """The speaker whose words begin at token `i` with one of the `prefixes` written before them, or None."""
        i = skip_quotes(scene.words, i)
        if i >= len(scene.words):
            return None
        best = self._listed(scene, i, prefixes, depth)
        party = self._party(scene, i, prefixes)
        rank = f"ال{scene.words[i].removeprefix('ال')}" in self._know.ranks  # "لواء النور" is a brigade, no general
        if party is not None and (best is None or party.last > best.last or (rank and party.last == best.last)):
            best = party
        return best and replace(best, last=self._past_owner(scene, best.last))

    def capital(self, scene: Scene, i: int) -> Speaker | None:
        """The government whose capital stands at token `i` ("نفت دمشق"), where a subject of saying is looked for."""
        for match in self._know.starts.all_at(scene.words, i):
            if isinstance(match.entry, Capital) and match.prefix == "":
                return Speaker(match.last, match.entry.government.source, "", True)
        return None

    def _listed(self, scene: Scene, i: int, prefixes: Sequence[str], depth: int) -> Speaker | None:
        for match in self._know.starts.all_at(scene.words, i):
            if match.prefix not in prefixes:
                continue
            entry = match.entry
            if isinstance(entry, NamedEntry):
                return Speaker(
                    self.after(scene.words, match.last),
                    entry.source,
                    match.prefix,
                    entry.source.kind in ("military", "party"),
                )
            if isinstance(entry, Capital):
                continue
            if isinstance(entry, Short):
                speaker = self._short(scene, match.last, entry, match.prefix)
            else:
                speaker = self._head(scene, (i, match.last), entry, match.prefix, depth)
            if speaker is not None:
                return speaker
        return None

    def _party(self, scene: Scene, i: int, prefixes: Sequence[str]) -> Speaker | None:
        actor, person = scene.actors.get(i), scene.persons.get(i)
        speaks = actor is not None and actor.value.camp != "civilians" and not actor.rule.startswith("site")
        if actor is not None and speaks and (actor.prefix == "ال" or actor.prefix in prefixes):
            kind = "military" if actor.value.kind in MILITARY else "party"
            name = self._know.parties.get(actor.value.id, actor.value.name_en)
            source = Source(name, actor.value.name_ar, kind)
            return Speaker(self.after(scene.words, actor.last), source, actor.prefix, True)
        if person is not None and person.prefix in prefixes:
            source = self.person(scene, (person.first, person.last), "person")
            return Speaker(person.last, source, person.prefix, True)
        return None

    def person(self, scene: Scene, at: tuple[int, int], kind: str) -> Source:
        """The source that a name means: whoever was met under it before, family name alone too, or the person.

        `at` are the tokens of the name (in, out). What is no name ("مشارك في المظاهرة", kind "source") is not put into
        Latin letters.
        """
        first, last = at
        while last - first > 1 and scene.words[first] in self._know.ranks:
            first += 1
        at = first, last
        name = tuple(word for word in scene.words[first:last] if word != '"')
        for known, source in scene.people.items():
            if known[-len(name) :] == name:
                return source
        latin = "source" if kind == "source" else self._know.latin(name)
        return scene.people.setdefault(name, Source(latin, scene.said(*at), kind))

    def _short(self, scene: Scene, last: int, entry: Short, prefix: str) -> Speaker | None:
        words = scene.words
        if last < len(words) and words[last] not in ENDS and words[last] in self._know.adjectives:
            return None
        if "person" in entry.kinds and self._introduces(scene, last):
            return None
        if entry.kinds <= PARTIES and self._party(scene, last - 1, (prefix,)) and entry.kinds:
            return None
        for source in reversed(scene.before):
            if not entry.kinds or source.kind in entry.kinds:
                return Speaker(self.after(words, last), source, prefix)
        return Speaker(self.after(words, last), entry.default.source, prefix) if entry.default else None

    def _introduces(self, scene: Scene, i: int) -> bool:
        """Whether a role and a name, and no speech, go on at token `i` ("القيادي في ...", "الناشط محمد ...")."""
        word = scene.words[i] if i < len(scene.words) else ""
        return word in LINKS or word in self._know.ranks or i in scene.persons or self._given(word)

    def _head(self, scene: Scene, at: tuple[int, int], head: Head, prefix: str, depth: int) -> Speaker | None:
        words = scene.words
        first, last = at
        said: list[str] = []
        while last < len(words) and words[last] in self._know.adjectives and head.use:
            said.append(self._know.adjectives[words[last]])
            last += 1
        name = " ".join([*dict.fromkeys(reversed(said)), head.en])
        acts = head.kind in ("military", "party", "police", "official")
        plain = Speaker(self.after(words, last), Source(name, scene.said(first, last, prefix), head.kind), prefix, acts)
        named = self._again(scene, words[first:last])
        if named is not None:
            return Speaker(plain.last, named, prefix)
        if head.kind == "source" and head.use and depth < 2:
            return self._of_body(scene, (first, last), plain, depth) or plain
        if head.kind in ("outlet", "social media") and head.use == "adjectives":
            return self._of_party(scene, (first, last), plain) or plain
        if head.use == "outlet":
            return self._outlet(scene, (first, last), head, plain)
        if head.use in ("office", "role") and depth < 2:
            return self._office(scene, last, head, plain, depth)
        return plain

    @staticmethod
    def _again(scene: Scene, words: Sequence[str]) -> Source | None:
        """The source named before whose name these words begin ("المركز الإعلامي" for "المركز الإعلامي السوري")."""
        if len(words) < 2 or not words[0].startswith("ال"):
            return None
        for source in reversed(scene.before):
            if fold(source.name_ar).split()[: len(words)] == list(words):
                return source
        return None

    def _outlet(self, scene: Scene, at: tuple[int, int], head: Head, plain: Speaker) -> Speaker:
        words, (first, last) = scene.words, at
        quoted = last < len(words) and words[last] in QUOTES
        begin = skip_quotes(words, last)
        for match in self._know.starts.all_at(words, begin) if begin < len(words) else []:
            if match.prefix in ("", "ال") and isinstance(match.entry, NamedEntry):
                return Speaker(self.after(words, match.last), self._of(match.entry.source, head), plain.prefix)
            if match.prefix == "ال" and isinstance(match.entry, Head):
                return plain  # "مراسل الإذاعة": no name
        if not quoted and words[last - 1].endswith("ات"):
            return plain  # "منظمات تراقب النزاع": many have no name
        end = begin
        limit = 6 if quoted else 2
        while end < len(words) and end - begin < limit and words[end] not in ENDS and words[end] != '"':
            if not quoted and (
                words[end] in self._know.adjectives
                or self._know.cues.at(words, end)
                or words[end] in ("في", "اليوم", "امس")
                or (end > begin and self._given(words[end]) and not self._given(words[end - 1]))
            ):
                break
            end += 1
        if end == begin:
            return plain
        usual = all(self._given(word) for word in words[begin:end])  # else no English name is made up
        name = f"{self._know.latin(words[begin:end])} {head.en}" if usual else head.en
        source = Source(name, scene.said(first, end, plain.prefix), head.kind)
        return Speaker(self.after(words, end), source, plain.prefix, bare=not usual)

    def _of_body(self, scene: Scene, at: tuple[int, int], plain: Speaker, depth: int) -> Speaker | None:
        """An unnamed source with the body it belongs or is close to: "مصدر من الدفاع المدني", "مصادر مقربة من الحكومة"."""
        words, (first, last) = scene.words, at
        if last >= len(words):
            return None
        begin = last + (words[last] in OF)
        body = self.read(scene, begin, PLAIN if begin > last else IN, depth + 1)
        if body is None:
            body = self._office_of(scene, begin, begin > last)
        if body is None or body.source.kind in NO_BODIES:
            return None
        said = scene.said(first, body.last, plain.prefix)
        if body.source.kind in ("resident", "witness", "activist"):
            return Speaker(body.last, body.source, plain.prefix)
        name = plain.source.name_en
        if "close" in name.split():
            far = f"{name.replace('close ', '')} close to {body.source.name_en}"
            return Speaker(body.last, Source(far, said, "source"), plain.prefix)
        return Speaker(body.last, Source(f"{body.source.name_en} {name}", said, body.source.kind), plain.prefix)

    def _of_party(self, scene: Scene, at: tuple[int, int], plain: Speaker) -> Speaker | None:
        """Media of a side: "وسائل إعلام تابعة للحوثيين", "صفحات مقربة من حزب الله"."""
        words, (first, last) = scene.words, at
        inside = words[last - 1] in self._know.near  # among the adjectives
        begin = last if inside else last + 1
        if begin >= len(words) or words[begin - 1] not in self._know.near:
            return None
        tie = "of" if words[begin - 1].startswith("تابع") else "close to"
        begin = skip_quotes(words, begin + (words[begin] in ("من", "ل")))
        actor = scene.actors.get(begin)
        if actor is None or actor.value.camp == "civilians":
            return None
        name = plain.source.name_en.removeprefix("close ").removeprefix("supporting ").removeprefix("loyalist ")
        party = self._know.parties.get(actor.value.id, actor.value.name_en)
        end = self.after(words, actor.last)
        said = scene.said(first, end, plain.prefix)
        return Speaker(end, Source(f"{name} {tie} {party}", said, plain.source.kind), plain.prefix)

    def _office_of(self, scene: Scene, i: int, apart: bool) -> Speaker | None:
        """An office that only its word names ("محافظة", "المستشفى"), with the name that may follow it left out."""
        for match in self._know.bodies.all_at(scene.words, i) if i < len(scene.words) else ():
            if match.prefix in (PLAIN if apart else IN):
                return Speaker(match.last, Source(match.entry, scene.said(i, match.last, match.prefix), "source"))
        return None

    @staticmethod
    def _of(source: Source, head: Head) -> Source:
        """A correspondent of a known outlet; with any other head the outlet itself."""
        if head.kind != "correspondent":
            return source
        return Source(f"{source.name_en} {head.en}", source.name_ar, head.kind)

    def _office(self, scene: Scene, last: int, head: Head, plain: Speaker, depth: int) -> Speaker:
        words = scene.words
        at = last
        while at < len(words) and (words[at] in LINKS or words[at] == '"'):
            at += 1
        office = self.read(scene, at, ("", "ال", "ل", "لل", "ب", "بال"), depth + 1) if at < len(words) else None
        if office is not None and office.prefix in ("ل", "لل") and office.source.kind in ("agency", "outlet"):
            return self._role(scene, last, head, plain, None)
        if office is not None and office.source.kind == "person":
            office = None
        body = self._body(scene, at)
        if body is not None and (office is None or office.source.kind not in ORGANS or body.last > office.last):
            office = body
        named = office is not None and office.source.kind in ORGANS and not office.bare
        if office is not None and (head.use == "office" or named):
            return Speaker(self._past_name(scene, office), office.source, plain.prefix, office.acts)
        return self._role(scene, last, head, plain, office)

    def _role(self, scene: Scene, last: int, head: Head, plain: Speaker, office: Speaker | None) -> Speaker:
        """A holder of a role: the person if one is named, else the body, else the role alone."""
        words = scene.words
        if head.use == "office":
            return plain
        name = self.name_in(scene, office.last if office else last, head.en == "spokesman")
        if name is not None:
            first = self._first_name(words, office.last if office else last, name[0])
            return Speaker(name[1], self.person(scene, (first, name[1]), head.kind), plain.prefix, True)
        if office is not None:
            return Speaker(office.last, office.source, plain.prefix, True)
        return plain

    def _body(self, scene: Scene, i: int) -> Speaker | None:
        """A known organisation among the next words: "مدير الإعلام في منظمة الخوذ البيضاء"."""
        words = scene.words
        for at in range(i, min(len(words), i + 7)):
            if words[at] in ENDS or words[at] == "ل" or self._know.cues.at(words, at):
                return None
            for match in self._know.starts.all_at(words, at):
                entry = match.entry
                if not isinstance(entry, NamedEntry) or entry.source.kind not in ORGANS:
                    continue
                if match.prefix == "ل" and entry.source.kind in ("agency", "outlet"):
                    return None  # told, not represented
                if match.prefix in ("", "ل", "ب"):
                    return Speaker(self.after(words, match.last), entry.source)
        return None

    def _past_name(self, scene: Scene, office: Speaker) -> int:
        """The token after the name of the person who speaks for an organisation; the name now stands for it."""
        name = self.name_in(scene, office.last, False)
        if name is None:
            return office.last
        scene.people.setdefault(tuple(scene.words[name[0] : name[1]]), office.source)
        return name[1]

    def name_in(self, scene: Scene, i: int, far: bool) -> tuple[int, int] | None:
        """Where a person's name stands within the next words (tokens in, out), before the speech itself begins."""
        words = scene.words
        for start in range(i, min(len(words), i + (10 if far else 7))):
            word = words[start]
            called = scene.sentence.clean(start, start + 1) in self._know.called
            if word in THAT or word in (":", ".") or (self._know.cues.at(words, start) and not called):
                return None
            if called or self._no_name(scene, start):
                continue
            known = self._given(word)
            if word in GLUE or known:
                end = self._name_end(words, start)
                return (start, end) if end - start > 1 or known else None
        return None

    def _no_name(self, scene: Scene, i: int) -> bool:
        """Whether a word only looks like a name: a weekday, and "على" where it is not spelled like "علي"."""
        if scene.words[i] == "علي":
            return scene.sentence.clean(i, i + 1).endswith("ى")
        return self._know.told.at(scene.words, i) is not None

    def _first_name(self, words: Sequence[str], i: int, first: int) -> int:
        """Where a name begins of which only the token `first` is known, when it follows the role at token `i`."""
        plain = [
            at
            for at in range(i, first)
            if words[at] in ENDS
            or words[at] in LINKS
            or words[at] in self._know.adjectives
            or not self._know.sites.isdisjoint(words[at - 1 : at + 1])  # "قائممقام قضاء الرطبة فلان"
        ]
        start = plain[-1] + 1 if plain else i
        return start if 0 < first - start <= 2 and words[start] not in QUOTES else first

    def _given(self, word: str) -> bool:
        names = self._know.names
        return word in names or (word.startswith("ال") and word[2:] in names)

    def _name_end(self, words: Sequence[str], start: int) -> int:
        """The token after a name: words that nobody knows belong to it only when the speech begins right after them."""
        end = known = start + 1
        while end < len(words) and end - start < LONGEST_NAME + (words[start] in GLUE):
            if words[end] in ENDS or words[end] in self._know.name_ends or self._stops(words, end):
                return end
            end += 1
            if self._given(words[end - 1]) or words[end - 1] in GLUE or words[end - 2] in GLUE:
                known = end
        return end if end >= len(words) or words[end] in ENDS else known

    def _stops(self, words: Sequence[str], i: int) -> bool:
        if words[i] in self._know.names:
            return False
        return bool(self._know.cues.at(words, i) or self._know.told.at(words, i)) or self._recipient(words, i)

    def _recipient(self, words: Sequence[str], i: int) -> bool:
        return any(prefix in ("ل", "لل") and words[i] not in self._know.names for prefix, _ in splits(words[i])[1:2])

    def after(self, words: Sequence[str], last: int) -> int:
        """`last` moved over a closing quotation mark and over words that say no more about who speaks."""
        while last < len(words):
            if words[last] == ")" or (
                words[last] == '"' and words[last - 1] != ":" and words[: last + 1].count('"') % 2 == 0
            ):
                last += 1
                continue
            comma = words[last] == "،" and last + 1 < len(words)
            match = self._know.fillers.at(words, last + comma)
            if match is None or match.prefix not in ("", "و"):
                break
            last = match.last
        return last

    def _past_owner(self, scene: Scene, last: int) -> int:
        """`last` moved over "التابعة لـ X", "الموالية لـ X": whose the source is, who does not speak."""
        words = scene.words
        if last + 1 >= len(words) or words[last] not in self._know.owned:
            return last
        at = skip_quotes(words, last + 1 + (words[last + 1] == "ل"))
        actor = scene.actors.get(at)
        return self.after(words, actor.last) if actor is not None else last

    def unknown(self, scene: Scene, i: int, end: int) -> Speaker | None:
        """A speaker nobody knows, whose words stand between token `i` and the speech at token `end`."""
        words = scene.words
        for start in range(i, end):
            if words[start - 1] == "ل" or words[start - 2 : start] == ("ل", '"'):
                break  # who is told
            channel = words[start - 1] in ("علي", "عبر")  # where he speaks, as in "على منصة إكس"
            known = self.read(scene, start, ("", "ال", "ب", "بال", "ل", "لل")) if start > i and not channel else None
            if known is not None and known.prefix in ("ل", "لل") and known.source.kind in ("agency", "outlet"):
                break
            if known is not None and known.source.kind in ORGANS:
                return Speaker(max(known.last, i + 1), known.source)
        name = self.name_in(scene, i, True)
        stop = name[1] if name else self._before_role(words, i, min(end, i + LONGEST_NAME))
        first = name[0] if name else i
        while stop > first and (words[stop - 1] in ENDS or words[stop - 1] == '"'):
            stop -= 1
        if stop <= first or not any(len(word) > 2 for word in words[first:stop]):
            return None
        named = name is not None or self._bare_name(words[first:stop])
        return Speaker(stop, self.person(scene, (first, stop), "person" if named else "source"), "", True)

    def _before_role(self, words: Sequence[str], i: int, end: int) -> int:
        """Where a role begins that follows a name ("وقال فلان فلان رئيس الجماعة"), at the earliest after two words; else `end`."""
        for at in range(i + 2, end):
            match = self._know.starts.at(words, at)
            if match is not None and isinstance(match.entry, Head) and match.entry.use == "role":
                return at
        return end

    def _bare_name(self, words: Sequence[str]) -> bool:
        """Whether two or three words that nobody knows read like a name: no article on the first, no small word."""
        plain = all(len(word) > 2 and word not in LINKS and word not in self._know.adjectives for word in words)
        bare = not any(word.startswith("ال") for word in words)
        return 2 <= len(words) <= 3 and plain and bare and words[0] not in THOSE
