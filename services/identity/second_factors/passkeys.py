"""Passkeys (WebAuthn): the two ceremonies, with challenges that we keep and use once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlparse
from uuid import UUID

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from services.identity.second_factors.model import FactorRefused

# what a malformed answer makes the library raise beside its own errors
BROKEN = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True)
class Passkey:
    """A passkey: its id and public key in base64url, and its signature counter."""

    credential_id: str
    public_key: str
    counter: int


@dataclass(frozen=True)
class Challenge:
    """What a browser is asked: `options` for it, `challenge` (base64url) for us."""

    options: Mapping[str, Any]
    challenge: str


class Passkeys:
    """The relying party: the portal at its public address."""

    def __init__(self, public_url: str, name: str) -> None:
        parts = urlparse(public_url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._id = parts.hostname or "localhost"
        self._name = name

    def begin_registration(
        self, account_id: UUID, identifier: str, known: Sequence[str]
    ) -> Challenge:
        """Return what to ask of a browser that makes a passkey."""
        options = webauthn.generate_registration_options(
            rp_id=self._id,
            rp_name=self._name,
            user_id=account_id.bytes,
            user_name=identifier,
            exclude_credentials=_descriptors(known),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.PREFERRED,
            ),
        )
        return _challenge(webauthn.options_to_json(options), options.challenge)

    def finish_registration(self, credential: Mapping[str, Any], challenge: str) -> Passkey:
        """Return the passkey that a browser made, or raise `FactorRefused`."""
        try:
            made = webauthn.verify_registration_response(
                credential=dict(credential),
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._id,
                expected_origin=self._origin,
            )
        except BROKEN:
            raise FactorRefused from None
        return Passkey(
            bytes_to_base64url(made.credential_id),
            bytes_to_base64url(made.credential_public_key),
            made.sign_count,
        )

    def begin_authentication(self, known: Sequence[str]) -> Challenge:
        """Return what to ask of a browser that shows one of these passkeys."""
        options = webauthn.generate_authentication_options(
            rp_id=self._id, allow_credentials=_descriptors(known)
        )
        return _challenge(webauthn.options_to_json(options), options.challenge)

    def finish_authentication(
        self, credential: Mapping[str, Any], challenge: str, passkey: Passkey
    ) -> int:
        """Return the new signature counter, or raise `FactorRefused`.

        A counter that does not grow is a cloned key and is refused (WebAuthn 7.2, step 22).
        """
        try:
            shown = webauthn.verify_authentication_response(
                credential=dict(credential),
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._id,
                expected_origin=self._origin,
                credential_public_key=base64url_to_bytes(passkey.public_key),
                credential_current_sign_count=passkey.counter,
            )
        except BROKEN:
            raise FactorRefused from None
        return shown.new_sign_count


def _descriptors(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known]


def _challenge(options: str, challenge: bytes) -> Challenge:
    return Challenge(json.loads(options), bytes_to_base64url(challenge))
