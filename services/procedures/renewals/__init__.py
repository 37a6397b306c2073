"""Terms of use accepted again in the middle of a form (LEG-02, LEG-03)."""
