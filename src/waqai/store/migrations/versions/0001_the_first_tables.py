"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make it so."""
    _actors()
    _articles()
    _articles_indexes()
    _control()
    _control_indexes()
    _decisions()
    _decisions_indexes()
    _facts()
    _incident_actors()
    _incident_actors_indexes()
    _incident_redirects()
    _incident_redirects_indexes()
    _incident_sources()
    _incident_sources_indexes()
    _incidents()
    _incidents_indexes()
    _pending()
    _places()
    _places_indexes()
    _sources()
    _holdings()
    _holdings_indexes()
    _likenesses()
    _reports()
    _reports_indexes()
    _shingles()
    _report_actors()
    _report_actors_indexes()
    _report_sources()
    _report_sources_indexes()

    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE article_words USING fts5"
            "(title, body, more, content='', detail=full, tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        op.execute(
            "CREATE TABLE article_words "
            "(article INTEGER PRIMARY KEY REFERENCES articles (number), words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX article_words_words ON article_words USING gin (words)")


def _actors() -> None:
    op.create_table(
        "actors",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("camp", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("doc_id", sa.Text(), nullable=False),
        sa.Column("newer", sa.String(length=64), nullable=True),
        sa.Column("copy_of", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published", sa.String(length=10), nullable=True),
        sa.Column("published_from", sa.String(length=16), nullable=True),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("stored", sa.String(length=32), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("key"),
    )


def _articles_indexes() -> None:
    op.create_index("articles_copy_of", "articles", ["copy_of"], unique=False)
    op.create_index("articles_doc_id", "articles", ["doc_id"], unique=False)
    op.create_index("articles_known", "articles", ["known"], unique=False)
    op.create_index("articles_newer", "articles", ["newer"], unique=False)
    op.create_index("articles_outlet", "articles", ["outlet"], unique=False)
    op.create_index("articles_published", "articles", ["published", "outlet", "known", "newer"], unique=False)


def _control() -> None:
    op.create_table(
        "control",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=False),
        sa.Column("end", sa.String(length=10), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("camps", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("governorate", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", "start"),
    )


def _control_indexes() -> None:
    op.create_index("control_start", "control", ["start", "end"], unique=False)


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("article", sa.String(length=64), nullable=True),
        sa.Column("bounds", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )


def _decisions_indexes() -> None:
    op.create_index("decisions_article", "decisions", ["article"], unique=False)


def _facts() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _incident_actors() -> None:
    op.create_table(
        "incident_actors",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("incident", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("actor", "incident", "role"),
        sqlite_with_rowid=False,
    )


def _incident_actors_indexes() -> None:
    op.create_index("incident_actors_incident", "incident_actors", ["incident"], unique=False)


def _incident_redirects() -> None:
    op.create_table(
        "incident_redirects",
        sa.Column("old", sa.String(length=64), nullable=False),
        sa.Column("new", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("old"),
    )


def _incident_redirects_indexes() -> None:
    op.create_index("incident_redirects_new", "incident_redirects", ["new"], unique=False)


def _incident_sources() -> None:
    op.create_table(
        "incident_sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("incident", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("source", "incident"),
        sqlite_with_rowid=False,
    )


def _incident_sources_indexes() -> None:
    op.create_index("incident_sources_incident", "incident_sources", ["incident"], unique=False)


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("sub_event_type", sa.Text(), nullable=False),
        sa.Column("modality", sa.String(length=16), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("level", sa.String(length=16), nullable=True),
        sa.Column("place_precision", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("governorate", sa.Text(), nullable=True),
        sa.Column("pcode", sa.Text(), nullable=True),
        sa.Column("start", sa.String(length=10), nullable=True),
        sa.Column("end", sa.String(length=10), nullable=True),
        sa.Column("date_precision", sa.Integer(), nullable=True),
        sa.Column("killed_low", sa.Integer(), nullable=True),
        sa.Column("killed_best", sa.Integer(), nullable=True),
        sa.Column("killed_high", sa.Integer(), nullable=True),
        sa.Column("injured_low", sa.Integer(), nullable=True),
        sa.Column("injured_best", sa.Integer(), nullable=True),
        sa.Column("injured_high", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(length=16), nullable=True),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _incidents_indexes() -> None:
    op.create_index("incidents_country", "incidents", ["country", "start"], unique=False)
    op.create_index("incidents_end", "incidents", ["end", "start"], unique=False)
    op.create_index("incidents_governorate", "incidents", ["governorate", "start"], unique=False)
    op.create_index("incidents_grade", "incidents", ["grade", "start"], unique=False)
    op.create_index("incidents_killed", "incidents", ["killed_low"], unique=False)
    op.create_index("incidents_modality", "incidents", ["modality", "start"], unique=False)
    op.create_index("incidents_place", "incidents", ["place", "start"], unique=False)
    op.create_index("incidents_point", "incidents", ["lat", "lon"], unique=False)
    op.create_index("incidents_start", "incidents", ["start", "end"], unique=False)
    op.create_index("incidents_type", "incidents", ["sub_event_type", "start"], unique=False)


def _pending() -> None:
    op.create_table(
        "pending",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "what"),
        sqlite_with_rowid=False,
    )


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("governorate", sa.Text(), nullable=True),
        sa.Column("pcode", sa.Text(), nullable=True),
        sa.Column("pcode_level", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _places_indexes() -> None:
    op.create_index("places_folded", "places", ["folded"], unique=False)


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def _holdings() -> None:
    op.create_table(
        "holdings",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("effect", sa.String(length=16), nullable=False),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("start", sa.String(length=10), nullable=True),
        sa.Column("end", sa.String(length=10), nullable=True),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("superseded", sa.String(length=10), nullable=True),
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["articles.number"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _holdings_indexes() -> None:
    op.create_index("holdings_article", "holdings", ["article"], unique=False)
    op.create_index("holdings_place", "holdings", ["place", "start"], unique=False)


def _likenesses() -> None:
    op.create_table(
        "likenesses",
        sa.Column("alike", sa.String(length=64), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["articles.number"],
        ),
        sa.PrimaryKeyConstraint("alike"),
        sa.UniqueConstraint("article"),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("incident", sa.String(length=64), nullable=True),
        sa.Column("component", sa.String(length=64), nullable=True),
        sa.Column("family", sa.String(length=32), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("sub_event_type", sa.Text(), nullable=False),
        sa.Column("modality", sa.String(length=16), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("level", sa.String(length=16), nullable=True),
        sa.Column("place_precision", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("governorate", sa.Text(), nullable=True),
        sa.Column("pcode", sa.Text(), nullable=True),
        sa.Column("start", sa.String(length=10), nullable=True),
        sa.Column("end", sa.String(length=10), nullable=True),
        sa.Column("date_precision", sa.Integer(), nullable=True),
        sa.Column("date_basis", sa.String(length=16), nullable=True),
        sa.Column("killed_low", sa.Integer(), nullable=True),
        sa.Column("killed_high", sa.Integer(), nullable=True),
        sa.Column("injured_low", sa.Integer(), nullable=True),
        sa.Column("injured_high", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("superseded", sa.String(length=10), nullable=True),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["articles.number"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )


def _reports_indexes() -> None:
    op.create_index("reports_article", "reports", ["article"], unique=False)
    op.create_index("reports_component", "reports", ["component"], unique=False)
    op.create_index("reports_country", "reports", ["country", "start"], unique=False)
    op.create_index(
        "reports_counts",
        "reports",
        [
            "place",
            "sub_event_type",
            "modality",
            "background",
            "country",
            "governorate",
            "start",
            "end",
            "superseded",
            "killed_low",
            "killed_high",
            "injured_low",
            "injured_high",
        ],
        unique=False,
    )
    op.create_index("reports_date_precision", "reports", ["date_precision", "place", "start"], unique=False)
    op.create_index("reports_end", "reports", ["end", "start"], unique=False)
    op.create_index("reports_governorate", "reports", ["governorate", "start"], unique=False)
    op.create_index("reports_incident", "reports", ["incident"], unique=False)
    op.create_index("reports_killed", "reports", ["killed_low"], unique=False)
    op.create_index("reports_modality", "reports", ["modality", "start"], unique=False)
    op.create_index("reports_place", "reports", ["place", "start"], unique=False)
    op.create_index("reports_point", "reports", ["lat", "lon"], unique=False)
    op.create_index(
        "reports_start",
        "reports",
        [
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
        ],
        unique=False,
    )
    op.create_index("reports_type", "reports", ["sub_event_type", "start"], unique=False)


def _shingles() -> None:
    op.create_table(
        "shingles",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["articles.number"],
        ),
        sa.PrimaryKeyConstraint("mark", "article"),
        sqlite_with_rowid=False,
    )


def _report_actors() -> None:
    op.create_table(
        "report_actors",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.number"],
        ),
        sa.PrimaryKeyConstraint("actor", "report", "role"),
        sqlite_with_rowid=False,
    )


def _report_actors_indexes() -> None:
    op.create_index("report_actors_report", "report_actors", ["report"], unique=False)


def _report_sources() -> None:
    op.create_table(
        "report_sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=8), nullable=False),
        sa.Column("furthest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.number"],
        ),
        sa.PrimaryKeyConstraint("source", "report", "stance"),
        sqlite_with_rowid=False,
    )


def _report_sources_indexes() -> None:
    op.create_index("report_sources_report", "report_sources", ["report"], unique=False)
