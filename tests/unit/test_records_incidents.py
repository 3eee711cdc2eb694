"""The JSON form of incidents, there and back."""

from dataclasses import replace

import orjson

from cases import account, corpus
from waqai.incidents.merging import Merger
from waqai.incidents.reconciling import reconcile
from waqai.knowledge.incidents import load_incidents
from waqai.model.incident import Grading
from waqai.records_incidents import incident_from, incident_json

KNOWLEDGE = load_incidents()
MERGER = Merger(KNOWLEDGE)


def test_an_incident_comes_back_from_its_json() -> None:
    for made in MERGER.incidents([case.account for case in corpus("corpus_groups.yaml")]):
        record = orjson.loads(orjson.dumps(incident_json(made, KNOWLEDGE.codebook)))
        assert incident_from(record) == made


def test_plain_fields_are_those_of_reports_and_every_version_stands_beside() -> None:
    told = [
        account("r1", k=12, what="market", by="regime"),
        account("r2", **{"from": "المرقب", "k": "15+", "on": "pub"}),
    ]
    record = incident_json(reconcile(told, (), KNOWLEDGE), KNOWLEDGE.codebook)
    assert record["plover"] == {"type": "ASSAULT", "mode": "aerial"}
    assert record["event_type"] == "Explosions/Remote violence"
    assert record["target"] == {"kind": "market"}
    assert record["killed"] == {"low": 12, "best": 12, "high": None}
    assert record["date"] == {
        "start": "2016-05-01",
        "end": "2016-05-01",
        "precision": 1,
        "basis": "stated",
        "time": None,
    }
    assert [version["reports"] for version in record["dates"]] == [["r1"], ["r2"]]
    assert record["reports"][0] == {
        "id": "r1", "doc_id": "doc-article-r1", "article_key": "article-r1", "outlet": "الفجر", "published": "2016-05-02",
    }  # fmt: skip
    assert [voice["key"] for voice in record["voices"]] == ["الفجر", "المرقب"]


def test_a_voice_has_its_own_stance_and_whom_it_counts_with() -> None:
    told = [
        account("r1", via=["witnesses"], denied=["russia"]),
        account("r2", **{"from": "المرقب", "via": ["witnesses"]}),
    ]
    made = reconcile(told, (), KNOWLEDGE)
    record = incident_json(made, KNOWLEDGE.codebook)
    assert [(v["key"], v["stance"], v["counts_as"]) for v in record["voices"]] == [
        ("russia spokesman", ["denies"], None),
        ("witnesses via الفجر", ["asserts"], None),
        ("witnesses via المرقب", ["asserts"], "witnesses via الفجر"),
    ]
    assert record["independent_voices"] == 2
    assert incident_from(orjson.loads(orjson.dumps(record))) == made


def test_a_grade_says_whether_a_person_set_it() -> None:
    told = [account("r1", k=12, vs="civilians")]
    suggested = incident_json(reconcile(told, (), KNOWLEDGE), KNOWLEDGE.codebook)["grade"]
    assert (suggested["grade"], suggested["suggested"], suggested["person"]) == ("weak", True, None)
    made = reconcile(told, (), KNOWLEDGE)
    reviewed = incident_json(replace(made, grading=Grading("confirmed", "owned", "a")), KNOWLEDGE.codebook)["grade"]
    assert (reviewed["grade"], reviewed["suggested"], reviewed["person"]) == ("confirmed", False, "a")
