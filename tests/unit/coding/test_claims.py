"""Claims: chains, stance, blame, and what a denial does to an event."""

from typing import Any

import pytest

from coded import reports
from made import SPAN, actor, draft, trigger
from waqai.coding.claims import CLAIMED_WITHIN, Author, Speech, claimed, claims_of, covering, modality_of
from waqai.coding.draft import Draft
from waqai.model.attribution import Attribution
from waqai.model.mention import Actor, Mention, Source
from waqai.model.report import Claim, NamedSource

MONITOR = (NamedSource(Source("sohr", "المرصد", "ngo"), SPAN),)
ARMY = (NamedSource(Source("army", "الجيش", "party"), SPAN),)

BOMB = trigger("car-bomb", "blast", "Remote explosive/landmine/IED")


def said(
    chain: tuple[NamedSource, ...] = MONITOR, sentence: int = 1, last: int = 9, stance: Any = "asserts"
) -> Attribution:
    return Attribution(sentence, 0, last, chain, stance, "subject")


def test_the_outlet_speaks_for_itself() -> None:
    assert claims_of(draft(), Speech((), ()), []) == (Claim(()),)
    assert claims_of(draft(), Speech([said(sentence=5)], ()), []) == (Claim(()),)


def test_an_attribution_covers_the_event_word_it_reaches() -> None:
    assert covering(draft(first=4, last=5), [said(last=9)]) == [said(last=9)]
    assert covering(draft(first=4, last=5), [said(last=4)]) == []


def test_parallel_sources_are_separate_claims_and_each_chain_stands_once() -> None:
    told = draft(merged=(draft(2),))
    found = claims_of(told, Speech([said(), said(ARMY), said(MONITOR, sentence=2)], ()), [])
    assert [claim.chain for claim in found] == [MONITOR, ARMY]


def test_a_denial_beside_an_assertion_is_a_claim_of_its_own() -> None:
    told = draft(merged=(draft(2),))
    speech = Speech([said(), said(ARMY, sentence=2, stance="denies")], ())
    found = claims_of(told, speech, [])
    assert [claim.stance for claim in found] == ["asserts", "denies"]
    assert modality_of(told, found, speech) == "happened"


def test_what_is_only_denied_is_denied() -> None:
    denial = Speech([said(ARMY, stance="denies")], ())
    assert modality_of(draft(), claims_of(draft(), denial, []), denial) == "denied"


@pytest.mark.parametrize("modality", ["attempted", "planned", "denied"])
def test_the_words_of_the_sentence_stand(modality: Any) -> None:
    assert modality_of(draft(modality=modality), [Claim(())], Speech((), ())) == modality


def chain(text: str) -> list[list[str]]:
    return [[source.span.text if source.span else "" for source in c.chain] for r in reports(text) for c in r.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت قوات النظام مدينة دوما.", [[]]),
        ("قال ناشطون إن قوات النظام قصفت مدينة دوما.", [["ناشطون"]]),
        ("قصفت قوات النظام مدينة دوما، وفق ما أفاد ناشطون.", [["ناشطون"]]),
        ("قصفت قوات النظام مدينة دوما. وقال ناشطون إن الطريق قطع.", [[]]),
    ],
)
def test_on_whose_word(text: str, expected: list[list[str]]) -> None:
    assert chain(text) == expected


def test_a_claim_of_responsibility_names_the_agent_with_its_words() -> None:
    text = "انفجرت سيارة مفخخة في حي الكرادة ببغداد. وتبنى تنظيم الدولة التفجير."
    (report,) = reports(text)
    assert [a.span.text for a in report.actor1 if a.span] == ["تنظيم الدولة"]
    assert any(w.field == "actor1" and w.rule == "claims responsibility" for w in report.why)


def claimant(camp: str) -> Mention[Actor]:
    return Mention("actor", 0, 0, 1, SPAN, Actor(camp, camp, camp, camp, "rebel group"), "name")


@pytest.mark.parametrize(
    ("told", "sentence", "by"),
    [
        (draft(1, trigger=BOMB), 2, ["isis"]),
        (draft(1, trigger=BOMB), 9, []),
        (draft(5, trigger=BOMB), 2, []),
        (draft(1, trigger=BOMB, actor1=actor("hts")), 2, ["hts"]),
        (draft(0, trigger=BOMB), 2, []),
        (draft(1, trigger=trigger("march", "protest", "Peaceful protest")), 2, []),
    ],
)
def test_who_claims_an_event_soon_after_is_its_agent(told: Draft, sentence: int, by: list[str]) -> None:
    (found,) = claimed([told], [Author(sentence, claimant("isis"), "claims responsibility", CLAIMED_WITHIN)])
    assert [a.actor.camp for a in found.actor1] == by


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("انفجرت عبوة ناسفة في سراقب.\nوانفجرت سيارة مفخخة في عفرين.\nوتبنى تنظيم داعش التفجير.", [[], ["isis"]]),
        ("سقطت قذائف على حي المزة.\nوانفجرت سيارة مفخخة في الباب.\nواتهم ناشطون قسد بتنفيذ التفجير.", [[], ["sdf"]]),
        ("انفجرت عبوة ناسفة في سراقب.\nوتبنى تنظيم داعش تفجير سيارة مفخخة في عفرين.", [[], ["isis"]]),
        (
            "فجرت هيئة تحرير الشام سيارة في حلب.\nوانفجرت عبوة ناسفة في الباب.\nوتبنى داعش التفجير.",
            [["hts"], ["isis"]],
        ),
    ],
)
def test_a_claim_is_about_the_last_deed_before_it(text: str, by: list[list[str]]) -> None:
    assert [[a.actor.camp for a in r.actor1] for r in reports(text)] == by


def test_whose_the_accuser_is_has_not_done_it() -> None:
    shelled = "سقط صاروخ غراد على منزل في طرابلس. "
    found = reports(shelled + "واتهمت وزارة الداخلية بحكومة الوفاق قوات حفتر بالوقوف وراء القصف.", "2019-12-02")
    assert [[a.actor.camp for a in r.actor1] for r in found] == [["lna"]]


def test_a_denial_by_the_author_stands_with_the_event() -> None:
    found = reports("قصفت طائرات روسية مدينة إدلب أمس.\nونفت وزارة الدفاع الروسية استهداف المدنيين.", "2019-05-02")
    assert [(c.stance, c.chain[0].source.name_en) for c in found[0].claims if c.chain] == [
        ("denies", "Russian Defence Ministry")
    ]
    assert found[0].modality == "happened"


def test_a_denial_that_comes_first_is_a_denied_event() -> None:
    (found,) = reports("نفت روسيا شن غارات على مدينة إدلب.", "2016-05-03")
    assert found.modality == "denied" and [a.actor.id for a in found.actor1] == ["russia"]


def test_a_denial_of_what_was_told_is_a_claim_about_it() -> None:
    (found,) = reports("قصفت طائرات روسية مدينة إدلب.\nونفت روسيا شن غارات على المدينة.", "2016-05-03")
    assert found.modality == "happened" and "denies" in {c.stance for c in found.claims}


def test_the_outlet_doubts_what_it_says_is_only_alleged() -> None:
    (report,) = reports("زعمت قوات النظام أن مقاتلي المعارضة قصفوا مدينة محردة.")
    assert [(bool(claim.chain), claim.stance) for claim in report.claims] == [(True, "asserts"), (False, "doubts")]


def test_the_accused_not_the_accuser_is_the_agent_and_a_denial_is_no_claim() -> None:
    blast = "انفجرت سيارة مفخخة في مدينة الباب. "
    accused = reports(blast + "واتهمت فصائل المعارضة وحدات حماية الشعب بتنفيذ التفجير.")
    denied = reports(blast + "ونفت وحدات حماية الشعب مسؤوليتها عن التفجير.")
    assert [[a.actor.camp for a in r.actor1] for r in (*accused, *denied)] == [["sdf"], []]


def test_who_blames_in_a_sentence_of_its_own_makes_a_claim() -> None:
    text = "قتل ثلاثون مدنيا في قصف كيماوي على مدينة خان شيخون. وحمّلت المعارضة قوات النظام المسؤولية."
    (report,) = reports(text)
    assert [[blamed.actor.camp for blamed in claim.blames] for claim in report.claims] == [[], ["regime"]]
    assert [source.source.name_en for source in report.claims[1].chain] == ["opposition"]


def blames(text: str) -> list[tuple[list[str], list[str]]]:
    """Of the first report of a text: who claims, and whom he blames (camps)."""
    claims = reports(text)[0].claims
    return [([s.source.name_en for s in c.chain], [b.actor.camp for b in c.blames]) for c in claims]


def test_those_who_accuse_each_other_blame_each_other() -> None:
    found = blames("وتبادلت قوات سوريا الديمقراطية والجيش التركي الاتهامات بقصف مستشفى مدينة عفرين أمس.")
    assert found == [
        (["Syrian Democratic Forces (SDF)"], ["turkey"]),
        (["Turkish army"], ["sdf"]),
    ]


def test_mutual_accusations_about_what_was_told_before_leave_its_author_open() -> None:
    text = "قتل خمسة مدنيين بقصف على سوق مدينة إدلب. وتبادل الجيش السوري وفصائل المعارضة الاتهامات بالمسؤولية عن ذلك."
    (report, *_) = reports(text)
    assert report.actor1 == ()
    assert [sorted(b.actor.camp for b in c.blames) for c in report.claims] == [[], ["opposition"], ["regime"]]


def test_mutual_accusations_of_nobody_named_are_nobodys() -> None:
    text = "قتل خمسة مدنيين بقصف على سوق مدينة إدلب. وتبادل الطرفان الاتهامات بقصف السوق."
    assert blames(text)[0] == ([], [])


def test_an_accuser_need_not_be_named_twice() -> None:
    text = "انفجرت سيارة مفخخة في مدينة الباب. وقالت فصائل المعارضة إن التفجير قتل حارسا، واتهمت وحدات حماية الشعب بتنفيذ التفجير."
    assert (["Syrian opposition fighters"], ["sdf"]) in blames(text)


def test_one_who_blames_makes_one_claim() -> None:
    text = "انفجرت عبوة ناسفة في مدينة الباب. واتهمت فصائل المعارضة وحدات حماية الشعب بالوقوف وراء التفجير."
    assert blames(text).count((["Syrian opposition fighters"], ["sdf"])) == 1
