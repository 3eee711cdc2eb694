"""The columns beside the incidents: whatever is kept is what the rows say, after builds and after decisions."""

from contextlib import closing

from sqlalchemy import select

from asked import asked
from stored import article, put
from waqai.deriving.deciding import Decider, Wish
from waqai.deriving.incidents import derive_incidents
from waqai.store import counted_incidents
from waqai.store.counted import Packed
from waqai.store.counted_incidents import NAMES, PIECES, piece_of
from waqai.store.incidents import drop_incidents
from waqai.store.opening import Store, open_store
from waqai.store.schema import control_brief, incidents, reports
from waqai.store.upgrading import upgrade


def check(store: Store, gone: int = 0) -> None:
    """So many pieces are not there, and those that are, are those of the rows."""
    with store.read() as connection:
        assert len(counted_incidents.missing(connection)) == gone
        found = list(counted_incidents.pieces(connection, NAMES))
        ids = sorted(connection.scalars(select(incidents.c.id)))
        for number, piece in enumerate(found):
            own = [id for id in ids if piece_of(id) == number]
            made = counted_incidents.made(connection, own)
            assert values(piece["id"]) == own
            for name in NAMES:
                assert (values(piece[name]), piece[name].rows) == (values(made[name]), made[name].rows), name


def values(packed: Packed) -> list[object]:
    """The values themselves, in order."""
    codes = [int.from_bytes(packed.codes[at : at + 4], "little") for at in range(0, len(packed.codes), 4)]
    return [packed.values[code] for code in codes]


def test_what_is_derived_is_kept_and_what_changes_is_made_again(record_address: str) -> None:
    with asked(record_address) as store:
        check(store)
        put(store, article("قصف على حلب", "more"))
        derive_incidents(store)
        check(store)


def test_a_lost_incident_takes_its_piece_with_it(record_address: str) -> None:
    with asked(record_address) as store:
        with store.write() as connection:
            lost = connection.scalars(select(incidents.c.id).order_by(incidents.c.id)).first()
            assert lost is not None
            drop_incidents(connection, [lost])
        check(store, gone=1)


def test_after_a_decision_nothing_is_missing(record_address: str) -> None:
    with asked(record_address) as store:
        with store.read() as connection:
            told = connection.scalars(select(reports.c.id).order_by(reports.c.number)).first()
        assert told is not None
        Decider(store).decide("reem", Wish("reject", told))
        check(store)


def test_a_record_that_is_brought_up_has_them(record_address: str) -> None:
    with asked(record_address) as store, store.write() as connection:
        counted_incidents.kept.drop(connection)
        control_brief.drop(connection)
        connection.exec_driver_sql("DROP INDEX reports_incident")
        connection.exec_driver_sql("CREATE INDEX reports_incident ON reports (incident)")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0006'")
    with closing(open_store(record_address)) as store:
        check(store)
        upgrade(store)
        check(store)


def test_incidents_are_spread_over_the_pieces() -> None:
    assert len({piece_of(f"{number:020x}") for number in range(1000)}) == PIECES
