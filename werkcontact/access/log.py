"""Art. 16, NEN 7513: the access log. One raw INSERT a row; nobody can change or delete one (trigger, role).

Ids only: no names, no content. A free-text reason lives in an erasable text under the key of the record looked at;
the row keeps its id and hash. `at` is the database's clock.
"""

from __future__ import annotations

from django.db import Error, connection

from werkcontact.access.actor import Actor
from werkcontact.access.draft import Draft

_INSERT = """
insert into access_log
  (staff_id, role, session, act, kind, subjects, purpose, ground, address, reason_id, reason_hash, outcome)
values (%s, %s, %s, %s, %s, %s::uuid[], %s, %s, %s, %s, %s, %s)
"""


class LogUnavailable(Exception):  # noqa: N818
    """The row could not be written: nothing may be shown (503)."""


def write(draft: Draft, actor: Actor | None, *, address: str | None = None, outcome: str) -> None:
    """Write one row in the transaction that is open, or by itself; raises LogUnavailable."""
    values = [
        actor.id if actor else None,
        actor.role if actor else "",
        actor.session if actor else "",
        draft.act,
        draft.kind,
        sorted(str(subject) for subject in draft.subjects),
        draft.purpose,
        draft.ground,
        (actor.address if actor else None) or address,
        draft.reason_id,
        draft.reason_hash,
        outcome,
    ]
    try:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, values)
    except Error as error:  # InterfaceError too: the connection broke while the answer was made
        raise LogUnavailable from error
