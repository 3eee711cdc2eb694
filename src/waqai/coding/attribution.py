"""Attribution: which words of the article rest on which sources, and how far each turn of speech reaches."""

from collections.abc import Sequence

from waqai.coding.attribution_frames import MUTUAL, Chain, Frame, FrameReader, clause_break, stance_of
from waqai.knowledge.sources import GoesOn, SourceKnowledge
from waqai.model.article import Document
from waqai.model.attribution import Attribution
from waqai.model.mention import Mention, Source
from waqai.model.text import Sentence

LONGEST_QUOTE = 6
LIST, ELSEWHERE = "list goes on", "told of elsewhere"
BLAME_ENDS = ("ان", "بان", "،", ".")


def attribute(
    document: Document, sources: tuple[Mention[Source], ...], knowledge: SourceKnowledge
) -> tuple[Attribution, ...]:
    """Who says what in the document: an attribution for every stretch of words that is not the outlet's own.

    `sources` are the mentions of `waqai.mentions.sources.find_sources` for the same document.
    """
    by_sentence: dict[int, list[Mention[Source]]] = {}
    for mention in sources:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    reader = FrameReader(knowledge)
    found: list[Attribution] = []
    last: tuple[Chain, ...] = ()
    quote = 0
    between: list[Sentence] = []
    spoken = -1
    for sentence in document.sentences:
        if quote and sentence.paragraph < 0:
            quote = 0
        frames = reader.frames(sentence, by_sentence.get(sentence.number, ()), last)
        closes = _closing_quote(sentence) if quote else 0
        if quote and last and not (frames and frames[0].at < closes):
            found += [_whole(sentence, chain, closes) for chain in last]
        told = found[-1].sentence == sentence.number - 1 and found[-1].stance == "asserts" if found else False
        if told and not frames and not quote and sentence.paragraph >= 0:
            rule = _goes_on(sentence.words, found[-1], knowledge.goes_on)
            found += [_held(sentence, chain, rule) for chain in last if rule]
        if frames and between and _speaks_on(frames[0], last) and between[0].paragraph == sentence.paragraph == spoken:
            found += [_held(row, chain, "between two turns") for row in between for chain in last]
        listed = bool(found) and found[-1].sentence == sentence.number
        between = [*between, sentence] if not frames and not quote and not listed else []
        found += _attributions(sentence, frames)
        said = [frame.chains for frame in frames if frame.chains and frame.chains[0]]
        if said and frames[-1].rule != "not verified":
            last, spoken = said[-1], sentence.paragraph
        quote = _open_quote(sentence, bool(said), quote)
    return tuple(sorted(found, key=lambda row: row.sentence))


def _speaks_on(frame: Frame, last: tuple[Chain, ...]) -> bool:
    """Whether a turn of speech has no speaker of its own and goes on with the words of whoever spoke last."""
    return frame.rule == "continued" and frame.chains == last


def _held(sentence: Sentence, chain: Chain, rule: str) -> Attribution:
    return Attribution(sentence.number, 0, len(sentence.words), chain, "asserts", rule)


def at(attributions: Sequence[Attribution], sentence: int, first: int, last: int) -> tuple[Attribution, ...]:
    """The attributions that the tokens `first` (in) to `last` (out) of a sentence rest on, in reading order.

    Those that hold the first of these tokens, or else the last one.
    """
    here = [row for row in attributions if row.sentence == sentence and row.chain]
    for token in (first, last - 1):
        held = tuple(row for row in here if row.first <= token < row.last)
        if held:
            return held
    return ()


def _goes_on(words: Sequence[str], before: Attribution, known: GoesOn) -> str | None:
    """How a sentence without a turn of speech goes on with what the source of the one `before` it tells; None if it does not.

    "ففي محافظة X ...", then "وفي محافظة Y ..."; "وفي X ..." after a second turn of one speaker; "وطال القصف X".
    """
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first in known.elaborations or (before.rule == LIST and first in ("وفي", "في", "كما")):
        return LIST
    if first == "وفي" and before.rule in ("continued", ELSEWHERE) and second not in known.not_elsewhere:
        return ELSEWHERE
    resumes = first[:1] == "و" and first[1:] in known.resumes and second in known.resumed
    return "told further" if resumes and known.besides.isdisjoint(words) else None


def _whole(sentence: Sentence, chain: Chain, last: int) -> Attribution:
    return Attribution(sentence.number, 0, last, chain, "asserts", "quotation goes on")


def _closing_quote(sentence: Sentence) -> int:
    """The token after the mark that closes a quotation begun before the sentence, or the sentence's end."""
    words = sentence.words
    return words.index('"') + 1 if '"' in words and words.count('"') % 2 else len(words)


def _open_quote(sentence: Sentence, said: bool, quote: int) -> int:
    """How many sentences the quotation that is open after this one has run (0: none is open)."""
    odd = sentence.words.count('"') % 2 == 1
    if quote:
        return 0 if odd or quote >= LONGEST_QUOTE else quote + 1
    return 1 if odd and said else 0


def _attributions(sentence: Sentence, frames: Sequence[Frame]) -> list[Attribution]:
    words = sentence.words
    found: list[Attribution] = []
    limit = 0  # where the region of the frame before ends, as far as a trailing frame may reach back
    for n, frame in enumerate(frames):
        end = _end(words, frames, n)
        if frame.reach == "lead":
            limit = frame.end
            first = frame.at if frame.rule != "label" else frame.end
        elif frame.reach == "trail":
            first = _start(words, frames, n, limit)
            limit = frame.end
        else:
            first = frame.at
            limit = frame.end
            if frame.kind != "doubt":
                continue
        for m, chain in enumerate(frame.chains):
            blames = _blamed(words, frame) if frame.kind == "accuse" else ()
            if frame.rule == MUTUAL:
                blames = tuple(tokens for k, tokens in enumerate(frame.said_by) if k != m)
            found.append(
                Attribution(
                    sentence.number, first, max(end, frame.end), chain, stance_of(frame.kind), frame.rule, blames
                )
            )
        if frame.kind == "allege" and frame.chains:
            found.append(Attribution(sentence.number, first, max(end, frame.end), (), "doubts", "alleged"))
    return found


def _start(words: Sequence[str], frames: Sequence[Frame], n: int, limit: int) -> int:
    """How far back a trailing frame reaches: to the frame before it, or to the clause that begins after that one."""
    if n == 0:
        return 0
    at = frames[n].at
    if at <= limit + 1:
        return limit
    return clause_break(words, limit, at) if frames[n - 1].reach != "own" else limit


def _end(words: Sequence[str], frames: Sequence[Frame], n: int) -> int:
    if n + 1 == len(frames):
        return len(words)
    after = frames[n + 1]
    if after.reach != "trail":
        return after.at
    if frames[n].reach == "lead":
        cut = clause_break(words, frames[n].end, after.at)
        return cut if cut > frames[n].end else after.at
    return clause_break(words, frames[n].end, after.at)


def _blamed(words: Sequence[str], frame: Frame) -> tuple[tuple[int, int], ...]:
    """Whom an accusation names: the words after the accuser up to "ب..." or "مسؤولية"."""
    first = frame.end
    end = min(len(words), first + 10)
    for i in range(first + 1, end):
        word = words[i]
        if (
            word.removeprefix("ال").startswith("مسوولي")
            or (word.startswith("ب") and len(word) > 3)
            or word in BLAME_ENDS
        ):
            return ((first, i),)
    return ((first, end),) if end == len(words) and end > first else ()
