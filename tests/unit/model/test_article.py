"""An article's identity is its words."""

import hashlib

import pytest

from waqai.model.article import Article


def test_key_is_over_title_and_text() -> None:
    assert Article("a", "نص", "عنوان").key == hashlib.sha256("عنوان\nنص".encode()).hexdigest()


def test_the_label_does_not_change_the_key() -> None:
    assert Article("a", "نص").key == Article("b", "نص", outlet="موقع").key


@pytest.mark.parametrize("other", [Article("a", "نص "), Article("a", "نص", "عنوان"), Article("a", "")])
def test_other_words_are_another_article(other: Article) -> None:
    assert other.key != Article("a", "نص").key


def test_text_hash_leaves_the_title_out() -> None:
    assert Article("a", "نص", "عنوان").text_sha256 == hashlib.sha256("نص".encode()).hexdigest()


def test_half_a_letter_does_not_break_the_key() -> None:
    assert len(Article("a", "\ud800").key) == len(Article("a", "\ud800").text_sha256) == 64
