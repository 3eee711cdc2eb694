"""Knowledge of weapons: phrases and the codes of the codebook they stand for."""

from dataclasses import dataclass

from waqai.arabic.letters import fold
from waqai.arabic.phrases import PhraseTable
from waqai.knowledge.files import KnowledgeFiles


@dataclass(frozen=True, slots=True)
class WeaponKnowledge:
    """The phrases for weapons, each with its code."""

    phrases: PhraseTable[str]


def load_weapons(files: KnowledgeFiles) -> WeaponKnowledge:
    """The knowledge of `weapons.yaml`; KnowledgeError on a code the codebook lacks or a phrase under two codes."""
    return WeaponKnowledge(PhraseTable(phrase_codes(files, "weapons.yaml", files.get("codebook.yaml")["weapons"])))


def phrase_codes(files: KnowledgeFiles, name: str, codes: list[str]) -> list[tuple[str, str]]:
    """The (phrase, code) pairs of a file `code: [phrases]`, checked."""
    pairs: list[tuple[str, str]] = []
    owner: dict[str, str] = {}
    for code, phrases in files.get(name).items():
        if code not in codes:
            raise files.error(name, f"{code}:", f"{code!r} is not in the list of the codebook.")
        for phrase in phrases:
            if owner.setdefault(fold(phrase), code) != code:
                raise files.error(name, phrase, f"the phrase {phrase!r} already stands under {owner[fold(phrase)]!r}.")
            pairs.append((phrase, code))
    return pairs
