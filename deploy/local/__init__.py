"""One-command launcher: databases, services, gateway and mailbox on one machine.

What it does for its operator is told in docs/operations/local.md.
"""
