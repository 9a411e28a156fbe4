"""Art. 5.2, 6.1, 7.6: the states of a dossier, a document, a work note, a hold and a destruction list.

One enum and one table per aggregate. A table says from which state which act, in whose hands, leads to which; what
is not in it does not happen. The gate says who may act at all; here stands what the act does to the state.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkcontact.refused import Refused

S = TypeVar("S", bound=str)

ANYONE = ("*",)
"""Everybody whom the gate lets through."""
GUIDES = ("assigned", "lead")
"""The columns of the access matrix who work in a running dossier."""
SYSTEM = ("system",)
"""Jobs, as the system actor."""


@dataclass(frozen=True)
class Step(Generic[S]):
    """One row of a table: from `start` (None: it is made here), `act` by one of `roles` leads to `to`.

    `choice` tells apart what one act can decide, such as to approve or to send back.
    """

    start: S | None
    act: str
    roles: tuple[str, ...]
    to: S
    choice: str = ""


def next_state(table: Sequence[Step[S]], start: S | None, act: str, roles: Collection[str], choice: str = "") -> S:
    """Return the state that follows; `roles` are columns of the access matrix that hold for the actor.

    Raises Refused("transitions.not_from_here") when the table has no such row.
    """
    for step in table:
        if (step.start, step.act, step.choice) == (start, act, choice) and _held(step.roles, roles):
            return step.to
    raise Refused("transitions.not_from_here", "5.2", _("This cannot be done any more, or not yet. Look at it anew."))


def _held(wanted: tuple[str, ...], roles: Collection[str]) -> bool:
    return wanted == ANYONE or any(role in wanted for role in roles)


class DossierState(models.TextChoices):
    """Where a dossier stands; what is destroyed has no row."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("in the archive")
    DESTROYING = "destroying", _("being destroyed")


DOSSIER = (
    Step(None, "registration.create", ANYONE, DossierState.OPEN),
    Step(None, "delivery.apply", ANYONE, DossierState.OPEN),
    Step(DossierState.OPEN, "closure.close", GUIDES, DossierState.CLOSED),
    Step(DossierState.CLOSED, "closure.undo", ("directie",), DossierState.OPEN),
    Step(DossierState.CLOSED, "destruction.execute", SYSTEM, DossierState.DESTROYING),
)


class DocumentState(models.TextChoices):
    """Where a document stands. A dropped draft keeps its row, its keys are gone; an erased document has no row."""

    DRAFT = "draft", _("draft")
    FINAL = "final", _("final")
    DROPPED = "dropped", _("dropped")
    ERASING = "erasing", _("being erased")


DOCUMENT = (
    Step(None, "document.add", GUIDES, DocumentState.FINAL),
    Step(None, "notice.send", ANYONE, DocumentState.FINAL),
    Step(None, "consent.record", GUIDES, DocumentState.FINAL),
    Step(None, "correction.apply", ("requests", "archivist", "disputes"), DocumentState.FINAL),
    Step(None, "closure.close", GUIDES, DocumentState.FINAL),
    Step(None, "report.write", GUIDES, DocumentState.DRAFT),
    Step(DocumentState.DRAFT, "report.write", GUIDES, DocumentState.DRAFT),
    Step(DocumentState.DRAFT, "report.write", GUIDES, DocumentState.DROPPED, "drop"),
    Step(DocumentState.DRAFT, "report.finalise", GUIDES, DocumentState.FINAL),
    Step(DocumentState.FINAL, "document.revise", GUIDES, DocumentState.FINAL),
    Step(
        DocumentState.FINAL,
        "correction.apply",
        ("requests", "archivist", "disputes"),
        DocumentState.FINAL,
        "rectify",
    ),
    Step(
        DocumentState.FINAL,
        "correction.apply",
        ("requests", "archivist", "disputes"),
        DocumentState.ERASING,
        "erase",
    ),
)


class WorkNoteState(models.TextChoices):
    """Where a work note stands; only an open one still has its text."""

    OPEN = "open", _("open")
    DROPPED = "dropped", _("dropped")
    CONVERTED = "converted", _("made a contact report")


AUTHORS = ("assigned", "formerly", "lead")
WORK_NOTE = (
    Step(None, "work_note.write", GUIDES, WorkNoteState.OPEN),
    Step(WorkNoteState.OPEN, "work_note.drop", AUTHORS, WorkNoteState.DROPPED),
    Step(WorkNoteState.OPEN, "work_note.drop", AUTHORS, WorkNoteState.CONVERTED, "convert"),
    Step(WorkNoteState.OPEN, "work_note.expire", SYSTEM, WorkNoteState.DROPPED),
)


class HoldState(models.TextChoices):
    """Where a hold stands. A proposed one holds as well: what is destroyed cannot be decided upon any more."""

    PROPOSED = "proposed", _("waits for a second person")
    IN_FORCE = "in_force", _("in force")
    REFUSED = "refused", _("refused")
    RELEASED = "released", _("released")


DECIDERS = ("archivist", "disputes", "directie")
HOLD = (
    Step(None, "hold.place", ANYONE, HoldState.PROPOSED),
    # pushed by an open request, complaint, restriction or breach, in the transaction of that act
    Step(None, "hold.place", ANYONE, HoldState.IN_FORCE, "pushed"),
    Step(HoldState.PROPOSED, "hold.decide", DECIDERS, HoldState.IN_FORCE, "approve"),
    Step(HoldState.PROPOSED, "hold.decide", DECIDERS, HoldState.REFUSED, "refuse"),
    Step(HoldState.IN_FORCE, "hold.release", DECIDERS, HoldState.RELEASED),
    Step(HoldState.IN_FORCE, "hold.release", ANYONE, HoldState.RELEASED, "pushed"),
)


class ListState(models.TextChoices):
    """Where a destruction list stands."""

    PROPOSED = "proposed", _("to be checked")
    FROZEN = "frozen", _("waits for management")
    APPROVED = "approved", _("approved")
    EXECUTING = "executing", _("being carried out")
    DONE = "done", _("carried out")


DESTRUCTION_LIST = (
    Step(None, "destruction.propose", SYSTEM, ListState.PROPOSED),
    Step(ListState.PROPOSED, "destruction.check", ("archivist",), ListState.FROZEN, "freeze"),
    Step(ListState.FROZEN, "destruction.check", ("archivist",), ListState.PROPOSED, "thaw"),
    Step(ListState.FROZEN, "destruction.approve", ("directie",), ListState.APPROVED, "approve"),
    Step(ListState.FROZEN, "destruction.approve", ("directie",), ListState.PROPOSED, "send_back"),
    Step(ListState.APPROVED, "destruction.execute", SYSTEM, ListState.EXECUTING),
    Step(ListState.EXECUTING, "destruction.execute", SYSTEM, ListState.DONE, "finish"),
)


class ItemPhase(models.TextChoices):
    """How far one dossier of a list has come. From `executing` on there is no way back."""

    PROPOSED = "proposed", _("to be checked")
    CHECKED = "checked", _("checked")
    KEPT = "kept", _("kept: a hold")
    EXECUTING = "executing", _("begun")
    KEYS_GONE = "keys_gone", _("keys gone")
    FILES_GONE = "files_gone", _("files gone")
    DONE = "done", _("destroyed")


DESTRUCTION_ITEM = (
    Step(None, "destruction.propose", SYSTEM, ItemPhase.PROPOSED),
    Step(ItemPhase.PROPOSED, "destruction.check", ("archivist",), ItemPhase.CHECKED, "destroy"),
    Step(ItemPhase.PROPOSED, "destruction.check", ("archivist",), ItemPhase.KEPT, "keep"),
    Step(ItemPhase.CHECKED, "destruction.check", ("archivist",), ItemPhase.KEPT, "keep"),
    Step(ItemPhase.KEPT, "destruction.check", ("archivist",), ItemPhase.CHECKED, "destroy"),
    Step(ItemPhase.CHECKED, "destruction.execute", SYSTEM, ItemPhase.KEPT, "held"),
    Step(ItemPhase.CHECKED, "destruction.execute", SYSTEM, ItemPhase.EXECUTING),
    Step(ItemPhase.EXECUTING, "destruction.execute", SYSTEM, ItemPhase.KEYS_GONE),
    Step(ItemPhase.KEYS_GONE, "destruction.execute", SYSTEM, ItemPhase.FILES_GONE),
    Step(ItemPhase.FILES_GONE, "destruction.execute", SYSTEM, ItemPhase.DONE),
)
