"""`scc explain`."""


def explain() -> None:
    """To come."""
