"""Art. 9: THE gate. Nothing is read or done without passing `enter`, and everything that passes is logged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkcontact.access import purposes
from werkcontact.access.actor import Actor
from werkcontact.access.decide import Decision, Facts, answer, columns, decide
from werkcontact.access.errors import Absent, PurposeNeeded
from werkcontact.access.records import Visible, list_scope, reach, subject_of
from werkcontact.access.table import is_second
from werkcontact.refused import Refused

M = TypeVar("M", bound=models.Model)

_SENTENCES = {
    "refused": _("Your appointment does not include this."),
    "job": _("This job may not do this."),
    "own": _("Nobody decides on what they prepared themselves."),
    "declaration": _("First sign the declaration of secrecy."),
}


def decision_for(actor: Actor, act: str, record: models.Model | None, purpose: str = "") -> Decision:
    """Return the decision about one record (or about an act that has none), without logging it."""
    facts = Facts()
    scope = list_scope(act)
    if record is not None and not actor.job:
        subject = subject_of(type(record))
        facts = Facts(subject.state(record), subject.ties(actor, record), subject.own(record) == actor.id)
        scope = subject.scope(record)
    return decide(
        roles=actor.roles,
        job=actor.job,
        declared=actor.declared,
        signed_in=actor.staff is not None or bool(actor.job),
        act=act,
        facts=facts,
        purpose=purpose or purposes.stated(actor, scope, record),
    )


def may(actor: Actor, act: str, record: models.Model | None = None) -> bool:
    """Whether a button may be shown: allowed now, or after stating a purpose. Logs nothing."""
    decision = decision_for(actor, act, record)
    return decision.allowed or decision.reason == "purpose"


def enter(actor: Actor, act: str, record: M | None = None, purpose: str = "") -> M | None:
    """Return the record when the act is allowed on it, and note it for the log.

    Raises Absent when for this actor there is no such record, Refused when the rule says so in words, and
    PurposeNeeded when it is allowed after saying what for. A record of None stands for an act without a record.
    """
    _note(actor, act, record)
    decision = decision_for(actor, act, record, purpose)
    if decision.allowed:
        if actor.draft is not None:
            actor.draft.entered = True
            scope = subject_of(type(record)).scope(record) if record is not None else list_scope(act)
            actor.draft.purpose = purpose or purposes.stated(actor, scope, record) or actor.draft.purpose
            actor.draft.ground = actor.draft.ground or decision.rule
        return record
    if decision.reason == "purpose":
        scope = subject_of(type(record)).scope(record) if record is not None else list_scope(act)
        raise PurposeNeeded(scope, purposes.choices(actor, record))
    if decision.rule in {"no", "glass", "signin"}:
        raise Absent
    raise Refused(f"access.{decision.reason}", "9", _SENTENCES.get(decision.reason, _SENTENCES["refused"]))


def find(actor: Actor, act: str, model: type[M], **lookup: Any) -> M:
    """Fetch one record and enter it; what is absent and what is another's answer alike."""
    record = model._default_manager.select_related(*subject_of(model).related).filter(**lookup).first()
    if record is None:
        _note(actor, act, None)
        raise Absent
    enter(actor, act, record)
    return record


def enter_all(actor: Actor, act: str, records: Visible[M]) -> list[M]:
    """Enter many at once; raises Absent when one of them is not open to this actor, Refused when one is their own."""
    asked = records.count()
    found = list(records.visible_to(actor, act))
    if len(found) != asked or not asked:
        raise Absent
    subject = subject_of(records.model)
    _note_ids(actor, act, [i for record in found for i in subject.logged(record)])
    if is_second(act) and any(subject.own(record) == actor.id for record in found):
        raise Refused("access.own", "9", _SENTENCES["own"])
    return found


def enter_list(actor: Actor, act: str = "client.list") -> None:
    """Enter a list; raises PurposeNeeded for somebody who may see it after saying what for."""
    _note(actor, act, None)
    facts = Facts("registered")
    if not reach(actor, act).everything and answer(act, facts, columns(actor.roles, facts)) == "purpose":
        raise PurposeNeeded(list_scope(act), purposes.choices(actor, None))
    if actor.draft is not None:
        actor.draft.entered = True


def saw(actor: Actor, records: Sequence[models.Model]) -> None:
    """Note the ids that a list shows."""
    saw_ids(actor, [i for record in records for i in ids_of(record)])


def saw_ids(actor: Actor, ids: Iterable[UUID]) -> None:
    """Note the ids that a list shows, where it holds no records any more; as `ids_of` gave them."""
    _note_ids(actor, "", ids)


def ids_of(record: models.Model) -> tuple[UUID, ...]:
    """Return the ids under which a record stands in the log."""
    return tuple(subject_of(type(record)).logged(record))


def _note(actor: Actor, act: str, record: models.Model | None) -> None:
    _note_ids(actor, act, subject_of(type(record)).logged(record) if record is not None else ())


def _note_ids(actor: Actor, act: str, ids: Iterable[UUID]) -> None:
    if actor.draft is None:
        return
    actor.draft.act = act or actor.draft.act
    actor.draft.subjects.update(ids)
