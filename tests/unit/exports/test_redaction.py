"""Private persons are left out, in whatever shape their names come."""

import dataclasses
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exported import ARMY, KEY, MAHIN, SOHR, article, codebook, happening, incident, known, moved, report, span, telling
from waqai.exports.acled import acled_row
from waqai.exports.facts import Happening
from waqai.exports.flat import flat_row
from waqai.exports.gdelt import gdelt_row, mention_rows
from waqai.exports.plover import plover_record
from waqai.exports.redaction import Redactor
from waqai.exports.scrubbing import MARK, Scrubber
from waqai.exports.ucdp import ucdp_row
from waqai.knowledge.files import DATA, load_files, parse_yaml
from waqai.knowledge.redaction import load_redaction
from waqai.model.incident import Grading, Merge, Voice
from waqai.model.mention import Source
from waqai.model.report import Claim, NamedActor, NamedSource, Target

KNOWLEDGE = load_redaction(load_files())
SCRUBBER, REDACTOR = Scrubber(KNOWLEDGE), Redactor(KNOWLEDGE)
NAME = "سامر الحموي"
WITNESS = Source("Samer al-Hamwi", "الشاهد سامر الحموي", "witness")


@pytest.mark.parametrize(
    "text",
    [
        "قتل سامر الحموي قرب الجسر",
        "قتل سَامِرٌ الحَمَوِيّ قرب الجسر",
        "قتل ســامر الحمــوي قرب الجسر",
        "قتل سا\u200bمر الح\u200cموي قرب الجسر",
        "قتل «سامر» «الحموي» قرب الجسر",
        "قتل #سامر_الحموي قرب الجسر",
        "نقل عن سامر\nالحموي قرب الجسر",
        "وسامر الحموي قرب الجسر",
        "لسامر الحموي قرب الجسر",
        "\ufeb3\ufe8e\ufee3\ufeae الحموي قرب الجسر",
        "قتل الطفل سامر قرب الجسر",
        "شاب يدعى “زعفران الدلب” قرب الجسر",
        "قتل أبو سامر الحموي قرب الجسر",
        "قتل سامر عبد الرحمن الحموي قرب الجسر",
        "Samer Hamwi قرب الجسر",
    ],
)
def test_a_name_is_found_without_being_known(text: str) -> None:
    found = SCRUBBER.scrub(text)
    assert MARK in found and found.endswith("قرب الجسر")
    plain = "".join(c for c in found if c.isalpha() or c.isspace())
    assert not {"سامر", "الحموي", "Samer", "Hamwi", "زعفران", "الدلب"}.intersection(plain.split())


@pytest.mark.parametrize(
    "text",
    [
        "قصف الطيران الحربي بلدة مهين وقتل ثلاثة مدنيين",
        "سيطر التنظيم على القرية بعد معارك مع قوات النظام",
        "أصيب عشرة أشخاص بينهم أطفال ونساء في الغارة",
        "The army said nothing",
        "",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert SCRUBBER.scrub(text) == text


def test_the_corpus_of_redaction() -> None:
    path = DATA / "exports" / "corpus_redaction.yaml"
    corpus = parse_yaml(path.name, path.read_bytes())
    assert {text: SCRUBBER.scrub(text) for text in corpus["named"]} == corpus["named"]
    assert [SCRUBBER.scrub(text) for text in corpus["right"]] == corpus["right"]


def test_a_known_name_is_found_in_parts() -> None:
    names = SCRUBBER.names(["فلفل زنجبيل"])
    assert SCRUBBER.scrub("وقال زنجبيل إن فلفل زنجبيل بخير", names) == f"وقال {MARK} إن {MARK} بخير"


def test_a_place_named_like_a_person_stays() -> None:
    text = "قصف خالد الحموي بلدة أبو الظهور"
    assert SCRUBBER.scrub(text, kept=frozenset({"ابو", "الظهور", "ظهور"})) == f"قصف {MARK} بلدة أبو الظهور"


words = st.sampled_from(
    ["قتل", "سامر", "الحموي", "أبو", "في", "،", ".", " ", "\n", "Samer", "\u200b", "ـ", "[…]", "الطفل"]
)


@given(st.lists(words).map(" ".join))
def test_scrubbing_is_settled_after_once_and_never_fails(text: str) -> None:
    assert "سامر الحموي" not in SCRUBBER.scrub(text)
    assert isinstance(SCRUBBER.scrub(SCRUBBER.scrub(text)), str)


def whole() -> Happening:
    """An incident in which the name stands wherever a name may stand."""
    told = replace(
        report(),
        doc_id=f"مقتل {NAME}",
        evidence=span(f"قصف الطيران بلدة مهين وقتل {NAME}"),
        actor1=(NamedActor(ARMY, span(f"قوات {NAME}")),),
        target=Target("residential building", span(f"منزل {NAME}")),
        casualties=tuple(replace(toll, span=span(f"مقتل {NAME}")) for toll in report().casualties),
        claims=(
            Claim((NamedSource(WITNESS, span(f"الشاهد {NAME}")), NamedSource(SOHR, span(f"المرصد على لسان {NAME}")))),
            Claim((), "asserts", (NamedActor(ARMY, span(f"القناص {NAME}")),)),
        ),
    )
    made = incident(
        voices=(
            Voice("Samer al-Hamwi", WITNESS, None, ("r1",)),
            Voice(f"صفحة {NAME}", Source(f"صفحة {NAME}", f"صفحة {NAME}", "outlet"), None, ("r1",)),
        ),
        grading=Grading("weak", "only Samer al-Hamwi says so", "editor 1"),
        merges=(Merge("r1", "r2", 0.9, (f"words: {NAME}",)),),
        reports=tuple(replace(ref, doc_id=f"مقتل {NAME}", outlet=f"صفحة {NAME}") for ref in incident().reports),
        tolls=tuple(replace(version, voices=("Samer al-Hamwi", f"صفحة {NAME}")) for version in incident().tolls),
    )
    cited = article(
        title=f"مقتل {NAME} في مهين",
        doc_id=f"مقتل {NAME}",
        outlet=f"صفحة {NAME}",
        url="https://news.example/%D8%B3%D8%A7%D9%85%D8%B1-%D8%A7%D9%84%D8%AD%D9%85%D9%88%D9%8A.html",
    )
    return Happening(made, (told,), {KEY: cited})


def shown(value: Any) -> str:
    return json.dumps(
        dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value, ensure_ascii=False, default=str
    )  # type: ignore[arg-type]


def names_in(text: str) -> list[str]:
    return [name for name in ("سامر", "الحموي", "Samer", "Hamwi", "editor 1", "%D8%B3%D8%A7") if name in text]


def test_no_field_of_an_incident_keeps_the_name() -> None:
    assert len(names_in(shown(whole()))) == 6
    assert not names_in(shown(REDACTOR.happening(whole(), {})))


def test_no_export_keeps_the_name() -> None:
    made = REDACTOR.happening(whole(), {})
    rows: list[Any] = [
        acled_row(made, codebook(), known()), ucdp_row(made, known()), gdelt_row(made, known()), mention_rows(made),
        flat_row(made, codebook()),
    ]  # fmt: skip
    told = telling(whole().articles[KEY])
    alone = REDACTOR.telling(replace(told, report=whole().reports[0]))
    rows += [plover_record(alone, codebook(), known()), flat_row(alone, codebook())]
    assert all(isinstance(row, dict | list) for row in rows)
    assert not [names_in(shown(row)) for row in rows if names_in(shown(row))]
    assert "a witness" in shown(rows[0])


def test_what_names_nobody_is_as_it_was() -> None:
    made = happening(voices=(Voice("eyewitnesses", Source("eyewitnesses", "شهود عيان", "witness"), None, ("r1",)),))
    found = REDACTOR.happening(made, {})
    assert found.incident.voices == made.incident.voices and found.articles == made.articles
    assert found.reports[0].evidence == made.reports[0].evidence


def test_names_known_from_the_whole_text_are_taken_out() -> None:
    told = telling(evidence=span("وقال زعفران إن القصف مستمر"))
    assert "زعفران" in REDACTOR.telling(told).report.evidence.text
    assert REDACTOR.telling(told, frozenset({"زعفران الدلب"})).report.evidence.text == f"وقال {MARK} إن القصف مستمر"


def test_an_address_in_latin_letters_loses_its_path() -> None:
    found = REDACTOR.telling(
        telling(article(url="https://news.example/2015/samer-al-hamwi-killed"), claims=whole().reports[0].claims)
    )
    assert found.article.url == "https://news.example/"
    kept = REDACTOR.telling(telling(article(url="https://news.example/2015/11/strike-on-mahin")))
    assert kept.article.url == "https://news.example/2015/11/strike-on-mahin"


def test_a_place_keeps_its_names() -> None:
    place = moved(MAHIN, name_ar="أبو الظهور", name_en="Abu al-Duhur")
    found = REDACTOR.happening(happening(place=place), {}).incident.place
    assert found == place


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://news.example/2015/11/02/killed-in-homs-20151102123.html", "https://news.example/2015/11/02/killed-in-homs-20151102123.html"),
        ("https://news.example/p/ahmad-hassan", "https://news.example/"),
        ("https://social.example/ahmadhassan90", "https://social.example/"),
        ("https://social.example/layth_haddad", "https://social.example/"),
        ("https://wa.example/963944123456", "https://wa.example/"),
        ("https://t.example/+963944123456?x=1", "https://t.example/"),
        ("https://call.example/?phone=0944123456", "https://call.example/"),
        ("https://ahmad-hassan.example/post/7", None),
        ("https://ahmadhassan.blogs.example/post/7", None),
        ("https://user:secret@laithomar.example:8080/", None),
        ("https://human-rights.example/hama/hassakeh", "https://human-rights.example/hama/hassakeh"),
    ],
)  # fmt: skip
def test_an_address_tells_no_name_and_no_number(url: str, shown: str | None) -> None:
    facts = replace(article(), title="", outlet=None, url=url)
    assert REDACTOR.article(facts).url == shown


@pytest.mark.parametrize(
    ("label", "named"), [("samer.khatib.diary", True), ("samerkhatib", True), ("ocha-2024-12-06", False)]
)
def test_a_label_may_spell_a_name(label: str, named: bool) -> None:
    assert REDACTOR.spells(label) is named
