"""Sources of speech: who is quoted, found where speech is led in, with the turn of speech as the mention's rule."""

from collections.abc import Sequence
from typing import TypeVar

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.phrases import Lit, Lits
from waqai.arabic.tokens import tokenize
from waqai.knowledge.sources import Cue, NamedEntry, SourceKnowledge
from waqai.mentions.speakers import SpeakerReader
from waqai.mentions.speaking import THAT, Scene, Speaker, skip_quotes
from waqai.model.article import Document
from waqai.model.mention import Actor, Mention, Person, Source
from waqai.model.quick import replace
from waqai.model.text import Sentence

T = TypeVar("T", Actor, Person)
TO = ("ل", "لل")
PLAIN = ("", "ال")
SPEECH_AHEAD = 16
LONGEST_ASIDE = 20
MUTUAL = "accusing each other"
LED = ("", "ال", "و", "وال", "ب", "بال", "ف", "ل", "لل")
BEFORE_SUBJECT = frozenset(  # a subject before its verb begins the sentence or stands after one of these
    ["اما", "ان", "بان", "،", '"', "فيما", "بينما", "لكن", "حين", "وكان", "كان", "كانت", "وكانت"]
)
QUIET = frozenset(["قد", "فقد", "كان", "كانت", "،", '"', "هي", "هو", "بدورها", "بدوره"])
OUTLETS = frozenset(["agency", "outlet"])
BRINGS_OUT = OUTLETS | frozenset(["activist", "monitor", "ngo", "un", "medical", "social media"])


def find_sources(
    document: Document,
    sources: SourceKnowledge,
    actors: tuple[Mention[Actor], ...],
    persons: tuple[Mention[Person], ...],
    cues: Lits[Cue] | None = None,
) -> tuple[Mention[Source], ...]:
    """Every source of the document that stands where someone speaks, in reading order.

    The rule of a mention is the turn of speech: "subject" (قال X), "before verb" (X قال), "according to" (بحسب X),
    "clause" (حسبما أفاد X), "cited" (نقل ... عن X), "passing" (نقلا عن X), "told" (لوكالة X), "label" (X: ...),
    "reports of" (أنباء عن), "accusing each other" (تبادل X و Y الاتهامات), "also" (the second of two joined by "و"),
    "unknown speaker" (speech by somebody no list knows), "signature". `cues` is what `Lookups` found for the table of cues in
    each sentence, when that is known already.
    """
    reader = SpeakerReader(sources)
    by_actor = _by_sentence(actors)
    by_person = _by_sentence(persons)
    found: list[Mention[Source]] = []
    before: list[Source] = []
    people: dict[tuple[str, ...], Source] = {}
    for n, sentence in enumerate(document.sentences):
        scene = Scene(sentence, by_actor.get(sentence.number, {}), by_person.get(sentence.number, {}), before, people)
        found += _Finder(sentence, scene, sources, reader).find(cues[n] if cues is not None else None)
    return tuple(found)


def signature(document: Document, sources: SourceKnowledge) -> Source | None:
    """The news agency that signs the article: alone on one of its first or last lines, or in the dateline "(...) -"."""
    lines = [line for line in document.article.text.splitlines() if line.strip()]
    ends = [line for line in lines[:2] + lines[-2:] if len(line) < 60]
    opening = [lines[0][:70]] if lines else []
    for line in ends + opening:
        words = tokenize(fold(line))[0]
        for i in range(min(len(words), 12)):
            match = sources.starts.at(words, i)
            if match is None or not isinstance(match.entry, NamedEntry) or match.entry.source.kind != "agency":
                continue
            if match.prefix == "" and _framed(words, i, match.last):
                return match.entry.source
    return None


def _framed(words: Sequence[str], first: int, last: int) -> bool:
    """Whether brackets, dashes or the line's ends stand round the words."""
    edges = ("(", ")", "-", "/", "|", "،", "[", "]", ".", ":", '"', "وكالات", "و")
    left = first == 0 or words[first - 1] in edges
    right = last >= len(words) or words[last] in edges
    alone = first == 0 and last >= len(words)
    return alone or (
        left and right and any(word in ("(", "-", "/", "[") for word in words[max(0, first - 1) : last + 1])
    )


def _by_sentence(mentions: tuple[Mention[T], ...]) -> dict[int, dict[int, Mention[T]]]:
    found: dict[int, dict[int, Mention[T]]] = {}
    for mention in mentions:
        found.setdefault(mention.sentence, {})[mention.first] = mention
    return found


class _Finder:
    """Finds the sources of one sentence."""

    def __init__(self, sentence: Sentence, scene: Scene, know: SourceKnowledge, reader: SpeakerReader) -> None:
        self.sentence, self.scene, self.know, self.reader = sentence, scene, know, reader
        self.words = sentence.words
        self.found: list[Mention[Source]] = []

    def find(self, lit: Lit[Cue] | None) -> list[Mention[Source]]:
        i = self._label()
        for at in self.know.cues.places(self.words, lit):
            match = self.know.cues.at(self.words, at) if at >= i else None
            if match is not None and match.prefix in ("", "و", "ف"):
                i = max(self._cue(at, match.last, match.entry), match.last)
        self._closing()
        return self.found

    def _add(self, first: int, speaker: Speaker, rule: str) -> int:
        """Record a speaker whose words begin at `first`; the token after the last one of the group it leads."""
        first = skip_quotes(self.words, first)
        last = max(speaker.last, first + 1)
        start = self.sentence.starts[first] + len(speaker.prefix.removesuffix("ال"))
        span = self.sentence.text.span(start, self.sentence.ends[last - 1])
        prefix = speaker.prefix.removesuffix("ال") if speaker.prefix != "ال" else ""
        self.found.append(Mention("source", self.sentence.number, first, last, span, speaker.source, rule, prefix))
        self.scene.before.insert(
            len(self.scene.before) - (rule == "told"), speaker.source
        )  # who is told, behind who tells
        if rule not in ("also", "told") and last < len(self.words) and self.words[last].startswith("و"):
            other = self.reader.read(self.scene, last, ("و", "وال"))
            if other is not None:
                return self._add(last, other, "also")
        return last

    def _label(self) -> int:
        """ "X: ..." at the head of a sentence, also "X لـY: ..."; the token to go on from."""
        words = self.words
        colon = words.index(":") if ":" in words else SPEECH_AHEAD
        if colon >= SPEECH_AHEAD:
            return 0
        starts = (
            [0]
            if self.sentence.paragraph >= 0
            else [0, *(i + 1 for i in range(colon) if words[i] in ("-", "..", "...", ".", "|"))]
        )
        for start in starts:
            speaker = self.reader.read(self.scene, start)
            if speaker is None or any(self._verb(i) for i in range(start, colon)):
                continue
            if colon - speaker.last <= 3:
                end = self._add(start, speaker, "label")
                self._told(end, colon)
                return colon
        return 0

    def _verb(self, i: int) -> Cue | None:
        match = self.know.cues.at(self.words, i)
        return match.entry if match and match.prefix in ("", "و", "ف") and match.entry.verb else None

    def _verb_with_object(self, i: int) -> Cue | None:
        """A verb that holds what was said as its object: "بحسب ما نقلته X", "وفق ما رواه X"."""
        word = self.words[i].removesuffix("ها").removesuffix("ه")
        verb = word[:-1] + "ي" if word.endswith("ا") else word
        match = self.know.cues.at((verb,), 0) if word != self.words[i] and verb else None
        return match.entry if match is not None and match.prefix == "" and match.entry.verb else None

    def _cue(self, i: int, last: int, cue: Cue) -> int:
        if cue.kind == "mutual":
            return self._mutual(last)
        if cue.kind == "reports":
            return self._reports(i, last)
        if cue.kind in ("according", "passing"):
            return self._according(
                i, last, "passing" if cue.kind == "passing" or self._after_source(i) else "according to"
            )
        if cue.kind == "clause":
            verb = (self._verb(last) or self._verb_with_object(last)) if last < len(self.words) else None
            if verb is None or (verb.kind == "publish" and self.words[last] in ("نشر",)):
                return last
            return self._subject(last, last + 1, verb, "subject" if self._also_said(i, last) else "clause")
        if cue.kind == "allege" and self.sentence.clean(i, i + 1) in self.know.called:
            return last
        if not cue.verb or self._object_of_that(i) or (i and self.words[i - 1] == "عدم"):
            return last
        end = self._subject(i, last, cue, "subject")
        if end == last:
            self._before(i, last, cue)
        return end

    def _mutual(self, last: int) -> int:
        """ "تبادل X و Y الاتهامات": both speak, when both are named before the word for accusing."""
        noun = next((at for at in range(last, len(self.words)) if self.words[at] in self.know.accusations), last)
        speaker = self.reader.read(self.scene, last)
        if noun - last > SPEECH_AHEAD or speaker is None:
            return last
        for at in range(last + 1, noun):
            other = self.reader.read(self.scene, at, ("و", "وال")) if self.words[at][:1] == "و" else None
            if other is not None and other.last <= noun:
                return self._add(last, replace(speaker, last=at), MUTUAL)
        return last

    def _reports(self, i: int, last: int) -> int:
        """ "وسط أنباء عن ...": what follows rests on reports that nobody is named for; not after a verb of passing them on."""
        speaker = self.reader.read(self.scene, i, ("", "ال", "و", "ب"))
        if speaker is None or (i and self._verb(i - 1) is not None):
            return last
        return self._add(i, Speaker(i + 1, speaker.source, speaker.prefix), "reports of")

    def _also_said(self, i: int, last: int) -> bool:
        """ "كما قال X إن": with speech of its own after it, "كما" adds and does not look back."""
        return self.words[i].removeprefix("و") == "كما" and (i == 0 or self._speech(last, 8) is not None)

    def _object_of_that(self, i: int) -> bool:
        """ "إعلان", "تأكيد" and the like are nouns; with a word of their own before them they are no verbs."""
        return self.words[i] in ("اعلان", "تاكيد", "اشاره") and i > 0 and self.words[i - 1] not in ("،", "في", ".")

    def _after_source(self, i: int) -> bool:
        return bool(self.found) and 0 <= i - self.found[-1].last <= 1 and self.found[-1].rule != "label"

    def _according(self, i: int, last: int, rule: str) -> int:
        words = self.words
        if last >= len(words):
            return last
        other = self.know.not_sources.at(words, last)
        if other is not None and other.prefix in ("", "ال", "ل", "لل"):
            return last
        if words[last] in ("ما", "لما"):
            return last
        speaker = self.reader.read(self.scene, last, ("", "ال", "ل", "لل"))
        if speaker is None:
            verb = self._verb(last)
            return self._subject(last, last + 1, verb, "clause") if verb else self._named_after(last, rule)
        return self._told(self._add(last, speaker, rule), len(words))

    def _named_after(self, i: int, rule: str) -> int:
        """ "بحسب" before a person whom no list knows: only when the words hold a known given name or title."""
        name = self.reader.name_in(self.scene, i, False)
        if name is None:
            return i
        person = self.reader.person(self.scene, name, "person")
        return self._add(name[0], Speaker(name[1], person), rule)

    def _subject(self, verb_at: int, last: int, cue: Cue, rule: str) -> int:
        """The speaker after a verb; `last` when there is none."""
        i = self._skip_told(last)
        if i >= len(self.words) or self.words[i] in THAT or self.words[i] == ":":
            return last
        speaker = self.reader.read(self.scene, i) or self.reader.capital(self.scene, i)
        if speaker is not None and not self._fits(cue, speaker, i):
            return last
        if speaker is None:
            return self._unknown(i, last, cue) if rule == "subject" else self._clause_unknown(i, last)
        end = self._add(i, speaker, rule)
        if cue.kind == "cite" or cue.kind == "publish":
            end = self._cited(end)
        return self._told(end, len(self.words))

    def _skip_told(self, i: int) -> int:
        """Past "في بيان", "اليوم", a comma between a verb and its subject."""
        for _ in range(3):
            if i >= len(self.words):
                break
            match = self.know.told.at(self.words, i)
            if match is None or match.prefix or self.sentence.clean(i, i + 1) == "علي":
                break
            i = match.last
        return i

    def _fits(self, cue: Cue, speaker: Speaker, i: int) -> bool:
        words = self.words
        if cue.kind == "cite" and speaker.source.kind not in BRINGS_OUT:
            ahead = words[speaker.last : speaker.last + 8]
            return any(word == "عن" or word in THAT for word in ahead)
        if cue.kind == "record":
            return not speaker.acts
        if cue.kind == "publish":
            if speaker.source.kind in BRINGS_OUT or self._speech(speaker.last, 8) is not None:
                return True
            return any(word in self.know.media_objects for word in words[max(0, i - 3) : speaker.last + 5])
        if cue.kind == "accuse" and self.scene.before and self._accused(speaker.last):
            return False
        if cue.kind == "accuse" and words[i - 1].lstrip("و")[:3] in ("حمل", "يحم"):
            return any(
                splits(word)[-1][1].startswith("مسوول") or word.startswith("مسوول") for word in words[i : i + 14]
            )
        return (
            not cue.that or self._speech(speaker.last) is not None or words[speaker.last : speaker.last + 1] == ('"',)
        )

    def _accused(self, i: int) -> bool:
        """Whether what one is accused of follows at token `i` ("واتهم X بتنفيذ"): then X is the accused, no accuser."""
        word = self.words[i] if i < len(self.words) else ""
        return word[:1] == "ب" and len(word) > 3 and i not in self.scene.actors

    def _speech(self, i: int, ahead: int = 6) -> int | None:
        """Where speech begins ("أن", ":") within the next words."""
        for at in range(i, min(len(self.words), i + ahead)):
            if self.words[at] in THAT or self.words[at] == ":":
                return at
        return None

    def _unknown(self, i: int, last: int, cue: Cue) -> int:
        end = self._speech(i, SPEECH_AHEAD) if cue.open else None
        if cue.open and end is None:
            end = self._named_speech(i)
        if (
            end is None
            or end == i
            or self.words[i] in ("عن", "الي", "من", "في", "،", "بين", "هذا", "ذلك", "انه", "لا", "ما", "به")
        ):
            return last
        if any(self._verb(at) for at in range(i, end)) or self.sentence.clean(i, i + 1) == "على":
            return last
        if self._told_here(i):
            return last
        speaker = self.reader.unknown(self.scene, i, end)
        if speaker is None:
            return last
        return self._told(self._add(i, speaker, "unknown speaker"), end)

    def _named_speech(self, i: int) -> int | None:
        """Where speech begins after a person's name that stands right here ("وأشار عبد الرحمن إلى", "وقال X \"")."""
        words = self.words
        name = self.reader.name_in(self.scene, i, False)
        if name is None or name[0] != i:
            return None
        ahead = range(name[1], min(len(words), name[1] + 8))
        return next((at for at in ahead if words[at] in ("الي", "عن", "علي", '"')), None)

    def _clause_unknown(self, i: int, last: int) -> int:
        name = self.reader.name_in(self.scene, i, False)
        if name is None:
            return last
        person = self.reader.person(self.scene, name, "person")
        return self._add(name[0], Speaker(name[1], person), "clause")

    def _cited(self, i: int) -> int:
        """ "نقلت X عن Y": Y after "عن" within the next words."""
        for at in range(i, min(len(self.words) - 1, i + 6)):
            word = self.words[at]
            if word in THAT or word == ":":
                break
            if word == "عن":
                speaker = self.reader.read(self.scene, at + 1)
                if speaker is not None:
                    return self._add(at + 1, speaker, "cited")
                name = self.reader.name_in(self.scene, at + 1, True)
                if name is not None:
                    person = self.reader.person(self.scene, name, "person")
                    return self._add(name[0], Speaker(name[1], person), "cited")
        return i

    def _told_here(self, i: int) -> bool:
        """Whether the words at token `i` are an outlet that is told ("قال لعنب بلدي"), so that the speaker stands elsewhere."""
        apart = self.words[i] == "ل"
        speaker = self.reader.read(self.scene, i + apart, PLAIN if apart else TO)
        return speaker is not None and speaker.source.kind in OUTLETS and (apart or speaker.prefix in TO)

    def _told(self, i: int, end: int) -> int:
        """The outlet that was told ("لرويترز", "في تصريح لقناة") within the next words, before the speech itself."""
        for at in range(i, min(end, len(self.words), i + 8)):
            word = self.words[at]
            if word in THAT or word in (":", "."):
                break
            if word[:1] != "ل" and word != "مع":
                continue
            apart = word in ("مع", "ل")  # "لCNN" is two tokens
            speaker = self.reader.read(self.scene, at + apart, PLAIN if apart else TO)
            if speaker is not None and speaker.source.kind in OUTLETS:
                return self._add(at + apart, speaker, "told")
        return i

    def _before(self, verb_at: int, last: int, cue: Cue) -> None:
        """ "X قال": a speaker that ends just before a verb with speech after it."""
        if cue.that:
            return
        end = verb_at
        while end > 0 and self.words[end - 1] in QUIET:
            end -= 1
        end = self._before_aside(end)
        floor = self.found[-1].last if self.found else 0
        if floor == 0 and end <= 14 and self._opening_subject(end, cue):
            return
        for start in range(max(floor, end - 9), end):
            if start and self.words[start - 1] not in BEFORE_SUBJECT:
                continue
            speaker = self.reader.read(self.scene, start, LED)
            if speaker is None or any(self.words[at] in (".", "،", ":") for at in range(start, end)):
                continue
            if end - speaker.last <= 4 and self._fits(cue, speaker, start):
                if speaker.acts and self._speech(last, 4) is None and not self._tells(verb_at, cue):
                    continue
                self._add(start, speaker, "before verb")
                self._told(last, len(self.words))
                return

    def _before_aside(self, end: int) -> int:
        """Past what brackets hold between a subject and its verb: "الناشط فلان (يقيم شمالي حلب) قال"."""
        if end and self.words[end - 1] == ")" and "(" in self.words[max(0, end - LONGEST_ASIDE) : end]:
            end = max(at for at in range(end) if self.words[at] == "(")
        return end

    def _tells(self, at: int, cue: Cue) -> bool:
        """Whether a party that does what the verb at token `at` says can only speak ("كانت الإدارة قد أعلنت السيطرة على")."""
        says = cue.kind == "say" and cue.open and (at == 0 or self.words[at - 1] not in ("لم", "لا", "لن"))
        return says or cue.kind in ("deny", "claim")

    def _opening_subject(self, end: int, cue: Cue) -> bool:
        """ "وكان المتحدث باسم X، فلان، قد أعلن": the subject opens the sentence, its name set off by commas."""
        start = 1 if self.words[0].removeprefix("و") in ("كان", "كانت", "اما") else 0
        speaker = self.reader.read(self.scene, start, ("", "ال", "و", "وال"))
        if start == 0 or speaker is None or speaker.last > end or not self._fits(cue, speaker, start):
            return False
        if any(self._verb(at) for at in range(start, end)):
            return False
        self._add(start, speaker, "before verb")
        return True

    def _closing(self) -> None:
        """ "(X)" at the end of a sentence, "- X" at the end of a title."""
        words = self.words
        end = len(words)
        while end and words[end - 1] in (".", '"'):
            end -= 1
        if end < 3 or words[end - 1] != ")":
            return
        for at in range(end - 2, max(-1, end - 8), -1):
            if words[at] == "(":
                speaker = self.reader.read(self.scene, at + 1)
                if at > 3 and speaker is not None and speaker.last >= end - 1 and not speaker.acts:
                    self._add(at + 1, Speaker(min(speaker.last, end - 1), speaker.source), "signature")
                return
