"""Labels: the places that head a line, each within the one before it ("حمص: الخالدية: قصف", "درعا - الحراك: اقتحام")."""

from collections.abc import Callable, Container, Sequence

from waqai.mentions.places_hits import Hit

CUTS = (":", "-", "–", "|", "/")
DEEP = 3  # labels of a line at most
Name = tuple[int, str, str, bool]


def labels(
    number: int,
    words: Sequence[str],
    shut: Container[int],
    name_at: Callable[[Sequence[str], int, bool], Name | None],
    negative: Callable[[str], bool],
) -> list[Hit]:
    """The hits of two labels or more that end in a colon; [] where a line has no such head.

    `shut` are tokens that belong to other names; `name_at` gives the known name at a token (token after it, clitics, key,
    whether it is spelled so), `negative` says that a key names no place by itself: it may where a place stands before it.
    """
    found: list[Hit] = []
    at = 0
    while at < len(words) - 1 and at not in shut:
        name = name_at(words, at, True)
        if name is None or name[1] or name[0] >= len(words) or words[name[0]] not in CUTS:
            break
        last, _, key, spelled = name
        found.append(Hit(number, at, at, last, last, "", key, spelled=spelled, before=True, within=bool(found)))
        at = last + 1
        if words[last] == ":" and len(found) == DEEP:
            break
    closed = len(found) > 1 and words[found[-1].last] == ":"
    return found if closed and not negative(found[0].key) else []
