"""Words of quiet subjects: an article full of them is about sport, a court or the weather, however warlike its verbs."""

from dataclasses import dataclass

from waqai.arabic.phrases import PhraseTable
from waqai.knowledge.files import KnowledgeFiles, need


@dataclass(frozen=True, slots=True)
class QuietKnowledge:
    """Words with their subject ("conflict" for those that speak against quiet), and the weight from which a subject is believed."""

    words: PhraseTable[str]
    threshold: int


def load_quiet(files: KnowledgeFiles) -> QuietKnowledge:
    """The quiet subjects; KnowledgeError when a word stands under two of them."""
    name = "quiet.yaml"
    content = files.get(name)
    need(files, name, content, ("threshold", "subjects"))
    seen: dict[str, str] = {}
    for subject, words in content["subjects"].items():
        for word in words:
            if word in seen:
                raise files.error(name, word, f"{word!r} stands under {seen[word]} and under {subject}.")
            seen[word] = subject
    return QuietKnowledge(PhraseTable(seen.items()), int(content["threshold"]))
