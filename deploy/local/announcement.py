"""What the operator reads once everything works."""

import json
from collections.abc import Mapping
from pathlib import Path

from deploy.local.settings import Settings, addresses

_OPERATIONS = "-operations"


def announcement(settings: Settings, seconds: float) -> str:
    """Return the addresses and the demo sign-ins; `seconds` is how long the start took."""
    urls = addresses(settings)
    lines = [
        "",
        f"Parvis is ready (in {seconds:.1f} s).",
        "",
        f"  Portal    {urls['portal']}",
        f"  Mailbox   {urls['mailbox']}  (every mail that the portal sends)",
        f"  PayFiP    {urls['dgfip']}  (simulated: no money moves)",
        f"  Identity  {urls['franceconnect']}  (FranceConnect and ProConnect, simulated)",
        *_sign_ins(settings.folder / "demo-sign-ins.json"),
        "",
        *(
            f"  Health    {url}/health  ({name.removesuffix(_OPERATIONS)})"
            for name, url in urls.items()
            if name.endswith(_OPERATIONS)
        ),
        f"  Logs      {settings.folder / 'logs'}",
        "",
        "Ctrl-C stops everything; the data stay. `make reset` forgets them.",
    ]
    return "\n".join(lines)


def _sign_ins(path: Path) -> list[str]:
    """Read what the identity service's seed wrote; nothing when it wrote nothing."""
    try:
        people = json.loads(path.read_text())
        lines = [_sign_in(person) for person in people]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    title = "  Demo sign-ins (identifier, password; staff: key of the one-time codes):"
    return ["", title, *lines] if lines else []


def _sign_in(person: Mapping[str, str]) -> str:
    key = f"  {person['totp_secret']}" if "totp_secret" in person else ""
    return f"    {person['identifier']}  {person['password']}{key}  {person['description']}"
