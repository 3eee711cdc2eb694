"""Milliseconds of processor time each stage takes for 3,500 characters, on articles that do not repeat.

python bench/stages.py [--articles N] [--rounds N] [--cold]

Every round takes articles of its own and the best one counts; the ratio is to finding the tokens of the
same text with one regular expression, which compares
figures of a busy machine with those of a quiet one. With --cold the knowledge is loaded anew for each article, so that
every word is met for the first time.
"""

import argparse
import datetime as dt
import gc
import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from made_articles import made_articles
from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.tokens import TOKEN
from waqai.mentions.actors import find_actors
from waqai.mentions.dates import find_dates
from waqai.mentions.numbers import find_numbers
from waqai.mentions.persons import find_persons
from waqai.mentions.places import find_places
from waqai.mentions.sources import find_sources
from waqai.mentions.weapons import find_weapons
from waqai.model.annotated import Annotated
from waqai.model.article import Article, Published
from waqai.model.mention import Mentions
from waqai.pipeline import Pipeline, blocked, open_pipeline

CHARACTERS = 3500


class Clock:
    """Processor time spent by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def run(self, stage: str, work: Callable[[], Any]) -> Any:
        """The result of the work, its time added to the stage."""
        began = time.process_time()
        found = work()
        self.spent[stage] = self.spent.get(stage, 0.0) + time.process_time() - began
        return found


def one(article: Article, pipeline: Pipeline, clock: Clock) -> None:
    """Every stage of one article, timed."""
    known, run = pipeline.knowledge, clock.run
    run("tokens", lambda: TOKEN.findall(fold(article.text)))
    document = run("clean", lambda: pipeline.clean(article))
    lit = run("words", lambda: pipeline.words.every([s.words for s in document.sentences]))
    cues, names, introductions, speech, said, armed, named, dated, counted = lit
    actors = run("actors", lambda: find_actors(document, known.actors, cues, names))
    persons = run("persons", lambda: find_persons(document, known.persons, actors, introductions, speech))
    shut, deeds = blocked((*actors, *persons)), known.events.deeds
    places = run("places", lambda: find_places(document, known.gazetteer, shut, deeds, named))
    active = [known.actors.active(id) for id in sorted({m.value.id for m in actors})]
    dates = run("dates", lambda: find_dates(document, known.dates, active, dated))
    numbered = list(zip(document.sentences, counted, strict=True))
    numbers = run(
        "numbers", lambda: [m for s, begins in numbered for m in find_numbers(s, known.numbers, known.people, begins)]
    )
    weapons = run("weapons", lambda: find_weapons(document, known.weapons, armed))
    sources = run("sources", lambda: find_sources(document, known.sources, actors, persons, said))
    mentions = Mentions(tuple(numbers), dates.mentions, places, actors, persons, weapons, sources)
    run("code", lambda: pipeline.coder.code(Annotated(document, mentions, dates.anchor)))


def articles() -> Iterator[Article]:
    """Made articles without end."""
    for line in made_articles(CHARACTERS):
        row = json.loads(line)
        day = Published(dt.date.fromisoformat(row["published"]), "record")
        yield Article(row["id"], row["text"], row["title"], day)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=60, metavar="N", help="articles of a round (default: 60)")
    options.add_argument("--rounds", type=int, default=6, metavar="N", help="rounds (default: 6); the first warms up")
    options.add_argument("--cold", action="store_true")
    asked = options.parse_args()
    made, pipeline, best = articles(), open_pipeline(), dict[str, float]()
    for number in range(asked.rounds):
        clock, characters = Clock(), 0
        for article in list(itertools.islice(made, asked.articles)):
            if asked.cold:
                pipeline = open_pipeline()
                splits.cache_clear()
                gc.collect()
            one(article, pipeline, clock)
            characters += len(article.text)
        if number or asked.rounds == 1:
            for stage, spent in clock.spent.items():
                milliseconds = spent * 1000 * CHARACTERS / characters
                best[stage] = min(best.get(stage, milliseconds), milliseconds)
    best["all but tokens"] = sum(best.values()) - best["tokens"]
    for stage, spent in best.items():
        sys.stdout.write(f"{stage:18s}{spent:7.2f} ms{spent / best['tokens']:8.2f}\n")


if __name__ == "__main__":
    main()
