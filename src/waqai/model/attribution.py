"""Attribution: which words of which sentence rest on which sources."""

from dataclasses import dataclass

from waqai.model.quick import quick
from waqai.model.report import NamedSource, Stance


@quick
@dataclass(frozen=True, slots=True)
class Attribution:
    """Tokens `first` (in) to `last` (out) of sentence `sentence` rest on `chain`, the source the outlet names first.

    An empty chain is the outlet itself (only with the stance "doubts"). Parallel sources are separate attributions
    over the same tokens. `blames` holds token ranges (in, out) of the same sentence that the source blames; `rule`
    says which turn of speech was read ("claims responsibility", "according to", "continued", …).
    """

    sentence: int
    first: int
    last: int
    chain: tuple[NamedSource, ...]
    stance: Stance
    rule: str
    blames: tuple[tuple[int, int], ...] = ()
