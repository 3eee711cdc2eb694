"""Learn how much each fact about a candidate for a role weighs, from the reports of training/ and of the sample.

    python tools/train_choice.py            learn, write knowledge/data/choice.yaml
    python tools/train_choice.py --check    fail when the file is further from what is learned than rounding explains
    python tools/train_choice.py --folds 8  measure on articles not learned from, eight times an eighth; writes nothing

A choice among candidates is a logistic one: their facts' weights are added, and the sums are the logarithms of their
chances. Learned are the weights under which those that the gold names are likeliest, small ones preferred. No article
of the development set is learned from, so that its figures measure what carries over.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waqai.coding.candidates import Candidate, Role, candidates, cast_of, elsewhere, named_for
from waqai.coding.choosing import ROLES, Chooser, chances, put_in, weighed
from waqai.coding.draft import Draft
from waqai.coding.grammar import GrammarCoder
from waqai.coding.scene import Scene
from waqai.coding.standing import Company, speakers
from waqai.evaluation import news_pairs
from waqai.knowledge.choice import ChoiceKnowledge
from waqai.knowledge.files import DATA, load_files
from waqai.model.article import Article
from waqai.pipeline import Pipeline, open_pipeline
from waqai.reading.inputs import read_inputs
from waqai.records import report_json

ROOT = Path(__file__).resolve().parents[1]
TRAINING, SAMPLE = ROOT / "training", ROOT / "src" / "waqai" / "sample"
TARGET = DATA / "choice.yaml"
SEEN = 5  # candidates that must have a fact for it to be weighed
SMALLNESS = 6.0  # how strongly small weights are preferred (the L2 penalty)
UNKNOWABLE = 0.5  # the weight of an event of which no candidate is right: better nobody than somebody wrong
TINY = 0.015  # weights that are left out
MARGIN = 0.1  # by how much somebody must be likelier than those of the rules
UNTIED = 0.75  # how likely a doer must be whom the words do not tie to the deed
NOBODY = 0.57  # how likely it must be that nobody is meant where the rules only understood a doer
LEAST: dict[str, float] = {"actor1": 0.6, "actor2": 0.5}  # how likely he must be to be named
STEPS, HELD = 300, 12  # of the search for the best weights, and how many it remembers
ALIKE = 0.05  # two runs on different machines may differ by this much in a weight
HEAD = """\
# How much each fact about a candidate for a role weighs: learned by tools/train_choice.py from training/ and the sample,
# not edited by hand. A fact with a positive weight speaks for whoever has it. `margin`: by how much (0 to 1) somebody must
# be likelier than those whom the rules name to stand in their place; `least`: how likely to be named in a role at all, `untied` as
# who did it where no words tie him to the deed; `nobody`: how likely that nobody is meant takes an understood doer out.
"""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """One role of one event: its candidates, which of them are right, whether what the rules say is."""

    article: str
    draft: Draft
    scene: Scene | None
    role: Role
    found: tuple[Candidate, ...]
    right: tuple[bool, ...]
    weight: float
    gold: frozenset[str]
    rules_right: bool


def main() -> int:
    """Learn and write, check or measure; exit status 1 when a check fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    pipeline = open_pipeline()
    coder = pipeline.coder
    assert isinstance(coder, GrammarCoder)
    asked = [q for article, gold in reports() for q in asked_of(article, gold, pipeline, coder)]
    if args.folds:
        return measure(asked, args.folds, coder.chooser)
    weights: dict[str, Mapping[str, float]] = {role: learned([q for q in asked if q.role == role]) for role in ROLES}
    if args.check:
        return check(weights)
    TARGET.write_text(written(weights), encoding="utf-8")
    print(f"{TARGET.name}: {', '.join(f'{role} {len(facts)} facts' for role, facts in weights.items())}")
    return 0


# --- what is learned from


def reports() -> Iterator[tuple[Article, Mapping[str, Any]]]:
    """The reports with their gold, in the order of their names."""
    gold = [json.loads(line) for line in (TRAINING / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    gold += [json.loads(path.read_text(encoding="utf-8")) for path in sorted((SAMPLE / "gold").glob("*.json"))]
    known = {document["doc_id"]: document for document in gold}
    for article in read_inputs([str(TRAINING / "articles.jsonl"), str(SAMPLE / "articles.jsonl")]):
        if isinstance(article, Article) and article.id in known:
            yield article, known[article.id]


def asked_of(article: Article, gold: Mapping[str, Any], pipeline: Pipeline, coder: GrammarCoder) -> Iterator[Question]:
    """Every role that is weighed, of every event that the coder found in one report."""
    codebook, sides = pipeline.knowledge.codebook, coder.chooser.sides
    annotated = pipeline.annotate(pipeline.clean(article))
    scenes = coder.scenes(annotated)
    events, speech = coder.events(scenes, annotated)
    told = [report_json(report, codebook) for report in coder.reports(events, speech, annotated)]
    numbered, company = {s.sentence.number: s for s in scenes}, Company(speakers(annotated.mentions.sources))
    casts = {role: cast_of(events, role) for role in ROLES}
    for number, other, verdicts in news_pairs(gold, told, codebook)[0]:
        event, scene = events[other], numbered.get(events[other].sentence)
        named = named_for(event, numbered, company, sides)
        for role in [role for role in ROLES if weighed(event, role)]:
            found = candidates(event, role, named, elsewhere(casts[role], other), scene, sides)
            wanted = frozenset(gold["events"][number][role]) - {"unknown"}
            right = [fits(c.camp, wanted) for c in found]
            yield Question(
                article.id, event, scene, role, tuple(found),
                tuple(right if any(right) else [not c.camp for c in found]),
                1.0 if any(right) else UNKNOWABLE, wanted, bool(verdicts[role]),
            )  # fmt: skip


def fits(camp: str, wanted: frozenset[str]) -> bool:
    """Whether a camp ("" for nobody) is what the gold names; where it names nobody an unknown party is right as well."""
    if not wanted:
        return camp in ("", "unknown")
    return camp in wanted or (camp in ("regime", "proregime") and not wanted.isdisjoint(("regime", "proregime")))


# --- learning


def learned(asked: Sequence[Question]) -> dict[str, float]:
    """The weights under which the right candidates are likeliest, rounded, by fact."""
    counts = Counter(fact for q in asked for c in q.found for fact in set(c.facts))
    facts = sorted(fact for fact, n in counts.items() if n >= SEEN)
    best = minimised(loss_of(asked, facts), np.zeros(len(facts)))
    return {fact: round(float(w), 2) for fact, w in zip(facts, best, strict=True) if abs(w) >= TINY}


def loss_of(asked: Sequence[Question], facts: Sequence[str]) -> Callable[[Floats], tuple[float, Floats]]:
    """The function of the weights to be made small, with its gradient."""
    index = {fact: n for n, fact in enumerate(facts)}
    rows: list[int] = []
    columns: list[int] = []
    group: list[int] = []
    right: list[bool] = []
    for n, q in enumerate(asked):
        for c, good in zip(q.found, q.right, strict=True):
            held = sorted(index[fact] for fact in set(c.facts) if fact in index)
            columns += held
            rows += [len(group)] * len(held)
            group.append(n)
            right.append(good)
    row, column = np.array(rows), np.array(columns)
    of, good_ones, weight = np.array(group), np.array(right), np.array([q.weight for q in asked])
    first = np.searchsorted(of, np.arange(len(asked)))

    def loss(w: Floats) -> tuple[float, Floats]:
        sums = np.bincount(row, weights=w[column], minlength=len(of))
        powers = np.exp(sums - np.maximum.reduceat(sums, first)[of])
        whole, good = np.add.reduceat(powers, first), np.add.reduceat(powers * good_ones, first)
        missed = (powers / whole[of] - powers * good_ones / good[of]) * weight[of]
        gradient = np.bincount(column, weights=missed[row], minlength=len(w)) + SMALLNESS * w
        value = float((weight * (np.log(whole) - np.log(good))).sum() + 0.5 * SMALLNESS * w @ w)
        return value, gradient

    return loss


def minimised(loss: Callable[[Floats], tuple[float, Floats]], start: Floats) -> Floats:
    """Where a smooth function is smallest, by L-BFGS (Nocedal 1980) with steps halved until they pay."""
    at, (value, gradient) = start, loss(start)
    history: list[tuple[Floats, Floats]] = []
    for _ in range(STEPS):
        way = -_towards(gradient, history)
        step = 1.0 if history else 1.0 / max(1.0, float(np.linalg.norm(gradient)))
        while True:
            there = at + step * way
            new, slope = loss(there)
            if new <= value + 1e-4 * step * float(gradient @ way) or step < 1e-10:
                break
            step /= 2
        moved, turned = there - at, slope - gradient
        if float(moved @ turned) > 1e-12:
            history = [*history, (moved, turned)][-HELD:]
        done = abs(value - new) < 1e-9 * max(1.0, abs(value))
        at, value, gradient = there, new, slope
        if done:
            break
    return at


def _towards(gradient: Floats, history: Sequence[tuple[Floats, Floats]]) -> Floats:
    """The gradient seen through the curvature of the last steps."""
    q, held = gradient.copy(), []
    for moved, turned in reversed(history):
        a = float(moved @ q) / float(moved @ turned)
        q -= a * turned
        held.append(a)
    if history:
        moved, turned = history[-1]
        q *= float(moved @ turned) / float(turned @ turned)
    for (moved, turned), a in zip(history, reversed(held), strict=True):
        q += moved * (a - float(turned @ q) / float(moved @ turned))
    return q


# --- writing and checking


def written(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The knowledge file, facts in alphabetical order."""
    lines = [f"{HEAD}margin: {MARGIN}", "least:", *(f"  {role}: {least}" for role, least in LEAST.items())]
    lines += [f"untied: {UNTIED}", f"nobody: {NOBODY}", "weights:"]
    for role, facts in weights.items():
        lines.append(f"  {role}:")
        lines += [f"    {json.dumps(fact, ensure_ascii=False)}: {weight}" for fact, weight in sorted(facts.items())]
    return "\n".join(lines) + "\n"


def check(weights: Mapping[str, Mapping[str, float]]) -> int:
    """Compare with what is written; exit status 1 when a weight differs by more than two runs on two machines do."""
    held = load_files().get("choice.yaml")["weights"]
    for role, facts in weights.items():
        for fact in sorted(set(facts) | set(held[role])):
            if abs(facts.get(fact, 0.0) - held[role].get(fact, 0.0)) > ALIKE:
                print(f"choice.yaml is out of step ({role}, {fact}): run python tools/train_choice.py.")
                return 1
    print("choice.yaml is in step.")
    return 0


# --- measuring


def measure(asked: Sequence[Question], folds: int, chooser: Chooser) -> int:
    """Print for each role how often the rules and the choice are right on articles that were not learned from."""
    names = sorted({q.article for q in asked})
    for role in ROLES:
        counts: Counter[str] = Counter()
        for fold in range(folds):
            apart = set(names[fold::folds])
            weights = learned([q for q in asked if q.role == role and q.article not in apart])
            trained = replace(chooser, choice=ChoiceKnowledge(MARGIN, LEAST, UNTIED, NOBODY, {role: weights}))
            for q in asked:
                if q.role == role and q.article in apart:
                    counts.update(judged(q, trained))
        total = counts["asked"]
        print(
            f"{role}: of {total} the rules have {counts['rules'] / total:.3f} right, the choice {counts['choice'] / total:.3f}; "
            f"changed {counts['changed']}: mended {counts['mended']}, spoilt {counts['spoilt']}, "
            f"of these named where the gold names nobody {counts['invented']}"
        )
    return 0


def judged(q: Question, chooser: Chooser) -> Iterator[str]:
    """What one question counts as, decided as the coder decides."""
    best = put_in(q.draft, q.role, chances(q.found, chooser.choice.weights[q.role]), q.scene, chooser)
    right = q.rules_right if best is None else fits(best.camp, q.gold)
    yield "asked"
    if q.rules_right:
        yield "rules"
    if right:
        yield "choice"
    if best is not None:
        yield "changed"
        if not right and not q.gold:
            yield "invented"
        if right != q.rules_right:
            yield "mended" if right else "spoilt"


if __name__ == "__main__":
    sys.exit(main())
