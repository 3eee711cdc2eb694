"""The tables of a record. Days are ISO text, so that both databases order and compare them alike; JSON is text.

Changing a table here needs a migration in `store/migrations/versions`; a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()
KEY = String(64)
DAY = String(10)
TIME = String(32)

articles = Table(
    "articles",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("key", KEY, nullable=False, unique=True),  # SHA-256 over title and text: the same words are the same article
    Column("doc_id", Text, nullable=False),  # as the outlet, the address and the day: those of its earliest publication
    Column("newer", KEY),  # the key of the article that came later under its label, when no label leads to it any more
    Column("copy_of", KEY, nullable=False),  # the earliest article of which this is a near-copy; its own key when none
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", KEY, nullable=False),
    Column("outlet", Text),
    Column("url", Text),
    Column("language", Text),
    Column("published", DAY),
    Column("published_from", String(16)),
    Column("known", DAY, nullable=False),  # published, or the day it was stored
    Column("stored", TIME, nullable=False),
    Column("coder", Text, nullable=False),  # name, version and knowledge of the coder whose reports are stored
    Column("synthetic", Boolean, nullable=False, default=False),
    Index("articles_doc_id", "doc_id"),
    Index("articles_copy_of", "copy_of"),
    Index("articles_known", "known"),
    Index("articles_newer", "newer"),
    Index("articles_outlet", "outlet"),
    Index("articles_published", "published", "outlet", "known", "newer"),
)

publications = Table(  # every label, outlet, address and day under which the words of an article came
    "publications",
    METADATA,
    Column("mark", KEY, primary_key=True),
    Column("article", Integer, ForeignKey("articles.number"), nullable=False),
    Column("doc_id", Text, nullable=False),
    Column("newer", KEY),  # the key of the article that came later under this label, when it tells another text
    Column("outlet", Text),
    Column("url", Text),
    Column("language", Text),
    Column("published", DAY),
    Column("published_from", String(16)),
    Column("synthetic", Boolean, nullable=False, default=False),
    Index("publications_article", "article"),
    Index("publications_doc_id", "doc_id"),
)

shingles = Table(  # the marks of a text by which near-copies are found
    "shingles",
    METADATA,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

likenesses = Table(  # texts that are compared: of those that are the same when normalised only one, which has the marks
    "likenesses",
    METADATA,
    Column("alike", KEY, primary_key=True),
    Column("article", Integer, ForeignKey("articles.number"), nullable=False, unique=True),
    Column("runs", Integer, nullable=False),  # how long the text is
)

reports = Table(
    "reports",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", KEY, nullable=False, unique=True),
    Column("article", Integer, ForeignKey("articles.number"), nullable=False),
    Column("incident", KEY),  # null while the report waits to be clustered
    Column("component", KEY),  # reports that links join, directly or over others; an incident never reaches beyond one
    Column("top", Float),  # the bits of its strongest link of all (null: it has none), see `incidents/strongest.py`
    Column("nearest", KEY),  # the id of the report to which that leads
    Column("family", String(32), nullable=False),
    Column("event_type", Text, nullable=False),
    Column("sub_event_type", Text, nullable=False),
    Column("modality", String(16), nullable=False),
    Column("background", Boolean, nullable=False),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("level", String(16)),
    Column("place_precision", Integer),
    Column("country", String(2)),
    Column("governorate", Text),
    Column("pcode", Text),
    Column("start", DAY),
    Column("end", DAY),
    Column("date_precision", Integer),
    Column("date_basis", String(16)),
    Column("killed_low", Integer),
    Column("killed_high", Integer),
    Column("injured_low", Integer),
    Column("injured_high", Integer),
    Column("confidence", Float, nullable=False),
    Column("known", DAY, nullable=False),
    Column("superseded", DAY),  # the day a newer version of its article was known; null: the report counts
    Column("outline", Text, nullable=False),  # what is compared with others; before the long columns: it is read most
    Column("json", Text, nullable=False),  # the report as `waqai code` prints it
    Column("account", Text, nullable=False),  # what else of it incidents are told from
    Index("reports_article", "article"),
    Index("reports_incident", "incident", "article"),  # which incidents articles tell of is seen in it alone
    Index("reports_component", "component"),
    Index("reports_nearest", "nearest"),
    Index(  # a list by days is walked through it, and most conditions are seen in it
        "reports_start",
        "start",
        "end",
        "sub_event_type",
        "governorate",
        "modality",
        "background",
        "superseded",
        "country",
        "killed_low",
        "killed_high",
        "injured_low",
        "injured_high",
    ),
    Index("reports_end", "end", "start"),
    Index("reports_type", "sub_event_type", "start"),
    Index(  # what lies near a new report is found in it alone
        "reports_place", "place", "start", "end", "sub_event_type", "place_precision", "superseded"
    ),
    Index("reports_governorate", "governorate", "start"),
    Index("reports_modality", "modality", "start"),
    Index("reports_country", "country", "start"),
    Index("reports_point", "lat", "lon"),
    Index("reports_killed", "killed_low"),
    Index("reports_date_precision", "date_precision", "place", "start"),  # the few reports of long spans, for merging
)

report_actors = Table(  # role: actor1, actor2 or blamed
    "report_actors",
    METADATA,
    Column("actor", Text, primary_key=True),
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
    Column("role", String(8), primary_key=True),
    Index("report_actors_report", "report"),
    sqlite_with_rowid=False,
)

report_sources = Table(  # every source of the claims of a report; `furthest` marks the one furthest back
    "report_sources",
    METADATA,
    Column("source", Text, primary_key=True),  # its key: the English name, or the Arabic one where there is none
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
    Column("stance", String(8), primary_key=True),
    Column("furthest", Boolean, nullable=False),
    Index("report_sources_report", "report"),
    sqlite_with_rowid=False,
)

counted = (
    Table(  # the columns of reports that are counted by, in pieces: a function of the reports, see `store/counted.py`
        "counted",
        METADATA,
        Column("piece", Integer, primary_key=True, autoincrement=False),
        Column("name", String(16), primary_key=True),
        Column("names", Text, nullable=False),  # the values, a list in JSON
        Column("codes", LargeBinary, nullable=False),
        Column("rows", LargeBinary, nullable=False),
    )
)

places = Table(
    "places",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name_ar", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("folded", Text, nullable=False),  # both names folded, to look a place up by
    Column("lat", Float),
    Column("lon", Float),
    Column("level", String(16), nullable=False),
    Column("country", String(2)),
    Column("governorate", Text),
    Column("pcode", Text),
    Column("pcode_level", Integer),
    Index("places_folded", "folded"),
)

actors = Table(
    "actors",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name_ar", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("camp", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("folded", Text, nullable=False),
)

sources = Table(
    "sources",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("name_ar", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("folded", Text, nullable=False),
)

incidents = Table(
    "incidents",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("event_type", Text, nullable=False),
    Column("sub_event_type", Text, nullable=False),
    Column("modality", String(16), nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("level", String(16)),
    Column("place_precision", Integer),
    Column("country", String(2)),
    Column("governorate", Text),
    Column("pcode", Text),
    Column("start", DAY),
    Column("end", DAY),
    Column("date_precision", Integer),
    Column("killed_low", Integer),
    Column("killed_best", Integer),
    Column("killed_high", Integer),
    Column("injured_low", Integer),
    Column("injured_best", Integer),
    Column("injured_high", Integer),
    Column("grade", String(16)),
    Column("voices", Integer, nullable=False),
    Column("size", Integer, nullable=False),  # reports in it
    Column("known", DAY, nullable=False),  # the earliest day one of its reports was known
    Column("json", Text, nullable=False),
    Index("incidents_start", "start", "end"),
    Index("incidents_end", "end", "start"),
    Index("incidents_type", "sub_event_type", "start"),
    Index("incidents_place", "place", "start"),
    Index("incidents_governorate", "governorate", "start"),
    Index("incidents_grade", "grade", "start"),
    Index("incidents_modality", "modality", "start"),
    Index("incidents_country", "country", "start"),
    Index("incidents_point", "lat", "lon"),
    Index("incidents_killed", "killed_low"),
)

incident_actors = Table(  # whom an incident names, as reconciled and in every version; role: actor1, actor2 or blamed
    "incident_actors",
    METADATA,
    Column("actor", Text, primary_key=True),
    Column("incident", KEY, primary_key=True),
    Column("role", String(8), primary_key=True),
    Index("incident_actors_incident", "incident"),
    sqlite_with_rowid=False,
)

incident_sources = Table(  # every source of the reports of an incident, by the keys of `sources`
    "incident_sources",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("incident", KEY, primary_key=True),
    Index("incident_sources_incident", "incident"),
    sqlite_with_rowid=False,
)

counted_incidents = Table(  # the same of incidents, see `store/counted_incidents.py`
    "counted_incidents",
    METADATA,
    Column("piece", Integer, primary_key=True, autoincrement=False),
    Column("name", String(16), primary_key=True),
    Column("names", Text, nullable=False),
    Column("codes", LargeBinary, nullable=False),
    Column("rows", LargeBinary, nullable=False),
)

incident_redirects = Table(
    "incident_redirects",
    METADATA,
    Column("old", KEY, primary_key=True),
    Column("new", KEY, nullable=False),
    Index("incident_redirects_new", "new"),
)

pending = Table(  # what has changed since incidents and control were last derived; written with the change itself
    "pending",
    METADATA,
    # "report" (its id), "place" (whose control has to be told anew), or "incident" (one that has lost a report and may have none)
    Column("kind", String(8), primary_key=True),
    Column("what", Text, primary_key=True),
    sqlite_with_rowid=False,
)

holdings = Table(  # statements of who holds a place, made in passing
    "holdings",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("article", Integer, ForeignKey("articles.number"), nullable=False),
    Column("place", Text, nullable=False),
    Column("actor", Text),
    Column("effect", String(16), nullable=False),
    Column("part", Text),
    Column("start", DAY),
    Column("end", DAY),
    Column("known", DAY, nullable=False),
    Column("superseded", DAY),  # as for reports
    Column("json", Text, nullable=False),
    Index("holdings_place", "place", "start"),
    Index("holdings_article", "article"),
)

control = Table(
    "control",
    METADATA,
    Column("place", Text, primary_key=True),
    Column("start", DAY, primary_key=True),
    Column("end", DAY),  # null: nothing has ended it
    Column("status", String(16), nullable=False),
    Column("camps", Text, nullable=False),  # of its holders, joined by "|"
    Column("country", String(2)),
    Column("governorate", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("json", Text, nullable=False),
    Index("control_start", "start", "end"),
)

# The intervals with the first few references of each side: apart, since whole ones fill many pages.
control_brief = Table(
    "control_brief",
    METADATA,
    Column("place", Text, primary_key=True),
    Column("start", DAY, primary_key=True),
    Column("json", Text, nullable=False),
)

decisions = Table(
    "decisions",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", TIME, nullable=False),
    Column("person", Text, nullable=False),
    Column("action", String(8), nullable=False),
    Column("article", KEY),  # of the first thing it is bound to
    Column("bounds", Text, nullable=False),
    Column("field", Text),
    Column("value", Text),
    Column("undoes", Integer),
    Index("decisions_article", "article"),
)

facts = Table(  # name and value: when the record was made, by which version
    "facts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
