"""Paying a bill or a fee on the DGFiP's page, and coming back from it."""
