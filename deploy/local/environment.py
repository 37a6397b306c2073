"""The environment variables that each process of a local stack starts with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deploy.local.databases import address
from deploy.local.ports import HOST
from deploy.local.settings import Settings, portal_address

SERVICES = ("legal", "identity", "procedures")


@dataclass(frozen=True)
class Surroundings:
    """What the processes are built from; `database_url` is the administrator's."""

    settings: Settings
    secrets: Mapping[str, str] = field(repr=False)
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)

    def url(self, port_name: str) -> str:
        """Return the address of a process of this stack."""
        return f"http://{HOST}:{self.settings.ports[port_name]}"


def service_environment(around: Surroundings, service: str) -> dict[str, str]:
    """Return what every process of a service reads: its own database and secrets, mail, the others.

    Each service has keys of its own: reading one database and its key opens no other.
    """
    database = f"parvis_{service}"
    return {
        **_shared(around, service),
        "PARVIS_DATABASE_URL": address(around.database_url, database, around.secrets[database]),
        "PARVIS_SMTP_URL": f"smtp://{HOST}:{around.settings.ports['smtp']}",
        "PARVIS_MAIL_FROM": "ne-pas-repondre@parvis.example",
        **_own(around).get(service, {}),
    }


def gateway_environment(around: Surroundings) -> dict[str, str]:
    """Return what the gateway reads."""
    return {
        **_shared(around, "gateway"),
        "PARVIS_SESSION_KEY": around.secrets["session_key"],
        "PARVIS_FRANCECONNECT_ISSUER": f"{around.url('franceconnect')}/api/v2",
        "PARVIS_PROCONNECT_ISSUER": f"{around.url('franceconnect')}/proconnect/api/v2",
        **_openid_client(around),
    }


def mailbox_environment(around: Surroundings) -> dict[str, str]:
    """Return what the mailbox reads."""
    ports = around.settings.ports
    return {
        "PARVIS_HOST": HOST,
        "PARVIS_PORT": str(ports["mailbox"]),
        "PARVIS_SMTP_PORT": str(ports["smtp"]),
        "PARVIS_MAILBOX_FOLDER": str(around.settings.folder / "mailbox"),
    }


def simulator_environment(around: Surroundings, name: str) -> dict[str, str]:
    """Return what a simulated partner reads."""
    listens = {"PARVIS_HOST": HOST, "PARVIS_PORT": str(around.settings.ports[name])}
    if name != "franceconnect":
        return listens
    public_url = portal_address(around.settings)
    return {**listens, "PARVIS_PUBLIC_URL": public_url, **_openid_client(around)}


def _openid_client(around: Surroundings) -> dict[str, str]:
    """Return how the portal is known by the identity providers, for both sides."""
    return {
        "PARVIS_FRANCECONNECT_CLIENT_ID": "parvis-local",
        "PARVIS_FRANCECONNECT_CLIENT_SECRET": around.secrets["franceconnect_secret"],
        "PARVIS_PROCONNECT_CLIENT_ID": "parvis-local-agents",
        "PARVIS_PROCONNECT_CLIENT_SECRET": around.secrets["proconnect_secret"],
    }


def listening(around: Surroundings, name: str) -> dict[str, str]:
    """Return the ports of a process; one without a port of its own serves its operators only."""
    ports = around.settings.ports
    own = {"PARVIS_PORT": str(ports[name])} if name in ports else {}
    return {**own, "PARVIS_OPERATIONS_PORT": str(ports[f"{name}-operations"])}


def _own(around: Surroundings) -> dict[str, dict[str, str]]:
    folder, secrets = around.settings.folder, around.secrets
    return {
        "identity": {
            "PARVIS_MASTER_KEY": secrets["identity_key"],
            "PARVIS_ERASURES_URL": (folder / "erasures").as_uri(),
            "PARVIS_DEMO_SIGN_INS_FILE": str(folder / "demo-sign-ins.json"),
        },
        "legal": {"PARVIS_MASTER_KEY": secrets["legal_key"]},
        "procedures": {
            "PARVIS_BLOBS_URL": (folder / "blobs").as_uri(),
            "PARVIS_MASTER_KEY": secrets["master_key"],
            "PARVIS_TRACKING_KEY": secrets["tracking_key"],
            "PARVIS_PAYFIP_URL": around.url("dgfip"),
            "PARVIS_PARTNER_URL": f"{around.url('partner')}/",
        },
    }


def _shared(around: Surroundings, signer: str) -> dict[str, str]:
    keys = around.settings.folder / "keys"
    return {
        "PARVIS_ENVIRONMENT": "local",
        "PARVIS_HOST": HOST,
        "PARVIS_LOG_FORMAT": "console",
        "PARVIS_PRIVATE_KEY_FILE": str(keys / f"{signer}.pem"),
        "PARVIS_PUBLIC_KEYS_FOLDER": str(keys / "public"),
        "PARVIS_REDIS_URL": around.redis_url,
        "PARVIS_PUBLIC_URL": portal_address(around.settings),
        **{f"PARVIS_{service.upper()}_URL": around.url(service) for service in SERVICES},
    }
