"""Run every static check, all of them even when one fails, and say at the end which failed."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(sys.executable).parent
FOLDERS = ("chassis", "authority", "gateway", "services", "deploy", "tests", "tools")
PYTHON = sys.executable

# what is checked -> the command
CHECKS: dict[str, list[str]] = {
    "style": [PYTHON, "-m", "ruff", "check", "--quiet", *FOLDERS],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", *FOLDERS],
    "sizes": [PYTHON, "tools/check_sizes.py"],
    "layout": [PYTHON, "tools/check_layout.py"],
    "imports": [str(PROGRAMS / "lint-imports"), "--no-logo", "--no-cache"],
    "types": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "procedures": [PYTHON, "-m", "services.procedures", "check"],
    "messages": [PYTHON, "tools/messages.py", "check"],
    "api descriptions": [PYTHON, "tools/openapi.py", "check"],
}


def main() -> int:
    """Run the checks in order; the exit code is 1 when one of them failed."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    if failed:
        print(f"make lint: failed: {', '.join(failed)}.")
        return 1
    print("make lint: all is well.")
    return 0


def _passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - began
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:<18} {verdict} ({seconds:.1f} s)", flush=True)
    if done.returncode != 0:
        print((done.stdout + done.stderr).strip(), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
