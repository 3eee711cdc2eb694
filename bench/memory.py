"""Peak memory while many short articles stream through standard input.

python bench/memory.py [--articles N] [--jobs N]
"""

import argparse
import itertools

from made_articles import made_articles
from measuring import COMMAND, run, save

CHARACTERS = 300


def main() -> None:
    """Measure, print and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000, metavar="N")
    options.add_argument("--jobs", type=int, default=1, metavar="N")
    asked = options.parse_args()
    lines = itertools.islice(made_articles(CHARACTERS), asked.articles)
    command = [str(COMMAND), "code", "-", "-o", "/dev/null", "--jobs", str(asked.jobs)]
    done = run(command, one_core=False, lines=lines)
    save(
        "memory",
        {
            "articles": asked.articles,
            "characters_an_article": CHARACTERS,
            "jobs": asked.jobs,
            "seconds": round(done.seconds, 1),
            "peak_mb": round(done.peak_mb),
        },
    )


if __name__ == "__main__":
    main()
