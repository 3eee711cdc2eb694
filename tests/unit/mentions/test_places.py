"""Places in documents: the executed corpus, the rules one by one, and the recall on the shared articles."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import document
from waqai.knowledge.files import DATA, load_files, parse_yaml
from waqai.knowledge.gazetteer import Gazetteer, load_gazetteer
from waqai.mentions.places import find_places
from waqai.model.mention import Mention, Place

CORPUS = parse_yaml("corpus_places.yaml", (DATA / "gazetteer" / "corpus_places.yaml").read_bytes())


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(load_files())


def found(text: str, gazetteer: Gazetteer, title: str = "") -> tuple[Mention[Place], ...]:
    return find_places(document(text, title), gazetteer)


def one(text: str, words: str, gazetteer: Gazetteer) -> Place:
    mentions = [m for m in found(text, gazetteer) if m.span.text == words]
    assert len(mentions) == 1, [m.span.text for m in found(text, gazetteer)]
    return mentions[0].value


@pytest.mark.parametrize("case", CORPUS["found"], ids=lambda c: c[0][:40])
def test_corpus_finds(case: list[str | list[str | None]], gazetteer: Gazetteer) -> None:
    text, expected = case[0], case[1:]
    assert isinstance(text, str)
    held = [
        [m.span.text, m.value.name_ar, m.value.level, m.value.governorate, m.value.relation]
        for m in found(text, gazetteer)
    ]
    for row in expected:
        assert isinstance(row, list)
        governorate = None if row[3] in ("null", None) else row[3]
        assert [*row[:3], governorate, row[4] if len(row) > 4 else None] in held, held


@pytest.mark.parametrize("case", CORPUS["not_found"], ids=lambda c: c[0][:40])
def test_corpus_leaves_alone(case: Sequence[str], gazetteer: Gazetteer) -> None:
    text, words = case[0], case[1:]
    held = [m.span.text for m in found(text, gazetteer)]
    if words:
        assert not [h for h in held if any(w in h for w in words)], held
    else:
        assert held == []


def test_corpus_is_large_enough() -> None:
    assert len(CORPUS["found"]) >= 120
    assert len(CORPUS["not_found"]) >= 50


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("معارك في طرابلس وسرت ومصراتة الليبية", "Libya"),
        ("توتر في طرابلس بعد انفجار بيروت اللبنانية", "Lebanon"),
    ],
)
def test_the_articles_other_places_decide(text: str, country: str, gazetteer: Gazetteer) -> None:
    assert one(text, "طرابلس", gazetteer).governorate == country


def test_a_later_paragraph_decides_for_an_earlier_one(gazetteer: Gazetteer) -> None:
    text = "سقطت بلدة كوكب صباحا.\nوتقع البلدة قرب معردس وصوران في ريف حماة."
    assert one(text, "بلدة كوكب", gazetteer).governorate == "Hama"


def test_blocked_tokens_are_no_places(gazetteer: Gazetteer) -> None:
    doc = document("قال جيش سوريا في حلب")
    assert [m.span.text for m in find_places(doc, gazetteer, {0: [(1, 3)]})] == ["حلب"]


def test_clitics_are_kept_apart(gazetteer: Gazetteer) -> None:
    mention = found("قصف وبحمص قتلى", gazetteer)[0]
    assert (mention.prefix, mention.span.text, mention.first, mention.last) == ("وب", "حمص", 1, 2)


def test_losing_readings_are_told(gazetteer: Gazetteer) -> None:
    mention = found("قذائف على بلدة المشرفة بريف حمص", gazetteer)[0]
    assert mention.considered
    assert mention.value.sure < 0.95


def test_a_village_nobody_knows_keeps_no_point(gazetteer: Gazetteer) -> None:
    place = one("مقتل رجل في قرية الزعتوقة، أمس", "قرية الزعتوقة", gazetteer)
    assert (place.lat, place.lon, place.name_ar) == (None, None, "الزعتوقة")
    assert place.sure <= 0.3


def test_site_in_a_town_is_near_and_not_exact(gazetteer: Gazetteer) -> None:
    place = one("هجوم على مقر الكتيبة 101 في العريش", "مقر الكتيبة 101", gazetteer)
    assert (place.precision, place.level) == (2, "site")


def test_countryside_is_never_the_city_centre(gazetteer: Gazetteer) -> None:
    place = one("غارات على ريف حمص الشمالي", "ريف حمص الشمالي", gazetteer)
    assert place.lat is not None
    assert place.lat > 34.9
    assert place.precision == 3


def test_syrian_codes(gazetteer: Gazetteer) -> None:
    place = one("قتلى في محافظة حمص", "محافظة حمص", gazetteer)
    assert (place.pcode, place.pcode_level, place.country, place.precision) == ("SY04", 1, "SY", 4)


WORDS = st.sampled_from(
    [
        "قصف",
        "على",
        "بلدة",
        "مهين",
        "ريف",
        "حمص",
        "الشمالي",
        "و",
        "،",
        ".",
        "مدينتي",
        "تدمر",
        "والقريتين",
        "حي",
        "شرق",
        "مطار",
        "ريفها",
        "بين",
        "الذراع",
        "حسن",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=25))
def test_spans_lie_inside_and_never_overlap(gazetteer: Gazetteer, words: list[str]) -> None:
    doc = document(" ".join(words))
    last: dict[int, int] = {}
    for mention in find_places(doc, gazetteer):
        span = mention.span
        assert doc.body.original[span.start : span.end] == span.text
        assert last.get(mention.sentence, 0) <= mention.first < mention.last
        last[mention.sentence] = mention.last
        assert 0 <= mention.value.sure <= 1
        assert 1 <= mention.value.precision <= 7


def test_a_distance_shifts_a_point_that_has_a_direction(gazetteer: Gazetteer) -> None:
    city = one("انفجار في الرقة", "الرقة", gazetteer)
    away = one("انفجار على بعد 70 كم غربي الرقة", "غربي الرقة", gazetteer)
    assert city.lat is not None
    assert city.lon is not None
    assert away.lat is not None
    assert away.lon is not None
    assert abs(away.lat - city.lat) < 0.01
    assert 0.7 < city.lon - away.lon < 0.85
    assert (away.precision, away.relation) == (2, "west of")


@pytest.mark.parametrize(("km", "precision"), [(10, 2), (30, 3)])
def test_a_distance_without_a_direction_costs_precision(km: int, precision: int, gazetteer: Gazetteer) -> None:
    place = one(f"يبعد المعسكر {km} كم عن حلب", "حلب", gazetteer)
    assert (place.relation, place.precision) == ("near", precision)


def test_a_misspelt_name_is_less_sure(gazetteer: Gazetteer) -> None:
    assert one("غارات على مدينة خان شيحون بريف إدلب", "مدينة خان شيحون", gazetteer).sure <= 0.6


def test_a_misspelt_name_far_from_the_article_stays_unknown(gazetteer: Gazetteer) -> None:
    assert one("غارات على بلدة الزغربوط بريف إدلب", "بلدة الزغربوط", gazetteer).id.endswith("/الزغربوط")


def test_recall_on_the_shared_articles(shared: Path, gazetteer: Gazetteer) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("shared_score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    hit = total = 0
    for line in (shared / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        gold = shared / "eval" / "gold" / f"{article['id']}.json"
        places = [m.value for m in found(article["text"], gazetteer, article.get("title") or "")]
        for event in json.loads(gold.read_text(encoding="utf-8"))["events"] if gold.exists() else ():
            if event["place"] and not event["background"]:
                total += 1
                hit += any(
                    score.place_ok(event["place"], {"name_ar": p.name_ar, "lat": p.lat, "lon": p.lon}) for p in places
                )
    assert hit / total >= 0.92
