"""The legal service's signed receipt for the acceptance of the terms (LEG-02)."""

from uuid import UUID

from chassis.caller import SignatureChecker
from chassis.errors import NotAuthenticated
from services.procedures.requests.model import Terms, TermsNotAccepted

ISSUER = "legal"


class TermsReceipts:
    """Checks receipts with the legal service's public key: filing needs no call to legal."""

    def __init__(self, checker: SignatureChecker) -> None:
        self._checker = checker

    def read(self, receipt: str, request_id: UUID) -> Terms:
        """Return what was accepted for this very request, or raise `TermsNotAccepted`."""
        try:
            claims = self._checker.claims(receipt, "acceptance")
        except NotAuthenticated:
            raise TermsNotAccepted("The receipt is not valid.") from None
        if claims.get("iss") != ISSUER or claims.get("sub") != str(request_id):
            raise TermsNotAccepted("The receipt is for something else.")
        return Terms(
            document=str(claims["document"]),
            version=int(claims["version"]),
            content_hash=str(claims["content_hash"]),
            acceptance_id=str(claims["acceptance_id"]),
            accepted_at=str(claims["accepted_at"]),
        )
