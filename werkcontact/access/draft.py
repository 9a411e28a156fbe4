"""Art. 16, NEN 7513: what one response will have in the log, filled while it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Draft:
    """The row of one response; `written` once the act has written it in its own transaction."""

    act: str = ""
    kind: str = ""
    outcome: str = ""
    purpose: str = ""
    ground: str = ""
    subjects: set[UUID] = field(default_factory=set)
    reason_id: UUID | None = None
    reason_hash: bytes | None = None
    entered: bool = False
    written: bool = False
