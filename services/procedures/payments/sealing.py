"""What a payment keeps of its payer, sealed with the payer's own key (DAT-05); secret tokens."""

import base64
import hashlib
import hmac
from uuid import UUID

from chassis.keyring import DataKey, Keyring
from services.procedures.payments.model import Payer, PaymentNotFound

EMAIL = "payer-email"
LOOK_UP = "payment-look-up"
ACKNOWLEDGEMENT = "payment-acknowledgement"
TOKEN_BYTES = 20


class PayerSeal:
    """Makes, opens and uses the data key of each payer."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def new_key(self, payer_id: UUID) -> bytes:
        """Return a new wrapped key for a payer."""
        return self._keyring.new_wrapped_key(f"payer:{payer_id}")

    def key(self, payer: Payer) -> DataKey:
        """Return the usable key of a payer; raise `PaymentNotFound` once it is erased."""
        if payer.wrapped_key is None:
            raise PaymentNotFound
        return self._keyring.unwrap(payer.wrapped_key, f"payer:{payer.id}")

    def seal_email(self, payer_id: UUID, wrapped: bytes, email: str) -> bytes:
        """Seal the address of a new payer."""
        return self._keyring.unwrap(wrapped, f"payer:{payer_id}").seal(email.encode(), EMAIL)

    def email(self, payer: Payer) -> str:
        """Return the payer's address."""
        return self.key(payer).open(payer.sealed_email, EMAIL).decode()


class ReturnTokens:
    """The secret in an attempt's address of return, 160 bits.

    Derived from the service's key, so that the same page can be led to again though only the
    token's hash is stored.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def token(self, attempt_id: UUID) -> str:
        """Return the token of an attempt."""
        content = b"payment-return:" + attempt_id.bytes
        digest = hmac.new(self._key, content, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")
