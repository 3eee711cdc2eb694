"""The labelled happenings: reports that tell one are merged, near-misses are not."""

from collections import defaultdict
from itertools import combinations

import pytest

from cases import Case, corpus
from waqai.incidents.merging import Merger
from waqai.knowledge.incidents import load_incidents

FLOORS = {"corpus_groups.yaml": 0.98, "corpus_held_out.yaml": 0.95}
LEAST = 150


def pairwise_f1(cases: list[Case]) -> float:
    """F1 over pairs of reports held for one happening."""
    merger = Merger(load_incidents())
    incident = {
        report.id: one.id for one in merger.incidents([case.account for case in cases]) for report in one.reports
    }
    true = found = right = 0
    for one, other in combinations(cases, 2):
        same = one.happening == other.happening
        merged = incident[one.account.report_id] == incident[other.account.report_id]
        true, found, right = true + same, found + merged, right + (same and merged)
    return 2 * right / (true + found)


@pytest.mark.parametrize("name", FLOORS)
def test_reports_of_one_happening_are_merged_and_others_not(name: str) -> None:
    assert pairwise_f1(corpus(name)) >= FLOORS[name]


def test_there_are_enough_labelled_reports_of_every_kind() -> None:
    cases = [case for name in FLOORS for case in corpus(name)]
    happenings = defaultdict(list)
    for name in FLOORS:
        for case in corpus(name):
            happenings[name, case.happening].append(case)
    assert len(cases) >= LEAST
    assert sum(len(told) > 1 for told in happenings.values()) >= len(happenings) / 2
    assert {case.account.modality for case in cases} == {"happened", "attempted", "planned", "denied"}
    assert {case.account.date.basis for case in cases if case.account.date} >= {"stated", "published"}
