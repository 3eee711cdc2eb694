"""List words of the knowledge files that are also names of places nobody knows well, and are not in common.yaml yet.

    python tools/list_common_words.py

Such a word, met bare in a text, is hardly ever the place. The list is for a person to judge: what is right goes into
`src/waqai/knowledge/data/gazetteer/common.yaml`.
"""

import sys
from pathlib import Path

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.tokens import tokenize
from waqai.knowledge.files import DATA, load_files
from waqai.knowledge.gazetteer import CLEAR, Gazetteer, load_gazetteer

EVENTS = 2  # a place with so many events in the war's record is no chance namesake


def words_of(folder: Path) -> set[str]:
    """Folded words of the knowledge files but the curated places: as written, without clitics, with the article."""
    found: set[str] = set()
    for path in folder.rglob("*.yaml"):
        if path.parent.name != "gazetteer" or path.name == "words.yaml":
            for word in tokenize(fold(path.read_text(encoding="utf-8")))[0]:
                found.update(rest for _, rest in splits(word))
                found.add("ال" + word)
    return found


def is_unknown(gazetteer: Gazetteer, key: str) -> bool:
    """Whether no place of that very name is well known or stands in the war's record."""
    return all(not c.exact or (c.entry.weight < CLEAR and c.entry.events < EVENTS) for c in gazetteer.candidates(key))


def main() -> int:
    """Print the words, one a line; returns the exit status."""
    gazetteer = load_gazetteer(load_files())
    common = gazetteer.words.common
    names = (word for word in sorted(words_of(DATA)) if word not in common and gazetteer.candidates(word))
    for word in names:
        if is_unknown(gazetteer, word):
            sys.stdout.write(f"{word}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
