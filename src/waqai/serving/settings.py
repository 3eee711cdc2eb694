"""What a server is told when it is started."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).parent / "static"
BOUNDARIES = Path(__file__).parent / "boundaries"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Which record is served, to whom, and how.

    `public` makes it read only and redacted: persons are left out, points rounded to cells `round_km` wide, and what is
    younger than `held_back` days is not shown. `accounts` is the file of accounts (default: beside the record). `reviewer`
    names the person at a machine without accounts. `today` stands in for the day of the clock in tests; `patience` are the
    seconds that a question may take.
    """

    db: str
    public: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    accounts: str | None = None
    reviewer: str | None = None
    static: Path = STATIC
    round_km: float = 10.0
    held_back: int = 7
    today: dt.date | None = None
    patience: float = 30.0

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK
