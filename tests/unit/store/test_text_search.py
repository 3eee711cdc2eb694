"""Words are found however they are written, marked where they stand; nothing that is asked can do harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from stored import article, put, record
from waqai.store.opening import Store
from waqai.store.schema import articles
from waqai.store.text_search import SearchError, articles_with, marks, search, terms_of

TEXTS = {
    "plain": "قصف الطيران مدينة حلب صباح اليوم",
    "joined": "قالت مصادر من إدلب وحلب إن المعابر مغلقة",
    "marked": "سَيْطَرَتِ القُوّاتُ عَلَى حَلَبَ",
    "other": "تقدم مقاتلون في ولاية بعيدة وسيطروا على قرية صغيرة",
    "book": "صدر كتاب عن تاريخ المدينة القديمة",
    "repent": "تاب الرجل وعاد إلى قريته",
    "numbers": "في ٢٠١٥ وصل عدد النازحين إلى 2500 نازح",
}


def found(store: Store, query: str) -> set[str]:
    with store.read() as connection:
        hits = {hit.article.article.id for hit in search(connection, query, 50)}
        asked = select(articles.c.doc_id).where(articles.c.number.in_(articles_with(store.dialect, query)))
        assert {id for (id,) in connection.execute(asked)} == hits
    return hits


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("حلب", {"plain", "joined", "marked"}),
        ("حَلَب", {"plain", "joined", "marked"}),
        ("ادلب", {"joined"}),
        ("بإدلب", set()),
        ("سيطرت", {"marked"}),
        ("سيطروا", {"other"}),
        ("طيران", {"plain"}),
        ("والطيران", {"plain"}),
        ("ولاية", {"other"}),
        ("ولايه", {"other"}),
        ("لاية", {"other"}),  # it may be و with another word: written so, nobody can tell
        ("كتاب", {"book"}),
        ("حلب مدينة", {"plain"}),
        ('"مدينة حلب"', {"plain"}),
        ('"حلب مدينة"', set()),
        ('"إدلب وحلب"', {"joined"}),
        ('"إدلب حلب"', {"joined"}),
        ("«قصف الطيران»", {"plain"}),
        ("مقاتل*", {"other"}),
        ("ولا*", {"other"}),
        ("كتا*", {"book"}),
        ("قري*", {"other", "repent"}),
        ("2015", {"numbers"}),
        ("٢٥٠٠", {"numbers"}),
        ("مدينة-حلب", {"plain"}),
    ],
)
def test_what_is_found(record_address: str, query: str, expected: set[str]) -> None:
    with record(record_address, *(article(text, id) for id, text in TEXTS.items())) as store:
        assert found(store, query) == expected


def test_titles_count_more_and_pages_follow_each_other(record_address: str) -> None:
    texts = [article(f"خبر عن معركة قرب دوما وقع في اليوم {n}", f"n{n}") for n in range(7)]
    texts.append(article("خبر لا يذكرها إلا عنوانه", "title", title="معركة دوما"))
    with record(record_address, *texts) as store, store.read() as connection:
        first = search(connection, "دوما", 3)
        assert first[0].article.article.id == "title"
        seen = [hit.article.number for hit in first]
        while page := search(connection, "دوما", 3, hit_after := first[-1].cursor):
            assert all(hit.cursor > hit_after for hit in page)
            seen += [hit.article.number for hit in page]
            first = page
        assert len(seen) == len(set(seen)) == 8


def test_older_versions_are_not_found(record_address: str) -> None:
    versions = article("قصف على دوما", "a"), article("قصف على حرستا ليلا", "a")
    with record(record_address, *versions) as store, store.read() as connection:
        assert [hit.article.article.text for hit in search(connection, "قصف")] == ["قصف على حرستا ليلا"]
        assert search(connection, "دوما") == ()


def test_marks_stand_in_the_original() -> None:
    text = "سَيْطَرَتْ على «حَلَبَ» وحلـــب، ثم على ريف حلب"
    ranges = marks(text, terms_of('حلب "ريف حلب"'))
    assert [text[start:end] for start, end in ranges] == ["حَلَبَ", "وحلـــب", "ريف حلب"]


def test_marks_of_a_hit(record_address: str) -> None:
    given = article("دخلت القوات إِدْلِبَ ثم انسحبت", title="معارك بإدلب")
    with record(record_address, given) as store, store.read() as connection:
        (hit,) = search(connection, "إدلب")
    assert [given.text[start:end] for start, end in hit.text_marks] == ["إِدْلِبَ"]
    assert [given.title[start:end] for start, end in hit.title_marks] == ["بإدلب"]


@pytest.mark.parametrize("query", ["", "  ", '"', '""', "*", "؟!،", "ح*", "كلمة " * 30])
def test_what_cannot_be_searched_for(query: str) -> None:
    with pytest.raises(SearchError):
        terms_of(query)


HOSTILE = (
    "' OR 1=1 --",
    '") OR title:x',
    "x\0y",
    "NEAR(a b)",
    "a AND b OR NOT c",
    "col:value",
    "ab:* & !b",
    "\\'; DROP --",
    "{a} : b",
    "\u202eabc",
    "%ab_cd%",
)


def test_hostile_queries(record_address: str) -> None:
    with record(record_address, article("قصف على دوما")) as store:
        for query in HOSTILE:
            assert found(store, query) == set()


@given(st.text(max_size=60))
def test_any_query_is_terms_or_refused(query: str) -> None:
    try:
        terms = terms_of(query)
    except SearchError:
        return
    assert all(word.isalnum() or "_" not in word for term in terms for word in term.words)


@given(st.text(max_size=200), st.sampled_from(["حلب", '"ريف حلب"', "مدن*", "a"]))
def test_marks_of_any_text(text: str, query: str) -> None:
    ranges = marks(text, terms_of(query)) + marks(text + " وبحلب", terms_of("حلب"))[-1:]
    assert all(0 <= start < end <= len(text) + 6 for start, end in ranges)


def test_a_very_long_text(record_address: str) -> None:
    long = article(" ".join(f"كلمة{n} في سطر" for n in range(40_000)) + " خاتمة")
    with record(record_address) as store:
        put(store, long)
        assert found(store, "كلمة7") == {"a1"}
