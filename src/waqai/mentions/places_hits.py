"""Hits: runs of words that may name a place, before it is decided which."""

from dataclasses import dataclass

from waqai.knowledge.place_words import Head


@dataclass(slots=True)
class Hit:
    """A run of tokens that may name a place, before it is decided which.

    Tokens `first` to `last` are the mention, `name` to `name_last` the name alone (folded in `key`, empty when the
    gazetteer
    does not hold it). `bearing` is a direction in degrees that shifts the place or picks a part of it. `spelled` is
    False
    when the article was added or taken off to find the name. `listed` and `before` are evidence that a bare name is a
    place.
    """

    sentence: int
    first: int
    name: int
    name_last: int
    last: int
    prefix: str
    key: str
    head: Head | None = None
    bearing: int | None = None
    around: bool = False
    spelled: bool = True
    listed: bool = False
    before: bool = False
    back: bool = False
    city: bool = False
    faint: bool = False  # read only if a known name is a letter away
    loose: bool = False  # an unknown name of a list that a head noun opened
    member: bool = False  # a name of a list: a place, known or not
    called: str = ""  # the noun that belongs before its name: "حاجز" in a list of checkpoints
    within: bool = False  # in the place of the hit before it, as the heads of a line are


def own_name(hit: Hit, shut: set[int]) -> bool:
    """Whether a known place is named with a word that alone is a party's ("ساحة الطيران", "حي الثورة")."""
    quarter = hit.head is not None and hit.head.kind == "neighbourhood" and not hit.head.many
    return bool(hit.key) and hit.first not in shut and (" " in hit.key or quarter)
