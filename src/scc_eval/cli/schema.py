"""`scc schema`."""


def schema() -> None:
    """To come."""
