"""Payments on the DGFiP’s page: debts, attempts, credits, reconciliation (PAY-01 to PAY-04)."""
