"""Frames of speech in one sentence: each turn of speech, its chain of sources, where it stands and how it reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from waqai.knowledge.sources import Cue, SourceKnowledge
from waqai.model.mention import Mention, Source
from waqai.model.quick import quick, replace
from waqai.model.report import NamedSource, Stance
from waqai.model.text import Sentence

THAT = frozenset(["ان", "انه", "انها", "انهم", "بان", "بانه", "بانها", "انهما", "اننا", "اني", "انني"])
OPENERS = THAT | frozenset([":", '"'])
MUTUAL = "accusing each other"
LEADS = ("subject", "before verb", "label", "unknown speaker", "reports of", MUTUAL)
TRAILS = ("according to", "clause", "signature")
STANCES: dict[str, Stance] = {"deny": "denies", "doubt": "doubts"}
PASSES_ON = frozenset(["say", "add", "cite", "publish"])
CLAUSES = frozenset(["فيما", "بينما", "كما", "في"])
Chain = tuple[NamedSource, ...]


@quick
@dataclass(frozen=True, slots=True)
class Frame:
    """A turn of speech: tokens `at` (in) to `end` (out) lead it in; it covers what follows ("lead"), what stands
    round it ("trail"), or gives the word back to the outlet ("own"). `chains` are its sources, parallel ones apart; of
    those who accuse each other `said_by` holds the tokens of each."""

    at: int
    end: int
    reach: str
    kind: str
    chains: tuple[Chain, ...]
    rule: str
    said_by: tuple[tuple[int, int], ...] = ()


def stance_of(kind: str) -> Stance:
    """The stance of a class of verb."""
    return STANCES.get(kind, "asserts")


def named(mention: Mention[Source]) -> NamedSource:
    """A mention as a link of a chain."""
    return NamedSource(mention.value, mention.span)


class FrameReader:
    """Builds the frames of a sentence from its source mentions and its verbs."""

    def __init__(self, knowledge: SourceKnowledge) -> None:
        self._know = knowledge

    def frames(self, sentence: Sentence, mentions: Sequence[Mention[Source]], last: tuple[Chain, ...]) -> list[Frame]:
        """The frames in order; `last` is whom a verb without a subject means."""
        cues = self._cues(sentence)
        found: list[Frame] = []
        for group in _groups(mentions):
            found.append(self._frame(sentence, group, cues))
        taken = [(frame.at, frame.end) for frame in found]
        for i, end, cue in cues:
            if any(a <= i < b for a, b in taken):
                continue
            before = [frame for frame in found if frame.at < i and frame.chains]
            frame = self._bare(sentence, i, end, cue, before[-1].chains if before else last)
            if frame is not None:
                found.append(frame)
        return _nest(sorted(found, key=lambda frame: frame.at), sentence.words)

    def _cues(self, sentence: Sentence) -> list[tuple[int, int, Cue]]:
        found: list[tuple[int, int, Cue]] = []
        end = 0
        for first, last, prefix, cue in self._know.cues.longest(sentence.words):
            if cue.kind == "allege" and sentence.clean(first, last) in self._know.called:
                continue
            if first >= end and prefix in ("", "و", "ف"):
                found.append((first, last, cue))
                end = last
        return found

    def _frame(self, sentence: Sentence, group: Sequence[Mention[Source]], cues: list[tuple[int, int, Cue]]) -> Frame:
        head = group[0]
        end = max(mention.last for mention in group)
        before = [row for row in cues if row[0] < head.first and row[1] > head.first - 7]
        verbs = [row for row in before if row[2].verb]
        at, kind = head.first, "say"
        if head.rule == "before verb":
            after = [row for row in cues if row[0] >= head.last and row[2].verb]
            if after:
                kind, end = after[0][2].kind, max(end, after[0][1])
        elif head.rule in ("subject", "unknown speaker") and verbs:
            at, kind = verbs[-1][0], verbs[-1][2].kind
        elif head.rule == "clause" and before:
            at = min(row[0] for row in before[-2:] if row[0] >= before[-1][0] - 2)
            kind = verbs[-1][2].kind if verbs else "say"
        elif head.rule in ("according to", "passing") and before:
            at = before[-1][0]
        elif head.rule == MUTUAL and before:
            both = tuple((mention.first, mention.last) for mention in group)
            return Frame(before[-1][0], end, "lead", "accuse", _chains(group), MUTUAL, both)
        reach = "lead" if head.rule in LEADS else "trail"
        claims = kind == "claim" or not self._know.claimed_near.isdisjoint(sentence.words[end : end + 3])
        rule = "claims responsibility" if claims else head.rule
        return Frame(at, end, reach, kind, _chains(group), rule)

    def _bare(self, sentence: Sentence, i: int, end: int, cue: Cue, chains: tuple[Chain, ...]) -> Frame | None:
        """A turn of speech without a source of its own: "وأضاف أن", "مشيرا إلى", "يذكر أن"."""
        words = sentence.words
        if cue.kind == "impersonal":
            return Frame(i, end, "own", "say", (), "impersonal")
        if cue.kind == "unverified":
            return Frame(i, end, "own", "doubt", ((),), "not verified")
        if not cue.verb or not chains or cue.kind in ("record", "claim"):
            return None
        following = words[end] if end < len(words) else ""
        if cue.kind == "publish":
            shown = i <= 1 and following in self._know.media_objects
            return Frame(i, end, "lead", "say", chains, "continued") if shown else None
        opens = following in OPENERS or (
            following in ("الي", "علي") and words[end + 1 : end + 2] != () and words[end + 1] in THAT
        )
        goes_on = (
            cue.kind == "add"
            and not cue.that
            and (i == 0 or words[i].endswith(("ا", "ه", "ين")))
            and following == "الي"
        )
        active = words[i].endswith(("ا", "ه", "ين")) and cue.kind == "deny"
        active = active or (cue.kind == "accuse" and (i == 0 or words[i - 1] == "،") and words[i][:1] == "و")
        if opens or goes_on or active:
            return Frame(i, end, "lead", cue.kind, chains, "continued")
        return None


def _groups(mentions: Sequence[Mention[Source]]) -> list[list[Mention[Source]]]:
    groups: list[list[Mention[Source]]] = []
    for mention in mentions:
        joins = mention.rule in ("also", "cited", "told") or (
            mention.rule == "passing" and groups and mention.first - groups[-1][-1].last <= 4
        )
        if joins and groups:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _chains(group: Sequence[Mention[Source]]) -> tuple[Chain, ...]:
    """The chains of one turn: who was told stands outermost, who is cited furthest back; "also" is parallel."""
    outer: Chain = ()
    tails: list[NamedSource] = []
    for mention in group:
        if mention.rule == "told":
            outer = (*outer, named(mention))
        elif mention.rule in ("cited", "passing") and tails:
            outer = (*outer, *tails[:1])
            tails = [named(mention)]
        else:
            tails.append(named(mention))
    return tuple(_plain((*outer, tail)) for tail in tails) or (outer,)


def _plain(chain: Chain) -> Chain:
    """A chain without a source that stands in it twice in a row."""
    return tuple(link for n, link in enumerate(chain) if n == 0 or link.source != chain[n - 1].source)


def _nest(frames: list[Frame], words: Sequence[str]) -> list[Frame]:
    """Speech within speech: "ذكرت القناة أن الشبكة وثقت", "قال مسؤول إن ...، بحسب القناة" give the chain of both."""
    out: list[Frame] = []
    for frame in frames:
        outer = out[-1] if out else None
        if outer is None or outer.reach != "lead" or not outer.chains or not frame.chains:
            out.append(frame)
        elif frame.reach == "lead" and (frame.rule == "reports of" or _inside(outer, frame, words)):
            out.append(replace(frame, chains=_joined(outer.chains, frame.chains)))
        elif (
            frame.reach == "trail" and frame.kind in PASSES_ON and clause_break(words, outer.end, frame.at) == outer.end
        ):
            out[-1] = replace(outer, chains=_joined(frame.chains, outer.chains))
        else:
            out.append(frame)
    return out


def _inside(outer: Frame, frame: Frame, words: Sequence[str]) -> bool:
    """Whether a turn of speech is the first thing that another one says."""
    between = words[outer.end : frame.at]
    close = len(between) <= 2 and all(word in OPENERS for word in between)
    return close and frame.rule != "continued" and (outer.rule != "label" or bool(between))


def _joined(outer: tuple[Chain, ...], inner: tuple[Chain, ...]) -> tuple[Chain, ...]:
    return tuple(_plain((*a, *b)) for a in outer for b in inner)


def clause_break(words: Sequence[str], first: int, last: int) -> int:
    """Where the last new clause begins between two tokens: after a comma before "و", "فيما", "بينما"; else `first`."""
    for i in range(last - 2, first, -1):
        if words[i] in ("،", ";", ".") and (
            (words[i + 1][:1] == "و" and len(words[i + 1]) > 3) or words[i + 1] in CLAUSES
        ):
            return i + 1
    return first
