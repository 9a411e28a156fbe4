"""Art. 9, 18: what the gate must know of each kind of record, told by the app that owns it; and lists of them.

`register(Model, Subject(...))` stands in the app's `access.py`. Most records hang on one involvement and need only
its path; whoever cannot be reached that way brings functions of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from werkcontact.access.decide import Facts, answer, columns
from werkcontact.access.verdicts import State

if TYPE_CHECKING:
    from werkcontact.access.actor import Actor

M = TypeVar("M", bound=models.Model)

GRANTED = ("assigned", "lead")  # the ties that are grants of an involvement


@dataclass(frozen=True)
class Reach:
    """How far a list goes for somebody: all records, or those with a current grant of these permissions (the ties)."""

    everything: bool
    permissions: frozenset[str]


@dataclass(frozen=True)
class Subject:
    """What the gate knows of a model.

    `path` leads to the involvement ("" when the record is one); `state` tells the column of the table; `ties` finds
    this actor's ties; `visible` makes the Q of a list; `logged` are the ids for the log row; `own` is who prepared it;
    `related` is fetched with the record.
    """

    state: Callable[[Any], State]
    ties: Callable[[Actor, Any], frozenset[str]]
    visible: Callable[[Actor, str], Q]
    scope: Callable[[Any], str]
    logged: Callable[[Any], Iterable[UUID]]
    own: Callable[[Any], UUID | None] = lambda _record: None
    related: tuple[str, ...] = ()


_subjects: dict[type[models.Model], Subject] = {}


def register(model: type[models.Model], subject: Subject) -> None:
    """Tell the gate about a model; once, at start."""
    if model in _subjects:
        raise ValueError(f"{model.__name__} is registered twice")
    _subjects[model] = subject


def subject_of(model: type[models.Model]) -> Subject:
    """Return what was registered; a model that nobody registered has no way through the gate."""
    return _subjects[model]


def registered() -> frozenset[type[models.Model]]:
    """Return every model that the gate knows."""
    return frozenset(_subjects)


def list_scope(act: str) -> str:
    """The scope of a purpose that was stated for a list."""
    return f"list:{act}"


def reach(actor: Actor, act: str, state: State = "registered") -> Reach:
    """Return how far `act` goes for this actor: the gate's own rule, asked for a record with and without each tie."""
    open_ = {"yes", "second", *(["purpose"] if actor.purpose_for(list_scope(act)) else [])}

    def opens(*ties: str) -> bool:
        facts = Facts(state, frozenset(ties))
        return actor.declared and answer(act, facts, columns(actor.roles, facts)) in open_

    return Reach(everything=opens(), permissions=frozenset(tie for tie in GRANTED if opens(tie)))


class Visible(models.QuerySet[M]):
    """A QuerySet whose lists obey the gate."""

    def visible_to(self, actor: Actor, act: str = "client.list") -> Self:
        """Only what this actor may see under this act; marks the response as having passed the gate."""
        if actor.draft is not None:
            actor.draft.entered = True
            actor.draft.purpose = actor.draft.purpose or actor.purpose_for(list_scope(act))
        return self.filter(subject_of(self.model).visible(actor, act))
