"""`python -m waqai` is `waqai`."""

import sys

from waqai.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
