"""The commands as a person calls them: what they print, where, and with which status."""

import csv
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from fake_pipeline import CRASH, open_broken, open_fake, report_of
from waqai.cli.main import COMMANDS, main, parser
from waqai.cli.show import show_entry, show_reports
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.model.article import Article
from waqai.records import MENTION_COLUMNS, REPORT_COLUMNS, report_json

TEXT = "قصف الطيران الحربي مدينة تدمر صباح اليوم الأحد وقتل خمسة مدنيين."
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def archive(tmp_path: Path) -> str:
    records = [{"id": f"n{n}", "text": f"{TEXT} {n}", "title": "غارات على حلب"} for n in range(5)]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return str(path)


@pytest.fixture
def spoilt(tmp_path: Path) -> str:
    records = [{"id": "a", "text": TEXT}, {"id": "b", "text": f"{TEXT} {CRASH}"}, {"id": "c", "text": TEXT}]
    path = tmp_path / "spoilt.jsonl"
    lines = [json.dumps(record) for record in records]
    path.write_text("\n".join([*lines[:2], "{broken", lines[2]]), encoding="utf-8")
    return str(path)


def run(*arguments: str) -> int:
    return main(arguments, open_fake)  # type: ignore[arg-type]


def test_code_writes_json_lines(archive: str, capsys: Capture) -> None:
    assert run("code", archive) == 0
    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["doc_id"] for record in records] == ["n0", "n1", "n2", "n3", "n4"]
    assert err == ""


def test_code_as_csv_by_the_ending(archive: str, tmp_path: Path) -> None:
    assert run("code", archive, "-o", str(tmp_path / "out.csv")) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 5 and tuple(rows[0]) == REPORT_COLUMNS
    assert rows[0]["killed_low"] == "5" and rows[0]["killed_high"] == ""


def test_mentions_of_a_kind(archive: str, capsys: Capture) -> None:
    assert run("mentions", archive, "--kind", "place") == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {record["kind"] for record in records} == {"place"} and len(records) == 5
    assert run("mentions", archive, "--format", "csv") == 0
    assert capsys.readouterr().out.splitlines()[0] == ",".join(MENTION_COLUMNS)


def test_read_can_be_read_again(archive: str, tmp_path: Path, capsys: Capture) -> None:
    assert run("read", archive, "-o", str(tmp_path / "again.jsonl")) == 0
    assert run("read", str(tmp_path / "again.jsonl")) == 0
    assert capsys.readouterr().out == (tmp_path / "again.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["read", "mentions", "code"])
def test_tables_for_people(command: str, archive: str, capsys: Capture) -> None:
    assert run(command, archive, "--format", "table") == 0
    out = capsys.readouterr().out
    assert "\u2068n0\u2069" in out and "\x1b" not in out


def test_skipped_articles_are_named_and_the_rest_is_done(spoilt: str, capsys: Capture) -> None:
    assert run("code", spoilt) == 3
    out, err = capsys.readouterr()
    assert [json.loads(line)["doc_id"] for line in out.splitlines()] == ["a", "c"]
    first, second = err.splitlines()
    assert first == f"waqai: skipped article b ({TEXT[:40]}…): coder failed: RuntimeError: قصد"
    assert second.startswith(f"waqai: skipped {spoilt}, record 3: it is not valid JSON")


def test_strict_stops_at_the_first(spoilt: str, capsys: Capture) -> None:
    assert run("code", spoilt, "--strict") == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1 and len(err.splitlines()) == 1


def test_unreadable_fields_are_told_once(tmp_path: Path, capsys: Capture) -> None:
    line = json.dumps({"text": TEXT, "published": "soon"})
    (tmp_path / "a.jsonl").write_text(f"{line}\n" * 4)
    assert run("code", str(tmp_path)) == 0
    first, second = capsys.readouterr().err.splitlines()
    assert "'soon'" in first and second == "waqai: 3 more fields could not be read, like the one above"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["code"], "required: INPUT"),
        (["code", "nothing.txt"], "there is no file or folder 'nothing.txt'"),
        (["code", "{archive}", "--frobnicate"], "--frobnicate"),
        (["code", "{archive}", "--jobs", "none"], "'none' is not a number"),
        (["code", "{archive}", "--coder", "nobody"], "there is no coder 'nobody'"),
        (["code", "{archive}", "-o", "no/folder/x.jsonl"], "no such folder"),
        (["code", "{archive}", "-o", "{archive}"], "both input and output"),
        (["code", "{archive}", "-o", "x.jsonl.gz"], "pack it afterwards"),
        (["mentions", "{archive}", "--kind", "dog"], "invalid choice: 'dog'"),
        (["evaluate", "nothing", "{archive}"], "no gold files"),
        (["dance"], "invalid choice: 'dance'"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    arguments: list[str], words: str, archive: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*(argument.format(archive=archive) for argument in arguments)) == 2
    out, err = capsys.readouterr()
    assert out == "" and words in err and err.count("\n") == 1 and err.startswith("waqai: ")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_knowledge_that_is_wrong_is_one_line(archive: str, jobs: str, capsys: Capture) -> None:
    assert main(["code", archive, "--jobs", jobs], open_broken) == 2  # type: ignore[arg-type]
    assert capsys.readouterr().err == "waqai: codebook.yaml:3: this is wrong.\n"


def test_explain_tells_every_reason(archive: str, capsys: Capture) -> None:
    run("code", archive)
    report = json.loads(capsys.readouterr().out.splitlines()[2])
    assert run("explain", report["id"][:9], archive) == 0
    out = capsys.readouterr().out
    assert report["id"] in out and "title-place" in out and "حلب الجديدة" in out


def test_inputs_may_stand_on_both_sides_of_an_option(archive: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    assert run("code", archive, "--strict", str(tmp_path / "b.txt"), "--jobs", "1") == 0
    assert len(capsys.readouterr().out.splitlines()) == 6
    assert run("code", archive, "--strict", str(tmp_path / "b.txt"), "--frobnicate") == 2
    assert "--frobnicate" in capsys.readouterr().err


def test_explain_without_one_answer(archive: str, capsys: Capture) -> None:
    assert run("explain", "zzzz", archive) == 1
    assert "no report" in capsys.readouterr().err
    assert run("explain", "", archive) == 1
    assert "5 reports" in capsys.readouterr().err


def test_explain_shows_every_article_with_the_report(tmp_path: Path, capsys: Capture) -> None:
    text = f"{TEXT} " * 3
    lines = [json.dumps({"id": label, "text": text}) for label in ("one", "two")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    run("code", str(tmp_path))
    label = json.loads(capsys.readouterr().out.splitlines()[0])["id"]
    assert run("explain", label, str(tmp_path)) == 0
    out, err = capsys.readouterr()
    assert err == "waqai: 2 articles of the same words have this report: one, two\n"
    assert all(f"doc_id          \u2068{label}\u2069\n" in out for label in ("one", "two"))


def test_long_values_are_wrapped_below_their_first_line(capsys: Capture) -> None:
    console = Console(width=60, highlight=False)
    show_entry(console, "sub_event_type", "كلمة " * 30, 0, 16)
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("sub_event_type  كلمة") and len(rest) > 2
    assert all(line.startswith(" " * 16 + "كلمة") and len(line) <= 60 for line in rest)


def test_the_day_of_articles_that_have_none(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": TEXT, "published": "2012-01-02"}))
    assert run("read", str(tmp_path), "--published", "2015-10-31", "--format", "jsonl") == 0
    days = [json.loads(line)["published"] for line in capsys.readouterr().out.splitlines()]
    assert days == ["2015-10-31", "2012-01-02"]
    assert run("read", str(tmp_path), "--published", "soon") == 2
    assert "is not a day" in capsys.readouterr().err


def test_a_table_says_why_no_day_is_known(capsys: Capture) -> None:
    report = report_json(report_of(Article("a", TEXT)), load_codebook(load_files())) | {"date": None}
    console = Console(width=110, highlight=False)
    for more in ({}, {"background": True}, {"modality": "planned"}):
        show_reports(console, "a", [report | more])
    out = capsys.readouterr().out
    assert out.count("not known (no day of publication)\n") == 1 and out.count("not known\n") == 2


def test_every_command_has_help(capsys: Capture) -> None:
    for command in COMMANDS:
        name = command.__name__.rpartition(".")[2]
        with pytest.raises(SystemExit) as ended:
            parser().parse_args([name, "--help"])
        assert ended.value.code == 0
        assert len(capsys.readouterr().out) > 300


def test_evaluate_counts_the_right_events(tmp_path: Path, capsys: Capture) -> None:
    event = {
        "sub_event_type": "Air/drone strike",
        "modality": "happened",
        "background": False,
        "actor1": ["isis"],
        "actor2": [],
        "place": {"name": "حلب", "level": "settlement", "lat": 36.2, "lon": 37.16, "governorate": "Aleppo"},
        "date": None,
        "killed": [5, None],
        "injured": None,
        "attributed_to": ["reuters"],
        "evidence": "قصف الطيران الحربي",
    }
    gold = {"doc_id": "n0", "events": [event, event | {"place": None, "evidence": "كلمات أخرى هنا"}]}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "n0.json").write_text(json.dumps(gold))
    found = {"doc_id": "n0", "sub_event_type": "Air/drone strike", "actor1": [{"camp": "isis"}], "killed": [5, None]}
    found |= {"place": {"name_ar": "مدينة حلب"}, "attributed_to": [{"name_en": "Reuters"}], "evidence": {"text": "قصف"}}
    (tmp_path / "found.jsonl").write_text(json.dumps(found))
    assert run("evaluate", str(tmp_path / "gold"), str(tmp_path / "found.jsonl"), "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["detection"] == {"precision": 1.0, "recall": 0.5, "f1": 0.667} == figures["strict"]
    assert figures["fields_on_matched"]["killed"] == {"right": 1.0, "of": 1}
    assert run("evaluate", str(tmp_path / "gold"), str(tmp_path / "found.jsonl"), "--errors") == 0
    assert "n0 MISSED   Air/drone strike @ None: كلمات أخرى هنا" in capsys.readouterr().out
