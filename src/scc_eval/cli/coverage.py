"""`scc coverage`."""


def coverage() -> None:
    """To come."""
