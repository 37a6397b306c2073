"""How Parvis is run: the one-command launcher, the simulators of outside systems, and packaging."""
