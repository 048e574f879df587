"""`scc init`."""


def init() -> None:
    """To come."""
