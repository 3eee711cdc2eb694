"""What a build keeps of an article is made where it is coded."""

import datetime as dt

from fake_pipeline import open_fake
from stored import article, report
from waqai.keeping import keeper
from waqai.model.article import Article, Published
from waqai.model.found import Found
from waqai.reading.outcome import Skipped
from waqai.running import Done, Job, work
from waqai.store.preparing import Prepared

GIVEN = article("قصف الطيران الحربي مدينة حلب صباح اليوم", "a1", None)
ANCHOR = Published(dt.date(2016, 5, 2), "text")


class Dating:
    """A pipeline that finds the day of an article in its words, and so many reports with one id."""

    def __init__(self, reports: int = 1) -> None:
        self.reports = reports

    def found(self, given: Article) -> Found:
        return Found((report(given),) * self.reports, (), ANCHOR)


def test_an_article_is_kept_with_the_day_that_its_words_tell() -> None:
    made = keeper(Dating(), "sqlite")(GIVEN)  # type: ignore[arg-type]
    assert isinstance(made, Prepared)
    assert (made.key, made.published, len(made.reports)) == (GIVEN.key, ANCHOR.day, 1)


def test_what_no_record_can_keep_is_named() -> None:
    made = keeper(Dating(2), "sqlite")(GIVEN)  # type: ignore[arg-type]
    assert isinstance(made, Skipped) and "two reports one id" in str(made)


def test_the_job_of_a_build_sends_what_is_prepared() -> None:
    job = Job("keep", opener=open_fake, dialect="postgresql")  # type: ignore[arg-type]
    (done,) = work(job, [GIVEN])
    assert isinstance(done, Done) and done.kept is not None
    assert len(done.kept.words) == 1 and done.kept.words[0].startswith("'")
