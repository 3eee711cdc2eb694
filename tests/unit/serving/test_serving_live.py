"""A record that changes while it is served: it stays readable, answers are new, old ids redirect."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from sample_record import sample_record
from unit.serving.asking import API, serving
from waqai.serving.mvt import EXTENT, Tile, encode
from waqai.store.incidents import drop_incidents
from waqai.store.opening import Store, open_store


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A record of this test's own."""
    path = str(tmp_path / "own.db")
    shutil.copy(sample_record(), path)
    return path


def writing(path: str, statement: str, **values: Any) -> None:
    """Change a record as another program does."""
    store = open_store(path)
    with store.write() as connection:
        connection.execute(text(statement), values)
    store.close()


def points_of(client: TestClient) -> set[str]:
    """The incidents that the map draws."""
    return {feature["properties"]["id"] for feature in client.get(f"{API}/points").json()["features"]}


def test_a_record_that_is_written_to_is_readable_and_kept_answers_are_let_go(own: str) -> None:
    with serving(own) as client:
        before = client.get(f"{API}/record").json()["counts"]
        assert client.get(f"{API}/record").json()["counts"] == before
        drawn = points_of(client)
        gone = sorted(drawn)[:3]
        other: Store = open_store(own)
        with other.write() as connection:
            drop_incidents(connection, gone)
            assert client.get(f"{API}/record").json()["counts"] == before
            assert client.get(f"{API}/incidents?limit=500").status_code == 200
        other.close()
        after = client.get(f"{API}/record").json()["counts"]
        assert after["incidents"] == before["incidents"] - 3
        assert points_of(client) == drawn - set(gone)


def test_an_id_that_is_no_more_redirects(own: str) -> None:
    with serving(own) as client:
        id = client.get(f"{API}/incidents?limit=1").json()["rows"][0]["id"]
        writing(own, "INSERT INTO incident_redirects VALUES ('0123456789abcdef0123', :id)", id=id)
        response = client.get(f"{API}/incidents/0123456789abcdef0123", follow_redirects=False)
        assert (response.status_code, response.headers["location"]) == (307, f"{API}/incidents/{id}")


def test_a_record_that_is_taken_away_is_one_sentence(own: str) -> None:
    with serving(own) as client:
        writing(own, "DROP TABLE incidents")
        response = client.get(f"{API}/incidents")
        assert response.status_code == 503
        assert "lacks a part" in response.json()["error"]


@pytest.mark.parametrize("missing", [False, True])
def test_a_file_that_is_replaced_is_noticed_before_anything_is_lost(own: str, missing: bool) -> None:
    with serving(own, reviewer="tester") as client:
        report = client.get(f"{API}/reports?limit=1").json()["rows"][0]["id"]
        token = {"x-csrf-token": client.get(f"{API}/session").json()["csrf"]}
        decided = {"action": "accept", "report": report}
        assert client.post(f"{API}/decisions", json=decided, headers=token).status_code == 201
        assert client.get(f"{API}/record").status_code == 200
        Path(own).rename(f"{own}.old")
        if not missing:
            shutil.copy(sample_record(), own)
        for response in (
            client.get(f"{API}/record"),
            client.get(f"{API}/incidents"),
            client.post(f"{API}/decisions", json=decided, headers=token),
        ):
            assert response.status_code == 503
            assert "start it again" in response.json()["error"]


def test_what_is_counted_while_a_piece_is_missing_is_the_same(own: str) -> None:
    with serving(own) as client:
        asked = f"{API}/facets?of=reports&most=200"
        held = client.get(asked).json()
        writing(own, "DELETE FROM counted")
        assert client.get(asked).json() == held
        assert client.get(f"{asked}&background=no").status_code == 200


def read(data: bytes, at: int = 0) -> list[tuple[int, Any]]:
    """The fields of a message of protocol buffers: numbers, and bytes."""
    found = []
    while at < len(data):
        key, at = varint(data, at)
        number, at = varint(data, at)
        if key & 7 == 2:
            found.append((key >> 3, data[at : at + number]))
            at += number
        else:
            found.append((key >> 3, number))
    return found


def varint(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at


def numbers(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        number, at = varint(data, at)
        found.append(number)
    return found


def test_tiles_hold_the_points_with_their_properties() -> None:
    points = [
        (34.25, 37.06, {"id": "a", "killed_low": 300_000, "disputed": True, "grade": None}),
        (0.0, 0.0, {"id": "b", "killed_low": -1, "disputed": False, "grade": "fair"}),
    ]
    [(field, layer)] = read(encode(Tile(0, 0, 0), "incidents", points))
    parts = read(layer)
    values = {name: [held for key, held in parts if key == name] for name in (1, 2, 3, 4, 5, 15)}
    assert (field, values[1], values[5], values[15]) == (3, [b"incidents"], [EXTENT], [2])
    keys = [key.decode() for key in values[3]]
    known = [read(value)[0] for value in values[4]]
    features = [dict(read(feature)) for feature in values[2]]
    held = [dict(zip(numbers(f[2])[::2], numbers(f[2])[1::2], strict=True)) for f in features]
    named = [{keys[key]: known[value] for key, value in tags.items()} for tags in held]
    assert named[0] == {"id": (1, b"a"), "killed_low": (6, 600_000), "disputed": (7, 1)}
    assert named[1] == {"id": (1, b"b"), "killed_low": (6, 1), "grade": (1, b"fair")}
    assert numbers(features[1][4]) == [9, 4096, 4096]
    assert numbers(features[0][4]) == [9, *(2 * unit for unit in Tile(0, 0, 0).units(34.25, 37.06))]


def test_the_tiles_of_the_world_hold_every_point_once_or_at_an_edge_twice() -> None:
    with serving() as client:
        total = len(client.get(f"{API}/points").json()["features"])
        whole = read(client.get(f"{API}/tiles/0/0/0.mvt").content)
        assert len([1 for key, _ in read(whole[0][1]) if key == 2]) == total
        assert client.get(f"{API}/tiles/5/0/0.mvt").content == b""
    assert (Tile(1, 1, 0).box.east, Tile(0, 0, 0).box.west) == (180.0, -180.0)
