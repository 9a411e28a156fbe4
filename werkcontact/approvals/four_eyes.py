"""Art. 6.1, 7.5, 8.2, 13.4, 14.4: prepare by one, decide by another, over the same content.

Called inside an act (which passed the gate and holds the transaction). Whoever changes what was prepared calls
`void`, and a decision over other content than was prepared is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from werkcontact.access import Actor
from werkcontact.approvals.models import Approval
from werkcontact.refused import Refused


def payload_hash(payload: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the content as canonical JSON: dates and ids as text, moments in UTC.

    Raises TypeError for what has no one way to be written (a set, bytes, an object): it would be another content to
    the second person than it was to the first.
    """
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), default=_plain, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical text")


def prepare(*, actor: Actor, kind: str, subject: UUID, payload: Mapping[str, Any]) -> Approval:
    """Lay something before a second person; an earlier waiting one over the same subject is void."""
    void(kind=kind, subject=subject)
    return Approval.objects.create(
        kind=kind, subject=subject, payload_hash=payload_hash(payload), preparer_id=actor.id, prepared_at=actor.at
    )


def decide(*, actor: Actor, approval: Approval, payload: Mapping[str, Any], granted: bool) -> Approval:
    """Grant or send back; raises Refused over one's own preparation, or when the content has changed since."""
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    if approval.outcome != Approval.Outcome.WAITING:
        raise Refused("approvals.decided", "6.1", _("This was already decided, or changed since. Look at it anew."))
    if approval.preparer_id == actor.id:
        raise Refused("approvals.own", "6.1", _("Nobody decides on what they prepared themselves."))
    if approval.payload_hash != payload_hash(payload):
        raise Refused("approvals.changed", "6.1", _("This was changed after it was prepared. Look at it anew."))
    approval.decider_id = actor.id
    approval.decided_at = actor.at
    approval.outcome = Approval.Outcome.GRANTED if granted else Approval.Outcome.REFUSED
    approval.save(update_fields=["decider", "decided_at", "outcome"])
    return approval


def void(*, kind: str, subject: UUID) -> None:
    """Take back what waits for a second person, since its content changed."""
    Approval.objects.waiting().filter(kind=kind, subject=subject).update(outcome=Approval.Outcome.VOID)
