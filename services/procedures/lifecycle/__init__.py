"""The life of a request after its filing: states, who may change them, each step."""
