"""Whether the file that is served is still the one that was opened: a server holds a file, not its name."""

import os

from waqai.store.opening import Store, StoreError


class Standing:
    """The file of a record as it was when it was opened. A database on a server has none, and always stands."""

    def __init__(self, store: Store, address: str) -> None:
        self._path = address if store.dialect == "sqlite" else None
        self._opened = self._now()

    def _now(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def check(self) -> None:
        """Raises StoreError when the file was replaced or taken away: what is read is old, and what is written is lost."""
        if self._opened != self._now():
            raise StoreError(
                "the file of the record was replaced or taken away while it was served; stop the server and start it again "
                "(`waqai serve`) to see the record that is there now"
            )

    def check_kept(self) -> None:
        """The same after something was written."""
        try:
            self.check()
        except StoreError as error:
            raise StoreError(f"what you decided may be lost: {error}") from None
