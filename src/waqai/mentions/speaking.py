"""Where somebody may speak: a sentence with its actors and persons, the speaker read there, and small words round them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from waqai.model.mention import Actor, Mention, Person, Source
from waqai.model.quick import quick
from waqai.model.text import Sentence

ENDS = frozenset(
    ["،", ".", ":", ";", "!", "?", "(", ")", "-", "ان", "انه", "انها", "انهم", "بان", "بانه", "بانها", "عن", "الي"]
)
THAT = frozenset(
    [
        "ان",
        "انه",
        "انها",
        "انهم",
        "بان",
        "بانه",
        "بانها",
        "انهما",
        "اننا",
        "اني",
        "انني",
        "قولهم",
        "قوله",
        "قولها",
        "بانهم",
    ]
)
# What may stand between an office and the body it belongs to.
LINKS = frozenset(
    [
        "صادر",
        "صادره",
        "صدر",
        "صدرت",
        "عن",
        "من",
        "في",
        "لدي",
        "باسم",
        "باسمه",
        "تابع",
        "التابع",
        "التابعه",
        "جديد",
        "جديده",
        "اوليه",
        "سابق",
        "سابقه",
        "مدير",
        "رييس",
        "مكتب",
        "اصدرته",
        "نشرته",
        "عام",
        "العام",
        "السابق",
    ]
)
GLUE = frozenset(["ابو", "ابي", "عبد", "العبد", "بن", "ابن", "ام", "ال"])
ORGANS = frozenset(["agency", "outlet", "monitor", "ngo", "activist", "un", "medical"])
MILITARY = frozenset(["state forces", "external forces"])
LONGEST_NAME = 4
THOSE = frozenset(  # no name begins with these
    "احد زعيم قايد عضو مسوول ناطق متحدث رييس مدير ناشط مشارك مشاركون تلك هذه هولاء بعض احدي عده جميع".split()  # noqa: SIM905
)
QUOTES = frozenset(['"', "(", "'"])
OF = frozenset(["من", "في", "لدي", "داخل", "ب"])  # between an unnamed source and its body
PLAIN = ("", "ال")
IN = ("ب", "بال")
PARTIES = frozenset(["party", "military"])
NO_BODIES = frozenset(["person", "document", "social media", "outlet", "agency", "correspondent"])


@quick
@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker read at a token: token after its last, the source, clitics before it; `acts` marks parties and persons,
    who may also do what a verb like "نشر" says, `bare` an organisation whose English name nobody knows."""

    last: int
    source: Source
    prefix: str = ""
    acts: bool = False
    bare: bool = False


@dataclass(slots=True)
class Scene:
    """One sentence with the actors and persons found in it, by first token, the sources named so far (newest last), and
    the people met so far with the source each stands for."""

    sentence: Sentence
    actors: Mapping[int, Mention[Actor]]
    persons: Mapping[int, Mention[Person]]
    before: list[Source]
    people: dict[tuple[str, ...], Source]

    @property
    def words(self) -> tuple[str, ...]:
        """The folded tokens."""
        return self.sentence.words

    def said(self, first: int, last: int, prefix: str = "") -> str:
        """The words of tokens as the article spells them, without what is written onto the first."""
        return self.sentence.clean(first, last)[len(prefix.removesuffix("ال")) :].strip(' "')


def skip_quotes(words: Sequence[str], i: int) -> int:
    """The first token at or after `i` that is not a quotation mark or an opening bracket."""
    while i < len(words) and words[i] in QUOTES:
        i += 1
    return i
