"""What the operator may set: the folder, the ports, and servers to use instead of our own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.errors import LocalError
from deploy.local.ports import HOST, NAME, free_ports

REPOSITORY = Path(__file__).resolve().parents[2]

# name of the port -> what it is by default; its setting is PARVIS_PORT_<NAME>
PORTS: Mapping[str, int] = {
    "gateway": 8000,
    "legal": 8001,
    "identity": 8002,
    "procedures": 8003,
    "mailbox": 8025,
    "dgfip": 8026,
    "partner": 8027,
    "franceconnect": 8028,
    "smtp": 1025,
    "postgres": 8432,
    "redis": 8379,
    "gateway-operations": 9000,
    "legal-operations": 9001,
    "identity-operations": 9002,
    "procedures-operations": 9003,
    "procedures-worker-operations": 9004,
    "legal-worker-operations": 9005,
    "identity-worker-operations": 9006,
}


@dataclass(frozen=True)
class Settings:
    """Where the stack lives; `database_url` and `redis_url` replace the embedded servers."""

    folder: Path
    ports: Mapping[str, int]
    database_url: str | None = field(default=None, repr=False)
    redis_url: str | None = field(default=None, repr=False)
    verbose: bool = False

    def needed_ports(self) -> dict[str, int]:
        """Return the ports that our own processes listen on."""
        replaced = {"postgres": self.database_url, "redis": self.redis_url}
        return {name: port for name, port in self.ports.items() if not replaced.get(name)}


def on_free_ports(folder: Path) -> Settings:
    """Return settings for a stack of its own in `folder`, beside any other (for tests)."""
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    return Settings(folder=folder.resolve(), ports=ports)


def read_settings(
    environment: Mapping[str, str], port_offset: int = 0, *, verbose: bool = False
) -> Settings:
    """Read the variables named in docs/operations/local.md; LocalError tells every fault."""
    ports = {name: _port(name, environment, port_offset) for name in PORTS}
    _check_ports(ports)
    return Settings(
        folder=local_folder(environment),
        ports=ports,
        database_url=environment.get("PARVIS_LOCAL_DATABASE_URL") or None,
        redis_url=environment.get("PARVIS_LOCAL_REDIS_URL") or None,
        verbose=verbose,
    )


def local_folder(environment: Mapping[str, str]) -> Path:
    """Return where everything local is kept: PARVIS_LOCAL_FOLDER or .parvis in the repository."""
    return Path(environment.get("PARVIS_LOCAL_FOLDER") or REPOSITORY / ".parvis").resolve()


def addresses(settings: Settings) -> dict[str, str]:
    """Return the address of each port by its name, and what browsers open as "portal"."""
    schemes = {"smtp": "smtp", "postgres": "postgresql", "redis": "redis"}
    urls = {
        name: f"{schemes.get(name, 'http')}://{HOST}:{port}"
        for name, port in settings.ports.items()
    }
    return {"portal": portal_address(settings), **urls}


def portal_address(settings: Settings) -> str:
    """Return what browsers open: the portal's public address."""
    return f"http://{NAME}:{settings.ports['gateway']}"


def port_setting(name: str) -> str:
    """Return the environment variable that sets the port `name`."""
    return f"PARVIS_PORT_{name.upper().replace('-', '_')}"


def _port(name: str, environment: Mapping[str, str], offset: int) -> int:
    text = environment.get(port_setting(name)) or str(PORTS[name])
    return int(text) + offset if text.isascii() and text.isdigit() else -1


def _check_ports(ports: Mapping[str, int]) -> None:
    faults = [
        f"{port_setting(name)} (with --port-offset) must be a number from 1 to 65535."
        for name, port in ports.items()
        if not 1 <= port <= 65535
    ]
    names: dict[int, str] = {}
    for name, port in ports.items():
        if port > 0 and names.setdefault(port, name) != name:
            faults.append(f"{port_setting(name)} and {port_setting(names[port])} are both {port}.")
    if faults:
        raise LocalError("\n".join(faults))
