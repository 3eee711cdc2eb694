"""The coder on arbitrary mixtures of its own words: it never raises, and what it says can be checked."""

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coded import article, pipeline
from waqai.knowledge.files import load_files
from waqai.model.article import Article
from waqai.model.report import Report
from waqai.model.text import Span

PLACES = [
    "دوما",
    "مدينة تدمر",
    "بلدة كفرنبل",
    "حلب",
    "ريف إدلب",
    "بغداد",
    "صنعاء",
    "حي جوبر",
    "مطار T4",
    "المدينة",
    "سوريا",
]
ACTORS = [
    "قوات النظام",
    "تنظيم الدولة",
    "الفصائل",
    '"قسد"',
    "روسيا",
    "الحوثيين",
    "مجهولون",
    "الطيران الحربي",
    "المدنيين",
]
NUMBERS = ["12", "خمسة", "عشرات", "٣٠", "أكثر من 70", "مدنيان", "2,5", "0", "999999999999", "الـ11", "5-9"]
DATES = ["أمس", "يوم الثلاثاء", "في 5 آذار 2016", "فجرا", "اليوم", "31/2/2016", "العام الماضي", "منذ أشهر"]
PEOPLE = ["مدنيا", "شخصا", "أطفال", "آخرين", "قتيل", "من عناصر", "بينهم", "على الأقل"]
SMALL = [
    "في",
    "على",
    "من قبل",
    "بين",
    "و",
    "أن",
    "ما أدى إلى",
    "التي",
    "فيما",
    "بعد",
    "لم",
    "حاولت",
    "بحسب",
    "نفى",
    "وقال",
]
MARKS = ["،", ".", ":", '"', "(", ")", "\n", "...", "؟", "«", "»", "-", "ـ", "\u200f"]
NOISE = st.text(alphabet='ابتدرسعفقلمنهويةىءأ 0١.،"\n', max_size=12)
WIDE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def lexicon() -> list[str]:
    """The words of the event lexicon and of its grammar, as they are spelled there."""
    found: list[str] = []
    for content in load_files().folder("events").values():
        for entry in content.get("triggers", ()):
            found += entry.get("nouns", ())
            found += [part for verb in entry.get("verbs", ()) for part in verb.split("/")]
        for section in content.values():
            if isinstance(section, dict):
                found += [word for words in section.values() if isinstance(words, list) for word in words]
    return sorted({word.replace("/", " ") for word in found if isinstance(word, str)})


def words() -> st.SearchStrategy[str]:
    """One word or phrase of the subject, or noise."""
    lists = [PLACES, ACTORS, NUMBERS, DATES, PEOPLE, SMALL, MARKS, lexicon(), lexicon()]
    return st.one_of(*(st.sampled_from(group) for group in lists), NOISE)


def texts(most: int = 40) -> st.SearchStrategy[str]:
    """A mixture of words, some with clitics glued on."""
    glued = st.tuples(st.sampled_from(["", "", "", "و", "ب", "ل", "ال", "ف"]), words()).map("".join)
    return st.lists(glued, max_size=most).map(" ".join)


def spans(report: Report) -> list[Span]:
    named = [*report.actor1, *report.actor2, report.place, report.date, report.target, *report.casualties, *report.why]
    named += [source for claim in report.claims for source in claim.chain]
    return [report.evidence, *(thing.span for thing in named if thing is not None and thing.span is not None)]


@WIDE
@given(texts(), texts(8).map(lambda text: text.replace("\n", " ")), st.sampled_from(["2016-03-10", None]))
def test_what_is_coded_can_be_checked(text: str, title: str, day: str | None) -> None:
    given_ = article(text, day)
    given_ = Article(given_.id, text, title, given_.published)
    found = pipeline().reports(given_)
    assert len({report.id for report in found}) == len(found)
    for report in found:
        for span in spans(report):
            whole = title if span.part == "title" else text
            assert whole[span.start : span.end] == span.text != ""
        for toll in (report.killed, report.injured, *((c.low, c.high) for c in report.casualties)):
            assert toll is None or toll[1] is None or 0 <= toll[0] <= toll[1]
        assert 0 <= report.confidence <= 1
        assert {"sub_event_type", "modality", "background"} <= {why.field for why in report.why}
        assert report.claims
        if day is None and report.date is not None:
            assert report.date.date.basis != "published"
        if report.date is not None and report.date.date.start and report.date.date.end:
            assert report.date.date.start <= report.date.date.end


@WIDE
@given(texts(25))
def test_the_same_text_gives_the_same_reports(text: str) -> None:
    assert pipeline().reports(article(text)) == pipeline().reports(article(text))


@WIDE
@given(
    st.permutations(["قصفت قوات النظام مدينة دوما.", "ارتفعت أسعار الخبز.", "وصل الوزير.", "الطقس بارد.", "و قال إن."])
)
def test_noise_around_the_news_changes_nothing_of_it(sentences: list[str]) -> None:
    (report,) = pipeline().reports(article(" ".join(sentences)))
    assert report.sub_event_type == "Shelling/artillery/missile attack"
    assert [a.actor.camp for a in report.actor1] == ["regime"]
    assert report.place is not None
    assert report.place.place.name_ar == "دوما"


@WIDE
@given(st.text(max_size=120))
def test_any_text_at_all_is_coded_without_an_error(text: str) -> None:
    assert isinstance(pipeline().reports(Article("a", text, text[:30])), tuple)
