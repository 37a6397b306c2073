"""Entry of `python -m deploy.local`: checks Python and its packages before importing any."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it is run with whatever Python there is
    print("Parvis needs Python 3.11 or later; this is Python", sys.version.split()[0])
    sys.exit(2)

from deploy.local.packages import missing_packages

if missing := missing_packages():
    print(f"Missing Python packages: {', '.join(missing)}.", file=sys.stderr)
    print("Install the locked ones: make env", file=sys.stderr)
    sys.exit(2)

from deploy.local.cli import main

sys.exit(main(sys.argv[1:]))
