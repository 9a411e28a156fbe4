"""Art. 16, NEN 7513: what one response will have in the log, filled while it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Draft:
    """The row of one response; `written` once the act has written it in its own transaction.

    `entered` says that the gate has let something through: without it no screen answers. `ties` are what was found of
    this person's ties while this response is made, `cases` which running requests are a purpose for which scope; an act
    has a draft of its own and asks anew.
    """

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
    ties: dict[UUID, frozenset[str]] = field(default_factory=dict, compare=False)
    cases: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    def follow(self, deed: Draft, *, written: bool) -> None:
        """Take over what an act wrote, or what it was about when it was refused or broke off."""
        self.act, self.kind, self.purpose, self.ground = deed.act, deed.kind, deed.purpose, deed.ground
        self.subjects |= deed.subjects
        self.entered |= deed.entered
        self.written |= written
