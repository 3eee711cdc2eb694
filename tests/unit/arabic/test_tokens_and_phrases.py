"""Tokens and phrase tables against the plain ways to find the same."""

from hypothesis import given
from hypothesis import strategies as st

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.phrases import PhraseTable, phrase_words
from waqai.arabic.tokens import TOKEN, tokenize

LETTERS = 'قصفواللبabé1٣2.,،/:- \n\t\u00a0\u200b_\u0640\u064bñ\x1c\x85\u2028()"!…中²'
WORDS = ("قوات", "النظام", "وقوات", "بقوات", "لقوات", "للنظام", "نظام", "و", "تركيا")
PHRASES = ("قوات", "قوات النظام", "قوات نظام تركيا", "نظام", "النظام", "النظام تركيا", "وقوات تركيا", "و")


@given(st.text(LETTERS, max_size=60), st.integers(0, 20), st.integers(20, 60))
def test_tokens_are_those_of_the_regular_expression(text: str, start: int, end: int) -> None:
    found = list(TOKEN.finditer(text, start, end))
    assert tokenize(text, start, end) == (
        tuple(m.group() for m in found),
        tuple(m.start() for m in found),
        tuple(m.end() for m in found),
    )


@given(st.text("قصفأىabة12 -\u0640\n.", max_size=20))
def test_phrase_words_are_folded_tokens(phrase: str) -> None:
    assert phrase_words(phrase) == tokenize(fold(phrase))[0]


def plainly(words: list[str], i: int) -> list[tuple[int, str, str]]:
    found = []
    for prefix, rest in splits(words[i]):
        for phrase in PHRASES:
            first, *tail = phrase.split()
            if first == rest and words[i + 1 : i + 1 + len(tail)] == tail:
                found.append((i + 1 + len(tail), prefix, phrase))
    return sorted(found, key=lambda row: (-row[0], len(row[1])))


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_a_table_finds_the_longest_phrase_with_the_fewest_clitics(words: list[str]) -> None:
    table = PhraseTable([(phrase, phrase) for phrase in PHRASES])
    for _ in range(2):  # met for the first time, and remembered
        for i in range(len(words)):
            wanted = plainly(words, i)
            assert [tuple(match) for match in table.all_at(words, i)] == wanted
            assert table.at(words, i) == (wanted[0] if wanted else None)
            assert bool(wanted) <= (i in table.places(words))


def test_of_two_equal_phrases_the_first_wins() -> None:
    table = PhraseTable([("قوات النظام", 1), ("قوّات".replace("ّ", ""), 2), ("قوات النظام", 3), ("قوات", 4)])
    assert [match.entry for match in table.all_at(("قوات", "النظام"), 0)] == [1, 2]
