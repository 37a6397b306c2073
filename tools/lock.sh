#!/bin/sh
# Lock the newest versions that pyproject.toml allows, for Python 3.11 and later, in $2.
# uv lives in its own environment beside the packages of $1, so that it is not one of them.
# Further words go to uv: `make lock ARGS="--upgrade"` takes newer versions.
set -eu
environment=$1
lock=$2
shift 2
tool=$environment/uv
[ -x "$tool/bin/uv" ] || {
    "$environment/bin/python" -m venv "$tool"
    "$tool/bin/pip" install --quiet --disable-pip-version-check uv
}
"$tool/bin/uv" pip compile pyproject.toml --extra local --extra traces --extra dev --universal \
    --python-version 3.11 --generate-hashes --no-emit-index-url --output-file "$lock" \
    --custom-compile-command "make lock" --quiet "$@"
