"""What the DGFiP is asked for, from an attempt."""

from dataclasses import dataclass

from services.procedures.payments.model import Attempt, Mode
from services.procedures.payments.payfip import PaymentOrder
from services.procedures.payments.sealing import ReturnTokens
from services.procedures.payments.tipi import FormOrder, amount_text, page_address


@dataclass(frozen=True)
class Ordering:
    """Builds orders; `public_url` is the portal's own address, `provider_url` the DGFiP's."""

    public_url: str
    provider_url: str
    tokens: ReturnTokens

    def return_address(self, attempt: Attempt) -> str:
        """Return where the payer's browser comes back to."""
        return f"{self.public_url.rstrip('/')}/paiements/retour/{self.tokens.token(attempt.id)}"

    def payment_order(self, attempt: Attempt, email: str) -> PaymentOrder:
        """Return the order of the web service."""
        return PaymentOrder(
            exer=attempt.bill.exer,
            mel=email,
            montant=amount_text(attempt.amount_cents),
            numcli=attempt.numcli,
            objet=attempt.objet,
            refdet=attempt.bill.refdet,
            saisie=attempt.saisie,
            urlnotif=f"{self.public_url.rstrip('/')}/paiements/notifications",
            urlredirect=self.return_address(attempt),
        )

    def form_address(self, attempt: Attempt, email: str) -> str:
        """Return the address of the page in form mode."""
        if attempt.mode is not Mode.FORM:
            raise ValueError("not an attempt of form mode")
        order = FormOrder(
            numcli=attempt.numcli,
            exer=attempt.bill.exer,
            refdet=attempt.bill.refdet,
            objet=attempt.objet,
            montant=amount_text(attempt.amount_cents),
            mel=email,
            urlcl=self.return_address(attempt),
            saisie=attempt.saisie,
        )
        return page_address(self.provider_url, order)
