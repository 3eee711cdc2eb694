"""Knowledge of exports: the codes by which other data sets write countries, actors and event types, and their columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waqai.knowledge.files import KnowledgeFiles, need

COUNTRIES, TYPES, ACTORS = "exports/countries.yaml", "exports/types.yaml", "exports/actors.yaml"
COLUMNS, LICENCES = "exports/columns.yaml", "exports/licences.yaml"
DISTRICTS = "exports/districts.yaml"
_DISTRICT, _SUBDISTRICT = 6, 8  # signs of a p-code
LEAVE_OUT = "leave out"
_EMPTY = "empty: "


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A country as other data sets code it; None where a list does not have it."""

    name: str
    iso: int
    iso3: str
    gw: int | None
    fips: str | None
    acled: str | None
    ucdp: str | None


@dataclass(frozen=True, slots=True)
class TypeCodes:
    """A sub-event type as other data sets code it. `attempted` is the type of an attempt for ACLED, None to leave it out;
    `target` and `by` are kinds of actor that the type itself implies."""

    disorder: str
    cameo: str | None
    quad: int | None
    attempted: str | None
    target: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class KindCodes:
    """A kind of actor: ACLED's number and name, its sector where the kind settles it, whether it is organised and armed."""

    inter: int
    name: str
    sector: str | None
    armed: bool


@dataclass(frozen=True, slots=True)
class ColumnNote:
    """A column of an export: what stands in it, or why it stays empty."""

    name: str
    holds: str | None
    empty: str | None


@dataclass(frozen=True, slots=True)
class Licences:
    """What a sidecar says of rights."""

    own: str
    attributions: tuple[str, ...]
    schemes: Mapping[str, str]
    synthetic: str


@dataclass(frozen=True, slots=True)
class ExportKnowledge:
    """All code maps of the exports; `districts` are the names of districts and subdistricts by p-code, `actor_countries` is the
    ISO code by actor id, `hash` that of all knowledge files."""

    hash: str
    countries: Mapping[str, CountryCodes]
    governorates: Mapping[tuple[str, str], str]
    districts: Mapping[str, str]
    types: Mapping[str, TypeCodes]
    cameo_weapons: Mapping[tuple[str, str], str]
    goldstein: Mapping[str, float]
    kinds: Mapping[str, KindCodes]
    states: Mapping[str, str]
    sectors: Mapping[str, str]
    actor_countries: Mapping[str, str]
    columns: Mapping[str, tuple[ColumnNote, ...]]
    licences: Licences

    def names(self, form: str) -> tuple[str, ...]:
        """The columns of an export ("acled", "ucdp", "plover", "gdelt", "gdelt_mentions") in order; KeyError for another."""
        return tuple(column.name for column in self.columns[form])

    def district(self, pcode: str | None) -> tuple[str, str]:
        """The names of the district and the subdistrict in which a place with this p-code lies, empty where they are not known."""
        code = pcode or ""
        parts = (code[:length] if len(code) >= length else "" for length in (_DISTRICT, _SUBDISTRICT))
        district, subdistrict = (self.districts.get(part, "") for part in parts)
        return district, subdistrict

    def cameo(self, sub_event_type: str, weapon: str | None) -> str | None:
        """The CAMEO code where it is certain; KeyError for a sub-event type that is not in the codebook."""
        return self.cameo_weapons.get((weapon or "", sub_event_type), self.types[sub_event_type].cameo)

    def state(self, actor_id: str, camp: str, kind: str) -> str | None:
        """The ISO code of the state that an actor is a force of; None when it is no state's."""
        if camp in self.states:
            return self.states[camp] if kind in ("state forces", "external forces") else None
        return self.actor_countries.get(actor_id) if kind == "state forces" else None


def load_exports(files: KnowledgeFiles) -> ExportKnowledge:
    """The code maps of `exports/*.yaml`; KnowledgeError names the line of a code that cannot be right."""
    book = files.get("codebook.yaml")
    places = files.get(COUNTRIES)
    countries = {code: _country(files, entry) for code, entry in places["countries"].items()}
    divisions = places["governorates"].items()
    kinds, states, sectors = _actors(files, book)
    types, weapons, scale = _types(files, book)
    return ExportKnowledge(
        files.hash,
        countries,
        {(country, name): code for country, codes in divisions for name, code in codes.items()},
        _districts(files),
        types,
        weapons,
        scale,
        kinds,
        states,
        sectors,
        actor_countries(files),
        _columns(files),
        _licences(files),
    )


def _districts(files: KnowledgeFiles) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in files.get(DISTRICTS)["districts"].items():
        if not isinstance(name, str) or len(code) not in (_DISTRICT, _SUBDISTRICT):
            raise files.error(DISTRICTS, f"{code}:", f"{code!r} must be a p-code of six or eight signs, with a name.")
        found[code] = name
    return found


def actor_countries(files: KnowledgeFiles) -> dict[str, str]:
    """The ISO code of the country of each actor that has one, by actor id."""
    found = {}
    for content in files.folder("actors").values():
        if "actors" in content:
            for entry in content["actors"]:
                country = {**(content.get("defaults") or {}), **entry}.get("country")
                if country and country != "none":
                    found[entry["id"]] = country
    return found


def _country(files: KnowledgeFiles, entry: Any) -> CountryCodes:
    need(files, COUNTRIES, entry, ["name", "iso", "iso3"], ["gw", "fips", "acled", "ucdp"])
    return CountryCodes(
        entry["name"], entry["iso"], entry["iso3"], entry.get("gw"), entry.get("fips"), entry.get("acled"), entry.get("ucdp")
    )  # fmt: skip


def _types(
    files: KnowledgeFiles, book: Any
) -> tuple[dict[str, TypeCodes], dict[tuple[str, str], str], dict[str, float]]:
    content, known = files.get(TYPES), {entry["sub_event_type"] for entry in book["event_types"]}
    found: dict[str, TypeCodes] = {}
    for entry in content["types"]:
        need(files, TYPES, entry, ["sub_event_type", "disorder"], ["cameo", "quad", "attempted", "target", "by"])
        name, attempted = entry["sub_event_type"], entry.get("attempted", entry["sub_event_type"])
        for wrong in {name, attempted} - known - {LEAVE_OUT}:
            raise files.error(TYPES, name, f"{wrong!r} is not in the list of the codebook.")
        kept = None if attempted == LEAVE_OUT else attempted
        cameo, quad = entry.get("cameo"), entry.get("quad")
        found[name] = TypeCodes(entry["disorder"], cameo, quad, kept, entry.get("target"), entry.get("by"))
    for missing in sorted(known - set(found)):
        raise files.error(TYPES, "types:", f"the sub-event type {missing!r} is missing.")
    closer = {(entry["weapon"], entry["sub_event_type"]): entry["cameo"] for entry in content["cameo_weapons"]}
    scale = {code: float(value) for code, value in content["goldstein"].items()}
    for code in [*(codes.cameo for codes in found.values()), *closer.values()]:
        if code is not None and code not in scale:
            raise files.error(TYPES, code, f"the code {code!r} has no value of the Goldstein scale.")
    return found, closer, scale


def _actors(files: KnowledgeFiles, book: Any) -> tuple[dict[str, KindCodes], dict[str, str], dict[str, str]]:
    content = files.get(ACTORS)
    kinds = {}
    for entry in content["kinds"]:
        need(files, ACTORS, entry, ["kind", "inter", "name", "armed"], ["sector"])
        kinds[entry["kind"]] = KindCodes(entry["inter"], entry["name"], entry.get("sector"), entry["armed"])
    for missing in sorted(set(book["actor_kinds"]) - set(kinds)):
        raise files.error(ACTORS, "kinds:", f"the kind of actor {missing!r} is missing.")
    for camp in content["states"]:
        if camp not in book["camps"]:
            raise files.error(ACTORS, f"{camp}:", f"{camp!r} is not in the list of the codebook.")
    known = {entry["id"] for part in files.folder("actors").values() for entry in part.get("actors", ())}
    sectors = {id: sector for sector, ids in content["sectors"].items() for id in ids}
    for id in sectors:
        if id not in known:
            raise files.error(ACTORS, id, f"there is no actor {id!r}.")
    return kinds, dict(content["states"]), sectors


def _columns(files: KnowledgeFiles) -> dict[str, tuple[ColumnNote, ...]]:
    found = {}
    for form, held in files.get(COLUMNS).items():
        if not isinstance(held, list) or any(len(entry) != 1 for entry in held):
            raise files.error(
                COLUMNS, f"{form}:", f"the columns of {form!r} must be a list of `- name: what it holds`."
            )
        found[form] = tuple(_column(name, said) for entry in held for name, said in entry.items())
    return found


def _column(name: str, said: str) -> ColumnNote:
    empty = said.startswith(_EMPTY)
    return ColumnNote(name, None if empty else said, said.removeprefix(_EMPTY) if empty else None)


def _licences(files: KnowledgeFiles) -> Licences:
    content = files.get(LICENCES)
    need(files, LICENCES, content, ["own", "attributions", "schemes", "synthetic"])
    return Licences(content["own"], tuple(content["attributions"]), dict(content["schemes"]), content["synthetic"])
