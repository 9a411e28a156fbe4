"""Art. 5.1: how much a delivery may hold, and the one way in which a file is refused as a whole."""

from __future__ import annotations

MAX_BYTES = 10 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 32_767  # characters; more than a spreadsheet itself can hold in a cell


class Unreadable(Exception):  # noqa: N818 - it says of a file what it is
    """A file cannot be read at all. `code` as in the list of wording.py, `params` for its sentence."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
