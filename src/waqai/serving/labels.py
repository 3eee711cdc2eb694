"""What codes are called on the pages, so that a list comes in the order of what its reader sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from waqai.queries.naming import name_key

LANGUAGES = ("ar", "en")
_FOLDER = "names"


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of codes in Arabic and English, by list and code ("camp.isis")."""

    names: Mapping[str, Mapping[str, str]]

    def key(self, of: str, code: str, arabic: bool) -> str:
        """What the name of a code is compared by; that of the code itself where it has no name.

        >>> Labels({"ar": {"level.town": "مدينة"}, "en": {}}).key("level", "town", arabic=True) == name_key("مدينه")
        True
        """
        names = self.names.get("ar" if arabic else "en", {})
        return name_key(names.get(f"{of}.{code}", code)) or code

    def in_arabic(self, code: str, *lists: str) -> str:
        """What a code is called in Arabic by the first of these lists that has it, with the code itself, as sentences hold it.

        >>> Labels({"ar": {"type.Battles": "معارك"}}).in_arabic("Battles", "sub", "type")
        'معارك (`Battles`)'
        """
        names = self.names.get("ar", {})
        found = next((name for of in lists if (name := names.get(f"{of}.{code}"))), None)
        return f"{found} (`{code}`)" if found else f"`{code}`"

    def keys(self, of: str, arabic: bool) -> Mapping[str, str]:
        """The same of all codes of a list that have a name."""
        begin = f"{of}."
        names = self.names.get("ar" if arabic else "en", {})
        return {
            name.removeprefix(begin): self.key(of, name.removeprefix(begin), arabic)
            for name in names
            if name.startswith(begin)
        }


def load_labels(static: Path) -> Labels:
    """The names that the built pages come with; none where they are not built.

    Raises OSError and ValueError when a file is there and cannot be read.
    """
    files = {language: static / _FOLDER / f"{language}.json" for language in LANGUAGES}
    found = {language: orjson.loads(path.read_bytes()) for language, path in files.items() if path.is_file()}
    return Labels(
        {
            language: {key: name for key, name in names.items() if isinstance(name, str)}
            for language, names in found.items()
        }
    )
