"""An authenticator in a few lines: what a browser and a security key do together (WebAuthn 2)."""

import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

ORIGIN = "http://127.0.0.1:8000"
PRESENT_VERIFIED = 0x05
WITH_CREDENTIAL = 0x40


class Authenticator:
    """One ES256 passkey."""

    def __init__(self, origin: str = ORIGIN) -> None:
        self.origin = origin
        self.id = os.urandom(16)
        self.counter = 0
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Answer navigator.credentials.create()."""
        client = self._client("webauthn.create", options["challenge"])
        data = self._data(options["rp"]["id"], WITH_CREDENTIAL) + self._attested()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential(
            {
                "clientDataJSON": bytes_to_base64url(client),
                "attestationObject": bytes_to_base64url(attestation),
            }
        )

    def show(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Answer navigator.credentials.get()."""
        self.counter += 1
        client = self._client("webauthn.get", options["challenge"])
        data = self._data(options["rpId"], 0)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._credential(
            {
                "clientDataJSON": bytes_to_base64url(client),
                "authenticatorData": bytes_to_base64url(data),
                "signature": bytes_to_base64url(signature),
            }
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, rp_id: str, flags: int) -> bytes:
        digest = hashlib.sha256(rp_id.encode()).digest()
        return digest + bytes([PRESENT_VERIFIED | flags]) + self.counter.to_bytes(4, "big")

    def _attested(self) -> bytes:
        numbers = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big")}
        key[-3] = numbers.y.to_bytes(32, "big")
        return bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(key)

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        name = bytes_to_base64url(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response}
