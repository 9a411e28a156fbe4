"""Art. 6.2, 6.3, 7.6, 9: what the gate must know of the records of a dossier; a work note is its author's alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db.models import Q

from clients.access import of_involvement
from clients.access import state_of as state_of_involvement
from clients.models import Involvement
from dossiers.models import (
    ConsentForm,
    ContactReport,
    Disclosure,
    Document,
    DocumentVersion,
    Dossier,
    WorkNote,
)
from dossiers.transitions import DossierState
from werkcontact.access.actor import Actor
from werkcontact.access.records import Subject, register
from werkcontact.access.verdicts import State

_CLIENT = ("involvement__client", "involvement__principal", "involvement__registration")


def state_of(involvement: Involvement) -> State:
    """Where its dossier stands: closed is the archive's, what is being destroyed is gone for everybody."""
    dossier: Dossier = involvement.dossier
    if dossier.state == DossierState.DESTROYING:
        return "destroyed"
    return "archived" if dossier.state == DossierState.CLOSED else state_of_involvement(involvement)


def of_dossier(path: str) -> Subject:
    """A record of one dossier; `path` leads to it ("" for itself)."""
    step = f"{path}__" if path else ""
    related = tuple(f"{step}{each}" for each in _CLIENT)
    return of_involvement(f"{step}involvement", state_of, Q(**{f"{step}state": DossierState.OPEN}), related=related)


def _authors_own(everyones: Callable[[Actor, str], Q]) -> Callable[[Actor, str], Q]:
    """Lists show nobody another's notes; one's own can be dropped after the assignment has ended, not read."""

    def visible(actor: Actor, act: str) -> Q:
        mine = Q(author_id=actor.id)
        if act == "work_note.drop" and actor.declared:
            return mine & Q(dossier__state=DossierState.OPEN)
        return mine & everyones(actor, act)

    return visible


_note = of_dossier("dossier")
register(Dossier, of_dossier(""))
register(Document, of_dossier("dossier"))
register(DocumentVersion, of_dossier("document__dossier"))
register(ContactReport, of_dossier("document__dossier"))
register(ConsentForm, of_dossier("dossier"))
register(Disclosure, of_dossier("dossier"))
register(WorkNote, replace(_note, visible=_authors_own(_note.visible)))
