"""What was learned of who fills a role: how much each fact about a candidate weighs. Made by tools/train_choice.py."""

from collections.abc import Mapping
from dataclasses import dataclass

from waqai.knowledge.files import KnowledgeFiles, need


@dataclass(frozen=True, slots=True)
class ChoiceKnowledge:
    """The weights of facts by role ("actor1", "actor2"); by how much (0 to 1) somebody must be likelier than those whom the
    rules name to stand in their place (`margin`), and how likely he must be at `least` in a role, 0 to 1, to be named: as who
    did it `untied` where the words do not tie him to the deed. `nobody`: how likely that nobody is meant takes out a doer
    whom the rules only understood."""

    margin: float
    least: Mapping[str, float]
    untied: float
    nobody: float
    weights: Mapping[str, Mapping[str, float]]


def load_choice(files: KnowledgeFiles) -> ChoiceKnowledge:
    """The weights; KnowledgeError when one is no number, or a chance none between 0 and 1."""
    name = "choice.yaml"
    content = files.get(name)
    need(files, name, content, ("margin", "least", "untied", "nobody", "weights"))
    single = [(label, content[label]) for label in ("margin", "untied", "nobody")]
    for label, chance in (*single, *content["least"].items()):
        if not isinstance(chance, int | float) or not 0 <= chance <= 1:
            raise files.error(name, f"{label}:", f"{label} must be a number between 0 and 1.")
    for role, facts in content["weights"].items():
        if role not in content["least"]:
            raise files.error(name, "least:", f"least must say how likely somebody must be as {role!r}.")
        for fact, weight in facts.items():
            if not isinstance(weight, int | float):
                raise files.error(name, fact, f"the weight of {fact!r} must be a number.")
    numbers = {label: float(number) for label, number in single}
    return ChoiceKnowledge(least=content["least"], weights=content["weights"], **numbers)
