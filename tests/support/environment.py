"""The environment variables that a process of the portal starts with in a test."""

from base64 import urlsafe_b64encode
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
# nowhere: a test that sends mail or calls a service gives its own address
NOWHERE = "127.0.0.1:9"
_KEY = urlsafe_b64encode(b"a key of 32 bytes for the tests!").decode()


def service_environment(
    service: str, keys: Path, *, database_url: str, redis_url: str, **more: str
) -> dict[str, str]:
    """Return the PARVIS_ variables of a service (or gateway); `more` adds to or replaces them.

    `keys` is the folder of the fixture `service_keys`. Ports are 0: the system chooses.
    """
    return {
        "PARVIS_ENVIRONMENT": "test",
        "PARVIS_HOST": "127.0.0.1",
        "PARVIS_PORT": "0",
        "PARVIS_OPERATIONS_PORT": "0",
        "PARVIS_PRIVATE_KEY_FILE": str(keys / f"{service}.pem"),
        "PARVIS_PUBLIC_KEYS_FOLDER": str(keys / "public"),
        "PARVIS_DATABASE_URL": database_url,
        "PARVIS_REDIS_URL": redis_url,
        "PARVIS_PUBLIC_URL": "http://127.0.0.1:8000",
        "PARVIS_BLOBS_URL": (keys.parent / "blobs").as_uri(),
        "PARVIS_ERASURES_URL": (keys.parent / "erasures").as_uri(),
        "PARVIS_MASTER_KEY": _KEY,
        "PARVIS_TRACKING_KEY": _KEY,
        "PARVIS_SMTP_URL": f"smtp://{NOWHERE}",
        "PARVIS_MAIL_FROM": "ne-pas-repondre@parvis.example",
        **more,
    }
