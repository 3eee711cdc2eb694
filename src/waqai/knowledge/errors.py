"""The one error of the knowledge files."""


class KnowledgeError(ValueError):
    """A knowledge file is wrong: names the file, the line where it can be told, and what to mend, in one sentence."""

    def __init__(self, where: str, line: int | None, message: str) -> None:
        super().__init__(f"{where}:{line}: {message}" if line else f"{where}: {message}")
