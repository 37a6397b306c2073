"""A stand-in for the DGFiP’s payment page (TIPI and PayFiP): no money, no card, one protocol."""
