"""The sides of an event as other data sets write them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.knowledge.exports import ExportKnowledge
from waqai.model.incident import Incident
from waqai.model.mention import Actor, Place

CROWDS = {"civilians": "Civilians", "protesters": "Protesters", "rioters": "Rioters"}


@dataclass(frozen=True, slots=True)
class Party:
    """One side: its first name, the names of those beside it, and its kind; all empty when nobody is named."""

    name: str = ""
    others: tuple[str, ...] = ()
    kind: str | None = None


def name_of(actor: Actor) -> str:
    """The English name of an actor, the Arabic one where there is none.

    >>> name_of(Actor("x", "", "لواء الفجر", "opposition", "rebel group"))
    'لواء الفجر'
    """
    return actor.name_en or actor.name_ar


def party(actors: Sequence[Actor], country: str | None) -> Party:
    """A side as ACLED names it: crowds by their kind and country, who they are more closely beside it.

    >>> party((Actor("journalists", "journalists", "صحفيون", "civilians", "civilians"),), "Syria")
    Party(name='Civilians (Syria)', others=('journalists',), kind='civilians')
    """
    if not actors:
        return Party()
    first = actors[0]
    if first.kind not in CROWDS:
        return Party(name_of(first), tuple(dict.fromkeys(name_of(one) for one in actors[1:])), first.kind)
    closer = tuple(dict.fromkeys(name_of(one) for one in actors if one.id != first.kind))
    return Party(crowd(first.kind, country), closer, first.kind)


def crowd(kind: str, country: str | None) -> str:
    """People who are no group, as ACLED writes them.

    >>> crowd("protesters", "Iraq")
    'Protesters (Iraq)'
    """
    return f"{CROWDS[kind]} ({country})" if country else CROWDS[kind]


def country_of(place: Place | None, known: ExportKnowledge) -> str | None:
    """The English name of a place's country."""
    codes = known.countries.get(place.country) if place and place.country else None
    return codes.name if codes else None


def governorate_of(place: Place, known: ExportKnowledge) -> str:
    """The governorate; empty outside Syria, where the record has the name of the country in its place."""
    if place.governorate is None or place.governorate == country_of(place, known):
        return ""
    return place.governorate if place.country == "SY" else ""


def harms_civilians(incident: Incident) -> bool:
    """Whether a toll counts civilians."""
    return any(version.value.who == "civilians" for version in incident.tolls)


def unarmed(actors: Iterable[Actor], known: ExportKnowledge) -> bool:
    """Whether there are actors and none of them is organised and armed."""
    kinds = [known.kinds[actor.kind] for actor in actors]
    return bool(kinds) and not any(kind.armed for kind in kinds)


def sector_of(actor: Actor, known: ExportKnowledge) -> str | None:
    """The sector of PLOVER and type of CAMEO ("MIL", "REB", "CVL"); None where nothing settles it."""
    return known.sectors.get(actor.id, known.kinds[actor.kind].sector)


def nation_of(actor: Actor, known: ExportKnowledge) -> str | None:
    """The three letters of the country an actor is of; None where it is of none that is known."""
    code = known.state(actor.id, actor.camp, actor.kind) or known.actor_countries.get(actor.id)
    codes = known.countries.get(code) if code else None
    return codes.iso3 if codes else None
