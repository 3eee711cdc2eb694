"""Reconciling: what all reports of one happening say, field by field: every version, and the one that is shown."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from waqai.incidents.grading import suggested
from waqai.incidents.tolls import reconciled, toll_versions
from waqai.incidents.voices import Said, said, voices
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Account
from waqai.model.incident import Grading, Incident, Merge, ReportRef, Version
from waqai.model.mention import Actor, DateRange, Place
from waqai.model.report import Modality

V = TypeVar("V", bound=Hashable)
_Parties = Sequence[Version[tuple[Actor, ...]]]
UNSAID = "unknown"
BY_STATE, BY_OTHERS = "Government regains territory", "Non-state actor overtakes territory"
MODALITIES: tuple[Modality, ...] = ("happened", "attempted", "planned", "denied")
PUBLISHED_LAST = {"stated": 0, "relative": 0, "published": 1}


def reconcile(
    accounts: Sequence[Account],
    merges: tuple[Merge, ...],
    knowledge: IncidentKnowledge,
    grading: Grading | None = None,
) -> Incident:
    """The incident that these reports (the earliest first) tell; `grading` is what a person set, if anybody did.

    Denials count for who says so, but not for what happened, unless nobody asserts it.
    """
    claims = said(accounts, knowledge)
    telling = [each for each in claims if each.stance == "asserts"] or claims
    types: tuple[Version[str], ...] = _versions(telling, "sub_event_type", rank=lambda v: knowledge.exactness[v])
    modalities: tuple[Version[Modality], ...] = _versions(claims, "modality", rank=MODALITIES.index)
    actors1, actors2 = _parties(telling, "actor1"), _parties(telling, "actor2")
    targets: tuple[Version[str], ...] = _versions(telling, "target")
    weapons: tuple[Version[str], ...] = _versions(telling, "weapon")
    places, dates = _places(telling), _dates(telling)
    shown, own = _leading(telling, types[0].value, knowledge)
    same = len(own) == len(telling)
    first, second = (actors1, actors2) if same else (_parties(own, "actor1"), _parties(own, "actor2"))
    actor1, actor2 = _shown(first, second, shown, knowledge)
    days = dates if same else _dates(own) or dates
    responsible = _responsible(telling, actor1)
    denials = tuple(dict.fromkeys(each.account.report_id for each in claims if each.stance == "denies"))
    doubts = any(each.stance == "doubts" for each in claims)
    return Incident(
        id=accounts[0].report_id,
        sub_event_type=shown,
        sub_event_types=types,
        modality=_modality(modalities),
        modalities=modalities,
        disputed=bool(denials) or doubts,
        background=all(account.background for account in accounts),
        actor1=actor1,
        actors1=actors1,
        actor2=actor2,
        actors2=actors2,
        target=targets[0].value if targets else None,
        targets=targets,
        weapon=weapons[0].value if weapons else None,
        weapons=weapons,
        place=places[0].value if places else None,
        places=places,
        date=days[0].value if days else None,
        dates=dates,
        killed=reconciled(claims, "killed"),
        injured=reconciled(claims, "injured"),
        civilians_killed=reconciled(claims, "killed", civilians=True),
        tolls=toll_versions(claims),
        blamed=_blamed(claims),
        denials=denials,
        voices=voices(claims, knowledge),
        grading=grading or suggested(claims, responsible, knowledge),
        merges=merges,
        reports=tuple(ReportRef(a.report_id, a.doc_id, a.article_key, a.outlet, a.published) for a in accounts),
    )


def _versions(
    claims: Iterable[Said],
    field: str,
    value: Callable[[Any], V | None] = lambda told: told,
    rank: Callable[[V], object] = lambda _: 0,
) -> tuple[Version[V], ...]:
    """Every value of a field with the reports and voices that give it: most voices first, then by rank, then the one told first.

    Reports share what they tell: of what is the same object the value is asked once.
    """
    told: dict[V, list[Said]] = {}
    of: dict[int, list[Said]] = {}
    tells = attrgetter(field)
    for each in claims:
        part = tells(each.account)
        those = of.get(id(part))
        if those is None:
            found = value(part)
            those = of[id(part)] = [] if found is None else told.setdefault(found, [])
        those.append(each)
    made = [
        Version(
            found,
            tuple(dict.fromkeys([each.account.report_id for each in those])),
            tuple(dict.fromkeys([each.key for each in those])),
        )
        for found, those in told.items()
    ]
    return tuple(sorted(made, key=lambda version: (-len(version.voices), rank(version.value))))


def _modality(modalities: Sequence[Version[Modality]]) -> Modality:
    """What is shown: "denied" only when nobody says otherwise."""
    return next((version.value for version in modalities if version.value != "denied"), "denied")


def _parties(claims: Iterable[Said], role: str) -> tuple[Version[tuple[Actor, ...]], ...]:
    """Who is named in a role. One name under different words is one version; the unknown stands behind everybody."""
    shown: dict[tuple[str, ...], tuple[Actor, ...]] = {}

    def value(named: tuple[Actor, ...]) -> tuple[str, ...] | None:
        if not named:
            return None
        key = tuple(sorted({actor.id for actor in named}))
        shown.setdefault(key, named)
        return key

    def rank(key: tuple[str, ...]) -> int:
        return sum(actor.generic for actor in shown[key])

    found = [Version(shown[v.value], v.reports, v.voices) for v in _versions(claims, role, value, rank)]
    return tuple(sorted(found, key=lambda version: all(actor.camp == UNSAID for actor in version.value)))


def _leading(claims: Sequence[Said], type: str, knowledge: IncidentKnowledge) -> tuple[str, list[Said]]:
    """The type that is shown and the claims that tell it, of which the actors and the day that are shown come.

    A taking is named by who took: of its claims those count whose taker it fits; where it fits none, it is the other taking.
    """
    own = [each for each in claims if each.account.sub_event_type == type]
    named = [each for each in own if any(actor.camp != UNSAID for actor in each.account.actor1)]
    if type not in knowledge.takings or not named:
        return type, own
    fitting = [each for each in named if _taking(each, knowledge) == type]
    return (type, fitting) if fitting else (_taking(named[0], knowledge), named)


def _taking(each: Said, knowledge: IncidentKnowledge) -> str:
    """What a taking is by who took."""
    state = any(actor.camp in knowledge.governments for actor in each.account.actor1)
    return BY_STATE if state else BY_OTHERS


def _shown(
    told: _Parties, second: _Parties, type: str, knowledge: IncidentKnowledge
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who is shown in the two roles, of those named by the claims that tell the type that is shown: who leaves a place, or
    stands first in a fight, never becomes the one who took it."""
    first = told[0].value if told else ()
    against = [*second, *(told if type in knowledge.unordered else ())]
    camps = {actor.camp for actor in first if actor.camp != UNSAID}
    return first, next((v.value for v in against if not camps.intersection(a.camp for a in v.value)), ())


def _places(claims: Iterable[Said]) -> tuple[Version[Place], ...]:
    """The places told: the most exact first, of those the one with most voices."""
    shown: dict[tuple[str, int], Place] = {}

    def value(place: Place | None) -> tuple[str, int] | None:
        if place is None:
            return None
        key = place.id, place.precision
        shown.setdefault(key, place)
        return key

    found = [Version(shown[v.value], v.reports, v.voices) for v in _versions(claims, "place", value)]
    return tuple(sorted(found, key=lambda version: (version.value.precision, -len(version.voices))))


def _dates(claims: Iterable[Said]) -> tuple[Version[DateRange], ...]:
    """The dates told: the most exact first, those taken from publication behind; of those the one with most voices."""

    def exact(version: Version[DateRange]) -> tuple[object, ...]:
        date = version.value
        return date.precision, PUBLISHED_LAST[date.basis], -len(version.voices), date.time is None

    def value(date: DateRange | None) -> DateRange | None:
        return date if date and date.start else None

    return tuple(sorted(_versions(claims, "date", value), key=exact))


def _responsible(claims: Iterable[Said], actor1: tuple[Actor, ...]) -> tuple[Actor, ...]:
    return tuple(dict.fromkeys([*actor1, *(actor for each in claims for actor in each.claim.blames)]))


def _blamed(claims: Iterable[Said]) -> tuple[Version[Actor], ...]:
    """Whom the voices hold responsible, with the reports in which they do."""
    shown: dict[str, Actor] = {}
    reports: dict[str, dict[str, None]] = {}
    keys: dict[str, dict[str, None]] = {}
    for each in claims:
        for actor in each.claim.blames:
            shown.setdefault(actor.id, actor)
            reports.setdefault(actor.id, {})[each.account.report_id] = None
            keys.setdefault(actor.id, {})[each.key] = None
    found = [Version(actor, tuple(reports[id]), tuple(keys[id])) for id, actor in shown.items()]
    return tuple(sorted(found, key=lambda version: -len(version.voices)))
