"""Reporting: totals, confidence, ids, spans and reasons."""

import itertools

import pytest

from coded import reports
from made import actor, day, draft, toll, trigger
from waqai.coding.draft import Draft, Toll
from waqai.coding.reporting import Range, confidence, total
from waqai.coding.timing import published_date
from waqai.model.report import Report
from waqai.model.text import Span

TEXT = (
    "قصفت قوات النظام أمس مدينة دوما بقذائف الهاون، ما أدى إلى مقتل خمسة مدنيين وإصابة 12 آخرين، بحسب المرصد السوري.\n"
    "وسيطر تنظيم الدولة على بلدات تسيل وحيط وسحم الجولان غرب درعا.\n"
    "وانفجرت سيارة مفخخة في مدينة إعزاز. وحاولت قوات النظام اقتحام مدينة داريا."
)
TITLE = "قصف على دوما وسيطرة على تسيل"


@pytest.mark.parametrize(
    ("tolls", "killed"),
    [
        ((), None),
        ((toll("killed", 5),), (5, 5)),
        ((toll("injured", 5),), None),
        ((toll("both", 5),), (5, 5)),
        ((toll("killed", 14, None),), (14, None)),
        ((toll("killed", 24, 99),), (24, 99)),
        ((toll("killed", 29), toll("killed", 51)), (29, 51)),
        ((toll("killed", 51), toll("killed", 29)), (29, 51)),
        ((toll("killed", 5), toll("killed", 11, rises=True)), (11, 11)),
        ((toll("killed", 5), toll("killed", 8, rises=True), toll("killed", 11, rises=True)), (11, 11)),
        ((toll("killed", 12), toll("killed", 1, singular=True)), (12, 12)),
        ((toll("killed", 1, singular=True),), (1, 1)),
        ((toll("killed", 5), toll("injured", 20)), (5, 5)),
    ],
)
def test_total_of_killed(tolls: tuple[Toll, ...], killed: Range) -> None:
    assert total(tolls, "killed") == killed


def test_total_of_injured() -> None:
    assert total((toll("killed", 5), toll("injured", 20), toll("both", 3)), "injured") == (3, 20)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (draft(), draft(place=None, own_place=False)),
        (draft(actor1=actor("regime")), draft()),
        (draft(date=day("2016-03-09")), draft()),
        (draft(tolls=(toll("killed", 5),)), draft()),
        (draft(merged=(draft(2),)), draft()),
        (draft(), draft(modality="planned")),
    ],
)
def test_confidence_grows_with_what_the_text_gives(more: Draft, less: Draft) -> None:
    assert 0 <= confidence(less) < confidence(more) <= 1


def test_confidence_is_never_certainty() -> None:
    full = draft(actor1=actor("regime"), actor2=actor("isis"), date=day("2016-03-09"), merged=(draft(2),))
    assert 0 < confidence(draft(place=None, own_place=False, trigger=trigger(), modality="denied")) < 1
    assert confidence(full) < 1


def test_the_published_date_spans_two_days_and_says_so() -> None:
    assert published_date(None) is None
    (report,) = reports("قصفت قوات النظام مدينة دوما.")
    assert report.date is not None
    assert (report.date.date.basis, report.date.date.precision, report.date.span) == ("published", 2, None)
    assert (report.date.date.end - report.date.date.start).days == 1  # type: ignore[operator]


def test_without_an_anchor_there_is_no_date() -> None:
    assert [r.date for r in reports("قصفت قوات النظام مدينة دوما.", day=None)] == [None]


def test_ids_are_unique_and_stable() -> None:
    first, again = reports(f"{TITLE} // {TEXT}"), reports(f"{TITLE} // {TEXT}")
    assert first == again
    assert len({r.id for r in first}) == len(first) >= 6


def test_an_id_belongs_to_its_article() -> None:
    assert not {r.id for r in reports(TEXT)} & {r.id for r in reports(TEXT + " ")}


def spans(report: Report) -> list[Span]:
    named = [*report.actor1, *report.actor2, report.place, report.date, report.target, *report.casualties, *report.why]
    sources = [source for claim in report.claims for source in claim.chain]
    found = [thing.span for thing in [*named, *sources] if thing is not None]
    return [report.evidence, *(span for span in found if span is not None)]


def test_every_span_is_an_exact_substring() -> None:
    parts = {"title": TITLE, "text": TEXT}
    found = reports(f"{TITLE} // {TEXT}")
    for span in itertools.chain.from_iterable(spans(r) for r in found):
        assert parts[span.part][span.start : span.end] == span.text != ""


def test_evidence_holds_the_event_word_and_its_place() -> None:
    for report in reports(TEXT):
        (word,) = [w.span for w in report.why if w.field == "sub_event_type"]
        assert word is not None
        assert report.evidence.start <= word.start < word.end <= report.evidence.end
    taken = reports("سيطر تنظيم الدولة أمس على مدينة تدمر.")[0]
    assert taken.evidence.text.startswith("سيطر تنظيم الدولة")
    assert taken.evidence.text.endswith("تدمر")


def test_every_field_that_is_set_has_a_reason() -> None:
    for report in reports(TEXT):
        reasons = {w.field for w in report.why}
        given = {
            "actor1": report.actor1,
            "place": report.place,
            "date": report.date,
            "killed": report.killed,
            "injured": report.injured,
            "target": report.target,
        }
        assert {"sub_event_type", "modality", "background"} <= reasons
        assert {field for field, value in given.items() if value} <= reasons
        assert all(w.rule for w in report.why)


def test_places_of_a_list_point_at_their_own_words() -> None:
    taken = [r for r in reports(TEXT) if r.sub_event_type == "Non-state actor overtakes territory"]
    assert [r.place.span.text for r in taken if r.place and r.place.span] == ["بلدات تسيل", "حيط", "سحم الجولان"]


def test_reports_carry_the_article_and_the_coder() -> None:
    for report in reports(TEXT):
        assert report.doc_id == "doc"
        assert len(report.article_key) == len(report.text_sha256) == 64
        assert (report.coder.name, len(report.coder.knowledge)) == ("grammar", 12)
        assert report.coder.rules


def test_tolls_name_those_counted() -> None:
    found = next(r for r in reports(TEXT) if r.killed)
    assert ("killed", "civilians", 5, 5) in [(c.outcome, c.who, c.low, c.high) for c in found.casualties]
    assert "خمسة مدنيين" in [c.span.text for c in found.casualties]
