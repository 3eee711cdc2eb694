"""Articles for the benchmarks: sentences of the sample recombined, with other places, numbers and days in each.

Nothing repeats from article to article, as in an archive, so no memory of words seen before makes it look faster than
it is. The same seed gives the same articles.
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence

import orjson
import zstandard

from waqai.knowledge.files import DATA
from waqai.sample import sample_path

MONTHS = (
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
)
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
WEEKDAY = re.compile("|".join(WEEKDAYS))
NUMBER = re.compile(r"\d+")
LEAST_SENTENCE = 25


def made_articles(characters: int = 3500, seed: int = 2024) -> Iterator[bytes]:
    """Endless articles of about this many characters, each a line of JSON (id, title, text, published)."""
    chance = random.Random(seed)
    titles, sentences = _sentences()
    known, names = _known_names(), _gazetteer_names()
    pattern = re.compile(rf"(?<!\w)([وبلف]?)({'|'.join(map(re.escape, known))})(?!\w)")

    def varied(sentence: str) -> str:
        moved = pattern.sub(lambda found: found[1] + chance.choice(names), sentence)
        counted = NUMBER.sub(lambda found: str(chance.randrange(2, 10 ** min(3, len(found[0])) + 2)), moved)
        return WEEKDAY.sub(lambda _: chance.choice(WEEKDAYS), counted)

    number = 0
    while True:
        number += 1
        text = _text(chance, sentences, names, varied, characters)
        published = f"{chance.randrange(2011, 2025)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        article = {
            "id": f"made-{number:06d}",
            "title": varied(chance.choice(titles)),
            "text": text,
            "published": published,
        }
        yield orjson.dumps(article | {"synthetic": True}) + b"\n"


def _text(
    chance: random.Random, sentences: Sequence[str], names: Sequence[str], varied: Callable[[str], str], characters: int
) -> str:
    parts: list[str] = []
    size = 0
    while size < characters:
        sentence = varied(chance.choice(sentences))
        if not chance.randrange(3):
            day = f"{chance.randrange(1, 29)} {chance.choice(MONTHS)} {chance.randrange(2011, 2025)}"
            sentence = f"في {day} قرب {chance.choice(names)}، {sentence}"
        parts.append(sentence + ("\n" if not chance.randrange(3) else " "))
        size += len(parts[-1])
    return "".join(parts).strip()


def _sentences() -> tuple[list[str], list[str]]:
    titles, sentences = [], []
    for line in sample_path("articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        titles.append(article["title"])
        found = re.split(r"(?<=[.!؟])\s+|\n+", article["text"])
        sentences += [sentence.strip() for sentence in found if len(sentence) >= LEAST_SENTENCE]
    return titles, sentences


def _known_names() -> list[str]:
    """The names of places in the sample, the longest first."""
    names = set()
    for file in sample_path("gold").iterdir():
        held = json.loads(file.read_text(encoding="utf-8"))
        names |= {event["place"]["name"] for event in held["events"] if event["place"]}
    return sorted(names, key=lambda name: (-len(name), name))


def _gazetteer_names() -> list[str]:
    packed = (DATA / "gazetteer" / "gazetteer.json.zst").read_bytes()
    rows = orjson.loads(zstandard.ZstdDecompressor().decompress(packed))["rows"]
    cells = (row.split("\t") for row in rows.splitlines())
    return sorted({row[1] for row in cells if re.fullmatch(r"[\u0621-\u064a ]{3,25}", row[1])})
