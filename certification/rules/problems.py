"""What can be wrong with a pack."""


class PackError(ValueError):
    """`file` and `path` say where, `what` says why."""

    def __init__(self, file: str, path: str, what: str) -> None:
        super().__init__(f"{file}: {path + ': ' if path else ''}{what}")
        self.file = file
        self.path = path
        self.what = what
