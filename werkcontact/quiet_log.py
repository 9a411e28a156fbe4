"""Art. 16: what the program's log says of an error: which kind and where, and not its text.

A database error quotes the row that was refused, a parser the cell that it could not read: names, in a file that no
article guards.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

_Seen = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Formatter(logging.Formatter):
    """Writes the frames and kinds of an exception and of what caused it."""

    def format(self, record: logging.LogRecord) -> str:
        """Celery puts the exception into its sentence as well."""
        if record.exc_info and record.exc_info[0] and isinstance(record.args, dict) and "exc" in record.args:
            record.args = {**record.args, "exc": record.exc_info[0].__name__, "traceback": ""}
        return super().format(record)

    def formatException(self, ei: _Seen) -> str:  # noqa: N802 - logging's name
        error = ei[1]
        lines: list[str] = []
        while error is not None:
            lines += [*traceback.format_tb(error.__traceback__), type(error).__name__]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(line.rstrip() for line in lines)
