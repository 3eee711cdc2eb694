"""Load the knowledge files as the program does and say in one line whether they are right.

python tools/check_knowledge.py       exit status 1 when a file is wrong; the line names the file and the line in it
"""

import sys

from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.exports import load_exports
from waqai.knowledge.files import load_files
from waqai.knowledge.load import load_knowledge
from waqai.knowledge.redaction import load_redaction


def main() -> int:
    """Load everything; the exit status."""
    try:
        files = load_files()
        load_knowledge(files)
        load_exports(files)
        load_redaction(files)
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(files.content)} knowledge files are right.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
