"""`scc rules`."""


def rules() -> None:
    """To come."""
