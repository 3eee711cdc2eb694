"""What is said when something cannot be answered or done: every kind of sentence once, in English and in Arabic.

Who refuses names a sentence and gives it its values. In Arabic each value is set apart, so that it cannot turn the line around.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST = 600
_LONGEST_VALUE = 300
_OURS = re.compile("`([^`]*)`")  # Latin letters of ours in an Arabic sentence
_APART, _END = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of ours that stands in sentences, by its language."""

    en: str
    ar: str

    def __str__(self) -> str:
        return self.en


Value = str | int | Word


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its values."""

    en: str
    ar: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A kind of sentence. Called with its values it is said.

    >>> found = UNKNOWN(what=PLACE, name="Atlantis")
    >>> found.en
    "the record has no place called 'Atlantis'"
    >>> found.ar.replace(chr(0x2068), "<").replace(chr(0x2069), ">")
    'ليس في السجل مكان باسم <Atlantis>'
    """

    en: str
    ar: str

    def __call__(self, **values: Value) -> Said:
        """The sentence with these values in it."""
        english = " ".join(self.en.format(**values).split())
        arabic = " ".join(_ours_apart(self.ar).format(**_arabic(values)).split())
        return Said(english[:_LONGEST], _cut(arabic))


def _arabic(values: Mapping[str, Value]) -> dict[str, str]:
    return {
        name: _ours_apart(value.ar) if isinstance(value, Word) else _set_apart(str(value))
        for name, value in values.items()
    }


def _ours_apart(text: str) -> str:
    return _OURS.sub(rf"{_APART}\1{_END}", text)


def _set_apart(value: str) -> str:
    """A value without signs that are not seen, between signs that keep it to itself."""
    short = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
    seen = "".join(character if character.isprintable() else "\ufffd" for character in short)
    return f"{_APART}{seen}{_END}"


def _cut(text: str) -> str:
    """At most so many signs, and what was set apart ends."""
    cut = text[: 2 * _LONGEST]
    return cut + _END * (cut.count(_APART) - cut.count(_END))


class Told(Exception):
    """An error that is told in one sentence. `bare` is what may be said of it where names of the record are kept back.

    One of which only English is known has a general Arabic sentence, with the English one behind it.
    """

    general = Sentence("{detail}", "لا يمكن ذلك كما طُلب؛ التفصيل بالإنجليزية: {detail}")

    def __init__(self, said: Said | str, bare: Said | None = None) -> None:
        self.said = self.general(detail=said) if isinstance(said, str) else said
        self.bare = bare
        super().__init__(said if isinstance(said, str) else said.en)


RECORD_NOT_NOW = Sentence("{detail}", "لا يُقرأ السجل الآن؛ التفصيل بالإنجليزية: {detail}")
TOOK_TOO_LONG = Sentence("the question to {name} took too long and was ended", "طال السؤال الموجَّه إلى {name} فأُوقف")
BUSY = Sentence(
    "another program is writing to {name}; try again when it has ended",
    "برنامج آخر يكتب في {name}؛ حاول ثانية حين ينتهي",
)
ACCOUNTS_NOT_SO = Sentence("{detail}", "لا يمكن ذلك في الحسابات والمفاتيح؛ التفصيل بالإنجليزية: {detail}")
NOT_DECIDED_SO = Sentence("{detail}", "لا يُقبل القرار كما أُعطي؛ التفصيل بالإنجليزية: {detail}")
PLACE, ACTOR = Word("place", "مكان"), Word("actor", "طرف")
SOURCE, OUTLET = Word("source", "مصدر"), Word("outlet", "وسيلة إعلام")
GOVERNORATE, INCIDENT = Word("governorate", "محافظة"), Word("incident", "حادثة")
REPORT, ARTICLE = Word("report", "تقرير"), Word("article", "مقال")
WORDS: Mapping[str, Word] = {
    word.en: word for word in (PLACE, ACTOR, SOURCE, OUTLET, GOVERNORATE, INCIDENT, REPORT, ARTICLE)
}
FIELD, PARAMETER = Word("field", "حقل"), Word("parameter", "وسيط")

# Names and values of conditions.
UNKNOWN = Sentence("the record has no {what} called {name!r}", "ليس في السجل {what} باسم {name}")
UNKNOWN_NEAR = Sentence(f"{UNKNOWN.en}; near are: {{near}}", f"{UNKNOWN.ar}؛ الأقرب: {{near}}")
SEVERAL = Sentence(
    "{number} {what}s of the record are called {name!r}", "يحمل الاسم {name} في السجل أكثر من {what} (العدد {number})"
)
SEVERAL_ASK = Sentence(f"{SEVERAL.en}; ask by id: {{names}}", f"{SEVERAL.ar}؛ حدّد بالمعرّف: {{names}}")
NONE_SUCH = Sentence("the record has no {what} {name!r}", "ليس في السجل {what} {name}")
NONE_SUCH_NEAR = Sentence(f"{NONE_SUCH.en}; near are: {{near}}", f"{NONE_SUCH.ar}؛ الأقرب: {{near}}")
KEPT_BACK = Sentence("the record has no such {what}", "ليس في السجل {what} كهذا")
NO_COUNTRY = Sentence("the record has no place in such a country", "ليس في السجل مكان في بلد كهذا")
NO_PCODE = Sentence(
    "the record has no place whose p-code begins with {code!r}", "ليس في السجل مكان يبدأ رمزه `p-code` بـ{code}"
)
NO_COUNTRY_NEAR = Sentence(
    "the record has no place in the country {code!r}; it has: {known}",
    "ليس في السجل مكان في البلد {code}؛ فيه: {known}",
)
NO_TYPE = Sentence("there is no event type {name!r}; near are: {near}", "لا يوجد نوع حدث باسم {name}؛ الأقرب: {near}")
NO_VALUE = Sentence(
    "there is no {name} {value!r}; near are: {near}", "لا توجد قيمة {value} للشرط {name}؛ الأقرب: {near}"
)
NO_CHOICE = Sentence(
    "there is no {name} {value!r}; there are: {known}", "لا توجد قيمة {value} في {name}؛ القيم: {known}"
)
NO_CONDITION = Sentence(
    "there is no condition {name!r}; there are: {known}", "لا يوجد شرط باسم {name}؛ الشروط: {known}"
)
EMPTY = Sentence("the value of {name} is empty", "قيمة {name} فارغة")
TOO_LONG = Sentence("the value of {name} is too long", "قيمة {name} أطول مما يُقبل")
NO_TEXT = Sentence("the value of {name} is no text", "قيمة {name} ليست نصًّا")
NO_NUMBER = Sentence(
    "the value of {name} is a whole number from 0 of up to nine digits, not {value!r}",
    "قيمة {name} عدد صحيح من `0` فصاعدًا، من تسعة أرقام على الأكثر، وليست {value}",
)
NO_DAY = Sentence(
    "{text!r} is no day such as 2015-10-31, nor a month or a year",
    "{text} ليس يومًا على صورة `2015-10-31` ولا شهرًا ولا سنة",
)
NO_DAYS_BETWEEN = Sentence(
    "from {begin} to {end} holds no day; the earlier one comes first", "لا يوم بين {begin} و{end}؛ اليوم الأسبق أولًا"
)
NOTHING_BETWEEN = Sentence(
    "nothing lies between {begin} and {end}; the earlier day comes first",
    "لا شيء بين {begin} و{end}؛ اليوم الأسبق أولًا",
)
NO_BOX = Sentence(
    "{text!r} is no box; four numbers are needed: west,south,east,north",
    "{text} ليس مستطيلًا؛ المطلوب أربعة أعداد بالترتيب: الغرب، الجنوب، الشرق، الشمال",
)
NO_BOX_OF_DEGREES = Sentence(
    "{text!r} is no box: west,south,east,north in degrees, west below east, south below north",
    "{text} ليس مستطيلًا: الغرب ثم الجنوب ثم الشرق ثم الشمال بالدرجات، والغرب دون الشرق والجنوب دون الشمال",
)
NO_POLYGON = Sentence(
    "a polygon has 3 to {most} corners, lon,lat;lon,lat;..., and not {number}",
    "للمضلّع من `3` إلى {most} رأسًا، لكلٍّ خط طول ثم خط عرض، وليس {number}",
)
ON_A_LINE = Sentence(
    "the corners of the polygon lie on one line: it holds nothing", "رؤوس المضلّع على خط واحد، فلا شيء داخله"
)
ROLE_OF_WHOM = Sentence(
    "role says what actor or camp has to be; give one of them too", "الشرط `role` دورٌ لطرف: أعطِ معه `actor` أو `camp`"
)
TOO_WIDE = Sentence(
    "an edge of the polygon spans more than 180 degrees of longitude; ask for the two sides of the 180th meridian apart",
    "أحد أضلاع المضلّع أطول من `180` درجة طول؛ اسأل عن جانبي خط الطول `180` كلٍّ على حدة",
)
NO_CORNER = Sentence(
    "{text!r} is no corner of a polygon: longitude,latitude in degrees",
    "{text} ليس رأس مضلّع: خط الطول ثم خط العرض بالدرجات",
)
AREA_TOO_FULL = Sentence(
    "the area holds more than {most} points of the record; ask by country or governorate",
    "في هذه المساحة أكثر من {most} نقطة من السجل؛ حدّد بالبلد أو المحافظة",
)
NO_CURSOR = Sentence("this is no cursor of a page of {what}", "هذا ليس مؤشر صفحة من {what}")
OF_RECORD = Word("this record", "هذا السجل")
IN_ORDER = Word("this record in this order", "هذا السجل بهذا الترتيب")
OF_QUEUE = Word("this queue", "قائمة المراجعة هذه")
OF_QUEUE_IN_ORDER = Word("this queue in this order", "قائمة المراجعة هذه بهذا الترتيب")
OF_JOURNAL = Word("this journal", "سجل القرارات هذا")
NO_SUCH_CURSOR = Sentence("the value of after is no cursor of such a page", "قيمة `after` ليست مؤشر صفحة كهذه")
NO_WORD = Sentence("there is no word to search for", "لا كلمة هنا يُبحث عنها")
SHORT_BEGINNING = Sentence(
    "the beginning of a word needs {least} letters before the *", "بداية الكلمة تحتاج إلى {least} أحرف قبل علامة `*`"
)
MANY_WORDS = Sentence("a search has at most {most} words", "في البحث {most} كلمة على الأكثر")
SEVERAL_BEGIN = Sentence(
    "several incidents have an id that begins with {begin!r}: {ids}", "أكثر من حادثة يبدأ معرّفها بـ{begin}: {ids}"
)
NONE_BEGINS = Sentence(
    "no incident of this record has an id that begins with {begin!r}", "لا حادثة في السجل يبدأ معرّفها بـ{begin}"
)
NOT_KNOWN_THEN = Sentence(
    "no incident with the id {id!r} was known on {day}", "لم تكن حادثة بالمعرّف {id} معروفة في {day}"
)
MADE_ANEW = Sentence(
    "the incident {id} is being put together anew; run `waqai build` to its end",
    "الحادثة {id} تُجمع من جديد؛ أكمل تشغيل `waqai build`",
)
NO_COUNT = Sentence(
    "nothing can be counted by {name!r}; by {known}", "لا يمكن العدّ بحسب {name}؛ يمكن العدّ بحسب: {known}"
)
MANY_COUNTS = Sentence(
    "count by at most {most} different things, and one of {times}",
    "يُعدّ بحسب {most} أشياء مختلفة على الأكثر، وواحد فقط من: {times}",
)
NO_GRADES = Sentence("reports have no grade; count incidents by it", "لا درجة للتقارير؛ عُدّ الحوادث بحسبها")
ACTOR_OR_CAMP = Sentence("count by actor or by camp, not by both", "يُعدّ بحسب الطرف أو الجهة، لا بحسبهما معًا")
NO_FACET = Sentence("there is no facet {name!r}; there are: {known}", "لا يوجد تصنيف باسم {name}؛ التصنيفات: {known}")
CONTROL_LIMITS = Sentence(
    "control cannot be limited by {names}: it is asked by place, actor, camp, box, polygon, country, governorate and p-code",
    "لا تُحدَّد السيطرة بهذه الشروط: {names}؛ تُحدَّد بالمكان والطرف والجهة والمستطيل والمضلّع والبلد والمحافظة ورمز المكان",
)
AT_OR_BETWEEN = Sentence(
    "ask for one day with at, or for days with from and to", "حدّد يومًا واحدًا بـ`at`، أو أيامًا بـ`from` و`to`"
)
BOTH_DAYS = Sentence("from and to are needed both", "يلزم `from` و`to` معًا")
BY_NEEDS_AT = Sentence(
    "by adds up the places of one day: give it with at", "الشرط `by` يجمع أماكن يوم واحد: أعطه مع `at`"
)
BY_HAS_NO_PAGES = Sentence(
    "by gives all areas in one answer, without limit and after",
    "الشرط `by` يعطي كل المناطق في جواب واحد، دون `limit` و`after`",
)
ORDER_OF_PAGES = Sentence(
    "order is of pages: give it with format=json and without by",
    "`order` ترتيب للصفحات: أعطه مع `format=json` ودون `by`",
)
NO_TITLES_IN_PUBLIC = Sentence(
    "articles of a public view do not come by title, which may name persons",
    "لا تُرتَّب مقالات العرض العام بالعنوان، فقد يسمّي أشخاصًا",
)
NO_WORDS_IN_PUBLIC = Sentence(
    "words cannot be asked for in lists of a public view; search for them",
    "لا تُحدَّد القوائم بالكلمات في العرض العام؛ استعمل البحث",
)

# Parameters and bodies.
NO_PARAMETER = Sentence("there is no {what} {name!r} here", "لا يوجد هنا {what} باسم {name}")
GIVEN_TWICE = Sentence(
    "{name} is given {number} times, and has one value here",
    "أُعطي {name} عدة مرات (العدد {number})، وله هنا قيمة واحدة",
)
MISSING = Sentence("{name} is missing", "ينقص {name}")
ONE_OF = Sentence("{name} is one of {known}, and not {value}", "قيمة {name} واحدة من: {known}، وليست {value}")
WHOLE_NUMBER = Sentence("{name} is a whole number, and not {value}", "قيمة {name} عدد صحيح، وليست {value}")
NUMBER_BETWEEN = Sentence(
    "{name} is a whole number from {least} to {most}, and not {value}",
    "قيمة {name} عدد صحيح من {least} إلى {most}، وليست {value}",
)
AT_LEAST = Sentence("{name} is at least {least}, and not {value}", "قيمة {name} لا تقل عن {least}، وهي هنا {value}")
AT_MOST = Sentence("{name} is at most {most}, and not {value}", "قيمة {name} لا تزيد على {most}، وهي هنا {value}")
SHORTER = Sentence("the length of {name} is at least {least}", "طول {name} لا يقل عن {least}")
LONGER = Sentence("the length of {name} is at most {most}", "طول {name} لا يزيد على {most}")
FEWER = Sentence("{name} has at most {most} values", "في {name} من القيم {most} على الأكثر")
KIND_OF_VALUE = Sentence("{name} is {kind}, and not {value}", "قيمة {name} {kind}، وليست {value}")
A_TEXT, A_LIST = Word("a text", "نص"), Word("a list", "قائمة")
AN_OBJECT, YES_OR_NO = Word("an object", "كائن `JSON`"), Word("true or false", "`true` أو `false`")
NOT_TAKEN = Sentence("{name} does not take the value {value}", "لا تُقبل في {name} القيمة {value}")
NO_JSON = Sentence("the body is no JSON", "متن الطلب ليس `JSON`")
NO_BODY = Sentence("the body is missing, sent as application/json", "ينقص متن الطلب، ويُرسل بصفة `application/json`")
NO_OBJECT = Sentence(
    "the body has to be one object of JSON, sent as application/json",
    "متن الطلب كائن `JSON` واحد، يُرسل بصفة `application/json`",
)
NO_POINTS = Sentence(
    "{name} have no points: format is json, jsonl or csv", "لا نقاط في {name}: الصيغة `json` أو `jsonl` أو `csv`"
)

# What the server refuses.
NOT_HERE = Sentence("there is nothing at this address", "لا شيء في هذا العنوان")
NOT_SO = Sentence("this address does not take such a request", "هذا العنوان لا يقبل طلبًا كهذا")
NO_TILE_THERE = Sentence(
    "there is no tile {x}/{y} at zoom {z}; x and y go from 0 to {most}",
    "لا توجد قطعة خريطة {x}/{y} في درجة التكبير {z}؛ الرقمان من `0` إلى {most}",
)
NO_TILE = Sentence(
    "there is no such tile; z goes from 0 to {deepest}", "لا توجد قطعة خريطة كهذه؛ التكبير من `0` إلى {deepest}"
)
WHY_IN_PUBLIC = Sentence(
    "how a report was made is not part of the public view: it quotes the article",
    "كيف رُمّز التقرير ليس من العرض العام، لأنه يقتبس المقال",
)
SIGN_IN = Sentence("sign in first", "سجّل الدخول أولًا")
ONLY_READING = Sentence("a public view of the record is for reading", "العرض العام للسجل للقراءة فقط")
MAY_NOT = Sentence("a {role} may not do this", "صاحب الدور {role} لا يحق له هذا")
NO_KEY = Sentence("this key is not known here, or has ended", "هذا المفتاح غير معروف هنا، أو انتهت مدته")
NO_TOKEN = Sentence(
    "a request that changes something carries the token of {path} in the header X-CSRF-Token",
    "الطلب الذي يغيّر شيئًا يحمل الرمز الذي يعطيه {path} في الترويسة `X-CSRF-Token`",
)
NO_ACCOUNTS = Sentence("nobody signs in here: there are no accounts", "لا تسجيل دخول هنا: لا توجد حسابات")
NO_ACCOUNTS_FOR_KEYS = Sentence(
    "keys are of accounts, and there are none: `waqai accounts add NAME` makes one",
    "المفاتيح للحسابات، ولا حسابات هنا: الأمر `waqai accounts add NAME` ينشئ حسابًا",
)
NOT_TOGETHER = Sentence("this name and this password do not belong together", "هذا الاسم وكلمة السر هذه لا يتوافقان")
TRIED_TOO_OFTEN = Sentence(
    "too many tries failed; wait {minutes} minutes and try again", "فشلت محاولات كثيرة؛ حاول ثانية بعد {minutes} دقائق"
)
TRIED_TOO_OFTEN_ONE = Sentence(
    "too many tries failed; wait 1 minute and try again", "فشلت محاولات كثيرة؛ حاول ثانية بعد دقيقة"
)
BODY_TOO_LARGE = Sentence("the body is larger than {most} bytes", "متن الطلب أكبر من {most} بايت")
QUESTION_TOO_LONG = Sentence("the question is longer than {most} bytes", "السؤال أطول من {most} بايت")
OTHER_HOST = Sentence(
    "this server is asked by the name of this machine only: localhost",
    "لا يُسأل هذا الخادم إلا باسم هذا الجهاز: `localhost`",
)
NO_WRITING = Sentence("this view of the record is public and cannot be written to", "هذا العرض للسجل عام ولا يُكتب فيه")
OTHER_PAGE = Sentence("this request comes from a page of another server", "هذا الطلب آتٍ من صفحة خادم آخر")
FAILED = Sentence(
    "the server could not answer this ({error}); its log says more",
    "لم يستطع الخادم الجواب ({error})؛ في سجل الخادم المزيد",
)
READ_TOO_LONG = Sentence(
    "this text could not be read again within {seconds} seconds", "تعذّرت قراءة هذا النص من جديد خلال {seconds} ثانية"
)
READ_FAILED = Sentence(
    "this text could not be read again ({error}); the log says more",
    "تعذّرت قراءة هذا النص من جديد ({error})؛ في سجل الخادم المزيد",
)
NOBODY_NAMED = Sentence("a decision is a person's, and nobody is named here", "القرار لشخص، ولا اسم هنا لأحد")

# Decisions.
NO_ENTRY = Sentence("the journal has no entry {number}", "ليس في سجل القرارات قيد رقم {number}")
IS_UNDOING = Sentence(
    "entry {number} takes another one back; decide anew instead",
    "القيد {number} يتراجع عن قيد آخر؛ قرّر من جديد بدلًا من ذلك",
)
NOT_YOURS = Sentence(
    "entry {number} is not yours; an admin can take it back", "القيد {number} ليس لك؛ يستطيع مدير أن يتراجع عنه"
)
UNDONE_BEFORE = Sentence(
    "entry {number} was taken back by entry {before}", "سبق التراجع عن القيد {number} بالقيد {before}"
)
ONE_REPORT = Sentence("{action} is said of one report alone", "يُقال {action} عن تقرير واحد فقط")
MANY_OTHERS = Sentence(
    "a report is merged with, or split from, at most {most} others at once",
    "يُدمج التقرير مع {most} تقرير على الأكثر دفعة واحدة، أو يُفصل عنها",
)
NEEDS_OTHERS = Sentence(
    "merge needs others: the report or incident that tells the same happening",
    "الدمج يحتاج إلى غيره: التقرير أو الحادثة التي تروي الواقعة نفسها",
)
ALONE = Sentence("the report {id} is alone in its incident", "التقرير {id} وحده في حادثته")
ITSELF = Sentence(
    "a report is merged with, or split from, another one than itself", "يُدمج التقرير مع تقرير آخر غيره، أو يُفصل عنه"
)
NO_FIELD_GIVEN = Sentence("field is missing: the name of what is corrected", "ينقص `field`: اسم ما يُصحَّح")
NO_REPORT_GIVEN = Sentence(
    "report is missing: the id of the report that is decided on", "ينقص `report`: معرّف التقرير الذي يُقرَّر فيه"
)
NONE_COUNTS = Sentence("the record has no {what} {id!r} that counts", "ليس في السجل {what} معتبر بالمعرّف {id}")
KEPT_APART = Sentence(
    "an earlier split keeps {one} and {other} apart; take it back first",
    "فصلٌ سابق يُبقي {one} و{other} منفصلين؛ تراجع عنه أولًا",
)
TAKES_NO = Sentence(
    "{action} takes no {name}; a correction is an edit", "القرار {action} لا يقبل {name}؛ التصحيح قرار `edit`"
)
ONE_GRADE = Sentence(
    "a grade is one of {known}, with a reason beside it if you like", "الدرجة واحدة من: {known}، ومعها سبب إن شئت"
)
WORDS_WHERE = Sentence(
    "words stand in the title or in the text, not in {part!r}", "الكلمات في `title` أو في `text`، لا في {part}"
)
WORDS_BEYOND = Sentence(
    "the {part} of this article has {length} characters; {start} to {end} are no words of it",
    "في {part} من هذا المقال من الحروف {length}؛ ولا كلمات فيه من {start} إلى {end}",
)
NO_WORDS_THERE = Sentence(
    "there are no words from {start} to {end} of the {part}", "لا كلمات من {start} إلى {end} في {part}"
)
OTHER_WORDS = Sentence(
    "from {start} to {end} of the {part} stand other words than these", "من {start} إلى {end} في {part} كلمات غير هذه"
)
NO_FIELD = Sentence(
    "there is no field {name!r} to correct; there are: {known}", "لا يوجد حقل باسم {name} يُصحَّح؛ الحقول: {known}"
)
EVENT_FORM = Sentence(
    "an event is an object with sub_event_type, and what is known of: {names}",
    "الحدث كائن فيه `sub_event_type` وما يُعرف من: {names}",
)
PLACE_BY_ID = Sentence(
    "a place is given by its id in the record, such as /places lists them",
    "يُعطى المكان بمعرّفه في السجل كما في قائمة `/places`",
)
NO_PLACE_ID = Sentence(
    "no place with the id {id!r} is in the record or the gazetteer; /places and /known/places list them",
    "ليس في السجل ولا في معجم الأماكن مكان بالمعرّف {id}؛ الأماكن في قائمتي `/places` و`/known/places`",
)
NO_ACTOR_ID = Sentence("no actor has the id {id!r}", "لا طرف بالمعرّف {id}")
NO_ACTOR_ID_NEAR = Sentence("no actor has the id {id!r}; near are: {near}", "لا طرف بالمعرّف {id}؛ الأقرب: {near}")
NO_SOURCE_KEY = Sentence(
    "the record quotes no source {key!r}; name a new one by name_en or name_ar, and kind ({kinds})",
    "لا ينقل السجل عن مصدر {key}؛ سمِّ مصدرًا جديدًا بـ`name_en` أو `name_ar` ومعه `kind` ({kinds})",
)
NO_SOURCE_KIND = Sentence(
    "there is no kind of source {kind!r}; there are: {kinds}", "لا نوع مصادر باسم {kind}؛ الأنواع: {kinds}"
)
NO_SAMPLE = Sentence(
    "{sample!r} is no sample: give what the queue in random order gave as sample",
    "{sample} ليست عيّنة: أعطِ ما أعطته قائمة المراجعة العشوائية في `sample`",
)
ONLY_THESE = Sentence("{what} has no {name!r}; it has: {known}", "ليس في {what} الاسم {name}؛ فيه: {known}")
LIST_OF = Sentence(
    "the value of {name} is a list of at most {most} {what}; an empty one says that nobody is named",
    "قيمة {name} قائمة فيها {most} على الأكثر من {what}؛ والفارغة تعني أن أحدًا لم يُسمَّ",
)
SOURCE_NAME = Sentence(
    "a source has a name of up to {most} letters, on one line and without signs that turn the direction: name_en or name_ar",
    "للمصدر اسم طوله {most} حرف على الأكثر، في سطر واحد وبلا علامات تقلب اتجاه الكتابة: `name_en` أو `name_ar`",
)
NO_SUCH_CHOICE = Sentence("{value!r} is no {name}; there are: {known}", "{value} ليس من قيم {name}؛ القيم: {known}")
NO_SUCH_CHOICE_NEAR = Sentence("{value!r} is no {name}; near are: {near}", "{value} ليس من قيم {name}؛ الأقرب: {near}")
TRUE_OR_FALSE = Sentence(
    "the value of {name} is true or false, not {value!r}", "قيمة {name} إما `true` وإما `false`، وليست {value}"
)
BY_SPAN = Sentence(
    "{name} is corrected by a span alone: the words of the article it stands in",
    "يُصحَّح {name} بالكلمات وحدها، كما هي في المقال",
)
DATE_FORM = Sentence(
    "a date is a day such as 2015-10-31, or start and end, both in",
    "التاريخ يوم مثل `2015-10-31`، أو `start` و`end` وكلاهما منه",
)
NOT_YET = Sentence(
    "{start} lies after today, {today}; only what is planned can",
    "{start} بعد اليوم، وهو {today}؛ ولا يجوز ذلك إلا لما هو مخطط له",
)
NO_DAYS_IN = Sentence(
    "{start} to {end} holds no day; the earlier one comes first", "لا يوم من {start} إلى {end}؛ اليوم الأسبق أولًا"
)
DATE_PRECISION = Sentence(
    "the precision of a date is 1 (the day) to 5 (the year)", "دقة التاريخ من `1` (اليوم) إلى `5` (السنة)"
)
NO_PART_OF_DAY = Sentence(
    "{text!r} is no part of a day; there are: {known}", "{text} ليس جزءًا من اليوم؛ الأجزاء: {known}"
)
ONLY_A_DAY = Sentence("{text!r} is no day such as 2015-10-31", "{text} ليس يومًا مثل `2015-10-31`")
TOLL_FORM = Sentence(
    'the value of {name} is [low, high], whole numbers; high is null for "at least"',
    "قيمة {name} هي `[low, high]` بأعداد صحيحة؛ و`high` هو `null` لمعنى «على الأقل»",
)
SPAN_ALONE = Sentence(
    "the evidence is corrected by a span: the words of the article it stands in",
    "يُصحَّح الدليل بالكلمات كما هي في المقال",
)
OF_AN_ARTICLE = Sentence(
    "{action} is said of an article (its key), and of no report", "يُقال {action} عن مقال (بمفتاحه)، لا عن تقرير"
)
NEEDS_EVIDENCE = Sentence(
    "an event has evidence: a span with the words of the article that tell it", "للحدث دليل: كلمات المقال التي ترويه"
)
NO_SUCH_SAMPLE = Sentence("{action} is of no such sample", "القرار {action} ليس من عينة كهذه")
REASON_LENGTH = Sentence(
    "the reason of a grade is text of up to {most} letters", "سبب الدرجة نص طوله {most} حرف على الأكثر"
)
REASON_LETTERS = Sentence(
    "the reason of a grade has half a letter in it (a lone surrogate)", "في سبب الدرجة نصف حرف لا يُقرأ"
)
MANY_DECIDE = Sentence(
    "many decide at this moment; try again in a few seconds", "كثيرون يقرّرون الآن؛ حاول ثانية بعد ثوانٍ"
)
A_PLACE, AN_ACTOR, A_SOURCE = Word("a place", "مكان"), Word("an actor", "طرف"), Word("a source", "مصدر")
IDS_OF_ACTORS, SOME_SOURCES = Word("ids of actors", "معرّفات الأطراف"), Word("sources", "المصادر")
