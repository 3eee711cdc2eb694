"""Phrase tables: longest match, clitics, equal phrases, bounded memo."""

import pytest

from waqai.arabic import phrases
from waqai.arabic.phrases import Lookups, Match, PhraseTable, phrase_words

TABLE = PhraseTable(
    [
        ("تنظيم الدولة", "isis"),
        ("تنظيم الدولة الإسلامية", "isis, in full"),
        ("تنظيم", "an organisation"),
        ("قوات النظام", "regime"),
        ("حلب", "Aleppo"),
        ("قسد", "sdf"),
    ]
)


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ("تنظيم", Match(1, "", "an organisation")),
        ("تنظيم القاعده", Match(1, "", "an organisation")),
        ("تنظيم الدوله", Match(2, "", "isis")),
        ("تنظيم الدوله الاسلاميه", Match(3, "", "isis, in full")),
        ("لتنظيم الدوله", Match(2, "ل", "isis")),
        ("ولقوات النظام", Match(2, "ول", "regime")),
        ("بحلب", Match(1, "ب", "Aleppo")),
        ("وبحلب", Match(1, "وب", "Aleppo")),
    ],
)
def test_at(words: str, match: Match[str]) -> None:
    assert TABLE.at(words.split(), 0) == match


@pytest.mark.parametrize("words", ["قوات", "قوات حلب", "الدوله", "حلبي", "النظام"])
def test_nothing_at(words: str) -> None:
    assert TABLE.at(words.split(), 0) is None
    assert TABLE.at(words.split(), 0) is None, "the second look-up is answered from memory"


def test_all_at_is_longest_first() -> None:
    found = TABLE.all_at(["تنظيم", "الدوله", "الاسلاميه"], 0)
    assert [match.last for match in found] == [3, 2, 1]
    assert TABLE.all_at(["لا"], 0) == []


def test_places_where_a_phrase_may_begin() -> None:
    assert TABLE.places(["قصفت", "قوات", "النظام", "حلب"]) == [1, 3]


def test_fewest_clitics_win_among_equally_long() -> None:
    table = PhraseTable([("باب", "a gate"), ("اب", "a month")])
    assert table.at(["باب"], 0) == Match(1, "", "a gate")


def test_the_first_of_two_equal_phrases_wins() -> None:
    assert PhraseTable([("حلب", 1), ("حلب", 2)]).at(["حلب"], 0) == Match(1, "", 1)


def test_clitics_can_be_refused() -> None:
    assert PhraseTable([("حلب", 1)], clitics=False).at(["بحلب"], 0) is None


def test_empty_phrases_are_no_phrases() -> None:
    assert PhraseTable([("", 1), ("  ", 2)]).at([""], 0) is None


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MEMORY", 10)
    table = PhraseTable([("حلب", 1)])
    for n in range(50):
        assert table.at([f"كلمه{n}"], 0) is None
    assert len(table._dull) <= 10
    assert table.at(["بحلب"], 0) == Match(1, "ب", 1)


def test_phrase_words_are_folded() -> None:
    assert phrase_words("الجبهة الشامية (حلب)") == ("الجبهه", "الشاميه", "(", "حلب", ")")


def test_tables_asked_together_say_what_each_says_alone() -> None:
    other, words = PhraseTable([("الدولة", 1), ("حلب", 2)]), ("وتنظيم", "الدوله", "بحلب", "12", "وتنظيم")
    lit = Lookups((TABLE, other), (str.isdigit,)).lit(words)
    assert TABLE.longest(words, lit[0]) == TABLE.longest(words)
    assert other.every(words, lit[1]) == other.every(words) != []
    assert TABLE.places(words, lit[0]) == TABLE.places(words) != []
    assert lit[2] == [(3, True)]


def test_tables_asked_together_are_asked_again_when_memory_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MEMORY", 10)
    lookups = Lookups((TABLE,))
    assert [lookups.lit((f"كلمه{n}", "تنظيم"))[0][0][0] for n in range(50)] == [1] * 50
    assert len(lookups._known) <= 10


def test_of_several_texts_each_table_has_its_own_row() -> None:
    lookups = Lookups((TABLE, PhraseTable([("حلب", 2)])))
    assert [len(row) for row in lookups.every([("حلب",), ("تنظيم",)])] == [2, 2]
    assert lookups.every([]) == [[], []]
