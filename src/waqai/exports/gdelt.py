"""GDELT's two tables: events (61 columns, one for each incident) and mentions (16 columns, one for each report)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from waqai.exports.acled import Cell
from waqai.exports.facts import ArticleFacts, Happening, export_id
from waqai.exports.parties import country_of, governorate_of, name_of, nation_of, sector_of
from waqai.knowledge.exports import ExportKnowledge
from waqai.model.mention import Actor, Place
from waqai.model.report import NamedActor, Report

GEO_TYPE = {"site": 4, "neighbourhood": 4, "settlement": 4, "area": 4, "governorate": 5, "country": 1}


def gdelt_row(happening: Happening, known: ExportKnowledge) -> dict[str, Cell] | str:
    """The row of an incident by column, or in one phrase why GDELT's form cannot hold it."""
    incident = happening.incident
    if incident.date is None or incident.date.start is None:
        return "no date"
    day, cited = incident.date.start, happening.cited
    code = known.cameo(incident.sub_event_type, incident.weapon)
    row: dict[str, Cell] = {
        "GLOBALEVENTID": export_id(incident.id),
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": day.year,
        "FractionDate": f"{day.year + (day.month * 30 + day.day) / 365:.4f}",
        "IsRootEvent": int(any(_leads(report, happening.articles) for report in happening.reports)),
        "EventCode": code,
        "EventBaseCode": code[:3] if code else None,
        "EventRootCode": code[:2] if code else None,
        "QuadClass": known.types[incident.sub_event_type].quad,
        "GoldsteinScale": known.goldstein[code] if code else None,
        "NumMentions": len(incident.reports),
        "NumSources": len({_publisher(article) for article in cited}),
        "NumArticles": len(cited),
        "DATEADDED": _time(added(happening)),
        "SOURCEURL": next((article.url for article in cited if article.url), None),
    }
    return (
        row
        | _actor("Actor1", incident.actor1, known)
        | _actor("Actor2", incident.actor2, known)
        | _where(incident.place, known)
    )


def mention_rows(happening: Happening) -> list[dict[str, Cell]]:
    """The rows of the mentions of an incident, one for each of its reports, by column."""
    event: dict[str, Cell] = {
        "GLOBALEVENTID": export_id(happening.incident.id),
        "EventTimeDate": _time(added(happening)),
    }
    rows: list[dict[str, Cell]] = []
    for report in happening.reports:
        article = happening.articles.get(report.article_key)
        if article is None:
            continue
        evidence = report.evidence
        rows.append(
            event
            | {
                "MentionTimeDate": _time(article.stored),
                "MentionType": 1 if article.url else 2,
                "MentionSourceName": _publisher(article),
                "MentionIdentifier": article.url or article.doc_id,
                "Actor1CharOffset": _offset(report.actor1),
                "Actor2CharOffset": _offset(report.actor2),
                "ActionCharOffset": evidence.start if evidence.part == "text" else -1,
                "Confidence": round(report.confidence * 100),
                "MentionDocLen": article.length or None,
            }
        )
    return rows


def added(happening: Happening) -> dt.datetime | None:
    """When the first of its articles was stored."""
    stored = [article.stored for article in happening.cited if article.stored]
    return min(stored) if stored else None


def _leads(report: Report, articles: Mapping[str, ArticleFacts]) -> bool:
    if report.evidence.part == "title":
        return True
    article = articles.get(report.article_key)
    return article is not None and report.evidence.start < article.lead


def _time(moment: dt.datetime | None) -> str | None:
    return f"{moment:%Y%m%d%H%M%S}" if moment else None


def _publisher(article: ArticleFacts) -> str:
    host = urlsplit(article.url).hostname if article.url else None
    return article.outlet or host or article.doc_id


def _offset(actors: Sequence[NamedActor]) -> int:
    return next((actor.span.start for actor in actors if actor.span and actor.span.part == "text"), -1)


def _actor(role: str, actors: Sequence[Actor], known: ExportKnowledge) -> dict[str, Cell]:
    if not actors:
        return {}
    actor = actors[0]
    nation, sector = nation_of(actor, known), sector_of(actor, known)
    return {
        f"{role}Code": f"{nation or ''}{sector or ''}" or None,
        f"{role}Name": name_of(actor).upper(),
        f"{role}CountryCode": nation,
        f"{role}Type1Code": sector,
    }


def _where(place: Place | None, known: ExportKnowledge) -> dict[str, Cell]:
    if place is None:
        return {}
    codes = known.countries.get(place.country or "")
    fips = codes.fips if codes else None
    division = known.governorates.get((place.country or "", place.governorate or ""))
    named = [place.name_en or place.name_ar, governorate_of(place, known), country_of(place, known) or ""]
    return {
        "ActionGeo_Type": GEO_TYPE[place.level],
        "ActionGeo_FullName": ", ".join(dict.fromkeys(name for name in named if name)),
        "ActionGeo_CountryCode": fips,
        "ActionGeo_ADM1Code": f"{fips}{division}" if fips and division else None,
        "ActionGeo_Lat": place.lat,
        "ActionGeo_Long": place.lon,
    }
