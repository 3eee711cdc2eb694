"""What was found in one article, as the record keeps it."""

from dataclasses import dataclass

from waqai.model.article import Published
from waqai.model.control import Holding
from waqai.model.report import Report


@dataclass(frozen=True, slots=True)
class Found:
    """The reports and holdings of an article, in the order of its text, and its day of publication, also where only its own
    words tell it."""

    reports: tuple[Report, ...]
    holdings: tuple[Holding, ...]
    published: Published | None
