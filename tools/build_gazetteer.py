"""Build the gazetteer that ships with the package from the shared geographic data.

    python tools/build_gazetteer.py DATA_FOLDER [OUTPUT]

DATA_FOLDER holds gazetteer_region.tsv, ucdp_syria_places.tsv and syr_adm3.geojson (columns: see its README). The output
is one zstd file of a JSON object: `rows` (one line a place, cells parted by tabs), `index` (folded name to rows; odd
numbers are 2 * row + 1 and mean an alternative spelling), `firsts` (first word of a name to the lengths, in words, of
the names it begins), `pairs` (the first two words of the longer names) and `codes` (p-codes of the places edited by
hand). The same input gives the same bytes.
"""

import csv
import difflib
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import zstandard

from gazetteer_areas import Area, locate, read_areas
from waqai.arabic.letters import fold
from waqai.arabic.tokens import tokenize
from waqai.knowledge.files import load_files
from waqai.knowledge.gazetteer import curated_places
from waqai.knowledge.latin import plain_latin

OUTPUT = Path(__file__).parents[1] / "src/waqai/knowledge/data/gazetteer/gazetteer.json.zst"
COUNTRIES = {
    "SY": "Syria",
    "IQ": "Iraq",
    "YE": "Yemen",
    "LB": "Lebanon",
    "PS": "Palestine",
    "JO": "Jordan",
    "LY": "Libya",
    "SD": "Sudan",
}
GOVERNORATES = {
    "دمشق": "Damascus",
    "حلب": "Aleppo",
    "ريف دمشق": "Rural Damascus",
    "حمص": "Homs",
    "حماة": "Hama",
    "اللاذقية": "Latakia",
    "إدلب": "Idlib",
    "الحسكة": "Hasakeh",
    "دير الزور": "Deir-ez-Zor",
    "طرطوس": "Tartous",
    "الرقة": "Raqqa",
    "درعا": "Daraa",
    "السويداء": "Sweida",
    "القنيطرة": "Quneitra",
}
LEVELS = {
    "A.PCLI": "country",
    "A.ADM1": "governorate",
    "A.ADM2": "area",
    "A.ADM3": "area",
    "L.RGN": "area",
    "P.PPLX": "neighbourhood",
    "T.MTS": "area",
}
BASE_WEIGHT = {
    "A.PCLI": 90,
    "A.ADM1": 50,
    "A.ADM2": 25,
    "A.ADM3": 18,
    "L.RGN": 45,
    "P.PPLA": 45,
    "P.PPLA2": 25,
    "P.PPLA3": 20,
}
BASE_WEIGHT |= {"P.PPL": 10, "P.PPLX": 12, "P.PPLL": 4, "P.PPLF": 4, "P.STLMT": 12, "P.PPLS": 8}
ARABIC_NAME = re.compile(r"[ء-غف-ي0-9 ]{3,40}")
JUNK_FIRST = {"قبيله", "مزرعه", "عشيره", "بيت"}
SPOTS = ("settlement", "neighbourhood", "site")  # levels of places that lie in one subdistrict
JOINED = ("كفر", "دير", "معر", "خان")  # written together with the next word or apart
NEAR_KM = 6.0
UCDP_KM = 2.5


@dataclass(slots=True)
class Row:
    """One place on its way into the file."""

    id: str
    name_ar: str
    others: list[str]
    name_en: str
    lat: float
    lon: float
    feature: str
    country: str
    governorate: str
    admin1: str
    pcode: str
    population: int
    events: int = 0
    names: list[str] = field(default_factory=list)

    @property
    def level(self) -> str:
        """Level as in the guide; sites are all that is neither populated nor administrative nor a region."""
        return LEVELS.get(self.feature, "settlement" if self.feature.startswith("P.") else "site")

    @property
    def weight(self) -> int:
        """How likely the name means this place when nothing else is known, 0 to 100."""
        base = BASE_WEIGHT.get(self.feature, 30)
        people = 11 * math.log10(1 + self.population) if self.feature.startswith("P.") else 0.0
        return min(100, round(max(base, people) + 4 * math.log2(1 + self.events)))


def km(a: Row, lat: float, lon: float) -> float:
    """Distance in kilometres, good to a percent at these latitudes."""
    return math.hypot(a.lat - lat, (a.lon - lon) * math.cos(math.radians(a.lat))) * 111.2


def tidy(name: str) -> str:
    """A name without marks, brackets and doubled spaces."""
    name = re.sub(r"[ً-ْـٰ\u200b-\u200f\u202a-\u202e]", "", name.replace("\u00a0", " "))
    return re.sub(r"\s+", " ", re.sub(r"\([^)]*\)", " ", name)).strip(" .،-")


def key_of(name: str) -> str:
    """The folded words of a name, as the look-up sees them."""
    return " ".join(tokenize(fold(name))[0])


def read_rows(path: Path) -> list[Row]:
    """The rows of the shared table that carry a usable Arabic name."""
    with path.open(encoding="utf-8", newline="") as file:
        return [r for r in map(_row, csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)) if r]


def _row(cells: dict[str, str]) -> Row | None:
    country = cells["country"]
    name = tidy(cells["name_ar"])
    population = int(cells["population"] or 0)
    if (
        country not in COUNTRIES
        or not ARABIC_NAME.fullmatch(key_of(name))
        or key_of(name).split()[0] in JUNK_FIRST - {"بيت"}
    ):
        return None
    if country == "SD" and not population and cells["feature_code"] in ("P.PPL", "P.PPLX", "P.PPLL"):
        return None
    admin1 = tidy(cells["admin1"])
    governorate = GOVERNORATES.get(admin1, "") if country == "SY" else COUNTRIES[country]
    others = [tidy(n) for n in cells["alt_names_ar"].split("|") if ARABIC_NAME.fullmatch(key_of(tidy(n)))]
    return Row(
        cells["id"], name, others, cells["name_en"], round(float(cells["lat"]), 4), round(float(cells["lon"]), 4),
        cells["feature_code"], country, governorate, admin1, cells["pcode"], population,
    )  # fmt: skip


def merge_doubles(rows: Iterable[Row]) -> list[Row]:
    """One row for places of the same kind and name that lie together; the most populous one stays, with all
    spellings.
    """
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (-r.population, not r.id.startswith("ocha:"), r.id)):
        group = groups[(row.country, key_of(row.name_ar), row.level)]
        twin = next((r for r in group if km(r, row.lat, row.lon) < NEAR_KM), None)
        if twin is None or row.level == "site":
            group.append(row)
        else:
            twin.others += [n for n in row.others if n not in twin.others]
    return sorted((r for group in groups.values() for r in group), key=lambda r: r.id)


def place_seats(rows: Sequence[Row]) -> None:
    """Give an administrative unit the point of the town it is named after: that is where news means it."""
    towns: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.level == "settlement":
            for key, _ in spellings(row):
                towns[(row.country, key)].append(row)
    for row in rows:
        reach = {"A.ADM1": 150.0, "A.ADM2": 60.0, "A.ADM3": 40.0}.get(row.feature)
        if reach is not None:
            names = {key for key, other in spellings(row) if not other or row.country == "SY"}
            near = {t.id: t for k in names for t in towns.get((row.country, k), ()) if km(t, row.lat, row.lon) < reach}
            seat = max(near.values(), key=lambda t: (t.weight, t.id), default=None)
            if seat is not None:
                row.lat, row.lon = seat.lat, seat.lon


def give_codes(rows: Iterable[Row], areas: Sequence[Area]) -> None:
    """Syrian places take p-code and governorate from the subdistrict they lie in; an OCHA unit keeps its own p-code."""
    for row in rows:
        spot = row.country == "SY" and row.level in SPOTS
        area = locate(areas, row.lat, row.lon) if spot else None
        if area is not None:
            row.governorate, row.admin1 = GOVERNORATES.get(area.governorate, ""), area.governorate
            if not row.id.startswith("ocha:"):
                row.pcode = area.pcode


def curated_codes(areas: Sequence[Area]) -> dict[str, str]:
    """P-codes of the Syrian places edited by hand, by identifier. Where the rounded point falls into another governorate
    than the file states, the nearest subdistrict of that governorate counts, and the place is named on stderr.
    """
    codes: dict[str, str] = {}
    for entry, _ in curated_places(load_files()):
        if entry.country != "SY" or entry.level not in SPOTS:
            continue
        area = locate(areas, entry.lat, entry.lon)
        if area is None or GOVERNORATES.get(area.governorate) != entry.governorate:
            near = [a for a in areas if GOVERNORATES.get(a.governorate) == entry.governorate]
            lies = "outside Syria" if area is None else f"in {GOVERNORATES.get(area.governorate)}"
            area = min(near, key=lambda a: a.km(entry.lat, entry.lon), default=None)
            away = "" if area is None else f", {area.km(entry.lat, entry.lon):.0f} km away"
            sys.stderr.write(f"{entry.id} ({entry.name_en}) stands under {entry.governorate}{away}, but lies {lies}.\n")
        if area is not None:
            codes[entry.id] = area.pcode
    return codes


def _plain(name: str) -> str:
    name = re.sub(r"\b(town|city|village|district|al|ar|as|ash|ad|an|at|az)\b", " ", name.lower().replace("-", " "))
    return re.sub(r"[^a-z]", "", name)


def count_events(rows: Sequence[Row], path: Path) -> None:
    """Add the number of events of the war's record to the Syrian place each of its places is nearest to in name and
    on the ground.
    """
    cells: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row.country == "SY" and row.level in ("settlement", "site", "neighbourhood"):
            cells[(int(row.lat * 20), int(row.lon * 20))].append(row)
    with path.open(encoding="utf-8", newline="") as file:
        for place in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if int(place["where_prec"]) <= 2:
                found = _nearest(cells, float(place["lat"]), float(place["lon"]), place["name_en"])
                if found:
                    found.events += int(place["events"])


def _nearest(cells: dict[tuple[int, int], list[Row]], lat: float, lon: float, name: str) -> Row | None:
    y, x = int(lat * 20), int(lon * 20)
    near = [
        r
        for i in (y - 1, y, y + 1)
        for j in (x - 1, x, x + 1)
        for r in cells.get((i, j), ())
        if km(r, lat, lon) < UCDP_KM
    ]

    def fit(row: Row) -> float:
        alike = difflib.SequenceMatcher(None, _plain(name), _plain(row.name_en)).ratio()
        return alike - km(row, lat, lon) / UCDP_KM / 2

    best = max(near, key=lambda r: (fit(r), r.id), default=None)
    return best if best is not None and fit(best) > 0.25 else None


def spellings(row: Row) -> Iterator[tuple[str, bool]]:
    """Keys under which a row is found, with True for the ones that are not its own name."""
    own = key_of(row.name_ar)
    yield own, False
    stripped = re.sub(r"^(مركز|قريه|مدينه|بلده|مديريه|قضاء|شعبيه|ولايه|محافظه|ناحيه|منطقه|حي) (?=\S)", "", own)
    if stripped != own and len(stripped) > 2:
        yield stripped, False
    first, _, rest = own.partition(" ")
    if first in JOINED and rest and " " not in rest and not rest.startswith("ال"):
        yield first + rest, False
    elif not rest:
        head = next((word for word in JOINED if own.startswith(word) and len(own) > len(word) + 2), None)
        if head is not None:
            yield f"{head} {own[len(head) :]}", False
    for name in row.others:
        key = re.sub(r"^(قريه|مدينه|بلده|مديريه|قضاء|شعبيه|ولايه|محافظه|ناحيه|منطقه|حي) (?=\S)", "", key_of(name))
        yield key, key not in (own, stripped)


def encode(rows: Sequence[Row], codes: Mapping[str, str] | None = None) -> bytes:
    """The finished file; `codes` are the p-codes of the places edited by hand."""
    index: dict[str, list[int]] = defaultdict(list)
    firsts: dict[str, int] = defaultdict(int)
    for number, row in enumerate(rows):
        seen = set()
        for key, other in spellings(row):
            if key not in seen:
                seen.add(key)
                index[key].append(2 * number + other)
                words = key.split()
                firsts[words[0]] |= 1 << len(words)
    lines = [
        "\t".join(
            map(
                str,
                (
                    r.id,
                    r.name_ar,
                    plain_latin(r.name_en),
                    r.lat,
                    r.lon,
                    r.feature,
                    r.level,
                    r.country,
                    r.governorate,
                    r.admin1,
                    r.pcode,
                    r.weight,
                    r.events,
                ),
            )
        )
        for r in rows
    ]
    pairs = sorted({" ".join(key.split()[:2]) for key in index if " " in key})
    names, words = sorted(index), sorted(firsts)
    held: dict[str, object] = {
        "version": 2,
        "rows": "\n".join(lines),
        "names": "\n".join(names),
        "numbers": "\n".join(" ".join(map(str, index[name])) for name in names),
        "firsts": "\n".join(words),
        "lengths": " ".join(str(firsts[word]) for word in words),
        "pairs": "\n".join(pairs),
        "codes": dict(sorted((codes or {}).items())),
    }
    return zstandard.ZstdCompressor(level=19).compress(orjson.dumps(held))


def main(arguments: Sequence[str]) -> int:
    """Build and write; returns the exit status."""
    if not arguments:
        sys.stderr.write("usage: build_gazetteer.py DATA_FOLDER [OUTPUT]\n")
        return 2
    data = Path(arguments[0])
    output = Path(arguments[1]) if len(arguments) > 1 else OUTPUT
    rows = merge_doubles(read_rows(data / "gazetteer_region.tsv"))
    count_events(rows, data / "ucdp_syria_places.tsv")
    place_seats(rows)
    areas = read_areas(data / "syr_adm3.geojson")
    give_codes(rows, areas)
    blob = encode(rows, curated_codes(areas))
    output.write_bytes(blob)
    sys.stdout.write(f"{len(rows)} places, {len(blob)} bytes in {output.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
