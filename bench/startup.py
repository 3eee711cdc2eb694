"""From `waqai code one-article.txt` to its last line, in a fresh process; the middle of several runs, and the slowest.

One run goes before them and is not counted: it leaves the modules compiled to bytecode, as an installed program has them.

python bench/startup.py [--runs N]
"""

import argparse
import json
import statistics
import tempfile
from pathlib import Path

from measuring import COMMAND, run, save
from waqai.sample import sample_path


def main() -> None:
    """Measure, print and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=9, metavar="N")
    asked = options.parse_args()
    article = json.loads(sample_path("articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one-article.txt"
        path.write_text(f"{article['title']}\n\n{article['text']}\n", encoding="utf-8")
        _, *runs = [run([str(COMMAND), "code", str(path)], one_core=True) for _ in range(asked.runs + 1)]
    spent = [one.seconds for one in runs]
    save(
        "startup",
        {
            "runs": asked.runs,
            "reports": runs[0].output.count("\n"),
            "middle_seconds": round(statistics.median(spent), 2),
            "slowest_seconds": round(max(spent), 2),
            "peak_mb": round(max(one.peak_mb for one in runs)),
        },
    )


if __name__ == "__main__":
    main()
