"""Reports as persons corrected them, read from the store."""

from collections.abc import Iterable

from sqlalchemy import Connection

from waqai.incidents.rulings import Rulings, edited
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Account, Outline
from waqai.records_reading import Packing
from waqai.store.incidents import Clustered
from waqai.store.reading import accounts_by_number


class CorrectedReader:
    """Reads accounts and outlines as persons corrected them; remembers the actors and places that it met."""

    def __init__(self, knowledge: IncidentKnowledge) -> None:
        """Start with nothing met."""
        self.packing = Packing()
        self._knowledge = knowledge

    def accounts(self, connection: Connection, numbers: Iterable[int], decided: Rulings) -> dict[str, Account]:
        """The accounts of the reports with these numbers, by the ids of the reports."""
        found = accounts_by_number(connection, numbers, self.packing)
        touched = decided.edits.keys() & found.keys()
        return found | {id: edited(found[id], decided.edits[id], self._knowledge) for id in touched}

    def outlines(self, connection: Connection, held: Iterable[Clustered], decided: Rulings) -> dict[int, Outline]:
        """The outlines of these reports, by number and in their order."""
        every = list(held)
        corrected = self._corrected(connection, every, decided)
        return {one.number: corrected.get(one.number) or one.outline(self.packing) for one in every}

    def compared(
        self, connection: Connection, held: Iterable[Clustered], decided: Rulings
    ) -> dict[int, Clustered | Outline]:
        """The same, but for what nobody corrected as it was read: much is looked at, and little of it opened."""
        found: dict[int, Clustered | Outline] = {one.number: one for one in held}
        return found | self._corrected(connection, held, decided)

    def _corrected(self, connection: Connection, held: Iterable[Clustered], decided: Rulings) -> dict[int, Account]:
        """Those of these reports that a person corrected, by number."""
        ids = {one.number: one.report_id for one in held if one.report_id in decided.edits} if decided.edits else {}
        found = self.accounts(connection, ids, decided) if ids else {}
        return {number: found[id] for number, id in ids.items()}
