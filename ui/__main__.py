"""`python -m ui` is the same as `depeche ui`."""

import sys

from translate.cli.main import main

if __name__ == "__main__":
    main(["ui", *sys.argv[1:]])
