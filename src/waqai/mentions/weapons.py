"""Weapons that the text names."""

from waqai.arabic.phrases import Lits
from waqai.knowledge.weapons import WeaponKnowledge
from waqai.model.article import Document
from waqai.model.mention import Mention, Weapon


def find_weapons(
    document: Document, weapons: WeaponKnowledge, lit: Lits[str] | None = None
) -> tuple[Mention[Weapon], ...]:
    """Every weapon phrase of the document, the longest at each place, in reading order.

    `lit` is what `Lookups` found for the phrases in each sentence, when that is known already.
    """
    found: list[Mention[Weapon]] = []
    at = weapons.phrases.at
    for n, sentence in enumerate(document.sentences):
        words, end = sentence.words, 0
        for i in weapons.phrases.places(words, lit[n] if lit is not None else None):
            match = at(words, i) if i >= end else None
            if match is None:
                continue
            span = sentence.span(i, match.last)
            cut = len(match.prefix)
            if cut:
                start = sentence.starts[i] + cut
                span = sentence.text.span(start, sentence.ends[match.last - 1])
            value = Weapon(match.entry)
            found.append(Mention("weapon", sentence.number, i, match.last, span, value, "phrase", match.prefix))
            end = match.last
    return tuple(found)
