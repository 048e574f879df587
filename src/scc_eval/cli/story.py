"""`scc story`."""


def story() -> None:
    """To come."""
