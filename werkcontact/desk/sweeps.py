"""Art. 16: what is left behind is removed: sessions that ran out, files without a row, keys without an owner.

And the log has its months ahead, since a page that cannot be logged is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection

from clients.models import Delivery, Involvement
from dossiers.models import DisclosedItem, DocumentVersion, Dossier, WorkNote
from requests_app.models import Complaint, SubjectRequest
from werkcontact.access import Actor
from werkcontact.access.partitions import ensure, months_ahead
from werkcontact.jobs.checkpoints import checkpoint
from werkcontact.mail.models import OutgoingLetter
from werkcontact.vault import files, keys
from werkcontact.vault.keys import KeyKind
from werkcontact.vault.models import ErasableText, StoredFile

# An act that runs longer than this has long been ended by the server.
OLD_ENOUGH = timedelta(days=1)
BATCH = 10_000

# (table, column) in which the owners of each kind of key stand; a kind that is not here is never swept.
OWNERS: Mapping[KeyKind, tuple[tuple[str, str], ...]] = {
    KeyKind.INVOLVEMENT: ((Involvement._meta.db_table, "id"),),
    KeyKind.DOSSIER: ((Dossier._meta.db_table, "id"),),
    KeyKind.VERSION: ((DocumentVersion._meta.db_table, "id"), (WorkNote._meta.db_table, "id")),
    KeyKind.DISCLOSURE_ITEM: ((DisclosedItem._meta.db_table, "id"),),
    KeyKind.DELIVERY: ((Delivery._meta.db_table, "id"),),
    KeyKind.REQUEST: ((SubjectRequest._meta.db_table, "id"),),
    KeyKind.COMPLAINT: ((Complaint._meta.db_table, "id"),),
}
# Whatever lies under a key keeps it too, whoever the owner was.
UNDER_A_KEY = (
    (StoredFile._meta.db_table, "key_owner"),
    (ErasableText._meta.db_table, "owner"),
    (OutgoingLetter._meta.db_table, "owner"),
)


def make_months(_actor: Actor, today: date) -> Mapping[str, int]:
    """Make the months of the access log ahead."""
    return {"made": ensure(today), "ahead": months_ahead(today)}


def remove_old_sessions(actor: Actor, _today: date) -> Mapping[str, int]:
    """Remove sessions that have run out, and with them what waited there: purposes, messages, a form kept sealed."""
    old = Session.objects.filter(expire_date__lt=actor.at).count()
    SessionStore.clear_expired()
    return {"removed": old}


def remove_stray_files(actor: Actor, _today: date) -> Mapping[str, int]:
    """Remove files in the store that have had no row for a day: unreadable rubbish of acts that rolled back."""
    return {"removed": files.sweep_orphans(before=actor.at - OLD_ENOUGH)}


def shred_ownerless_keys(actor: Actor, _today: date) -> Mapping[str, int]:
    """Destroy keys older than a day whose owner never came, or came and went without its key.

    When of one kind more keys lack an owner than have one, it is rather the database that is not the right one (a
    restore under way): then nothing of that kind is touched, and the count `kept` says so.
    """
    counts = {"looked": 0, "removed": 0, "kept": 0}
    for kind in OWNERS:
        owners = keys.owners_before(kind, actor.at - OLD_ENOUGH)
        ownerless = _without_row(kind, owners)
        counts["looked"] += len(owners)
        if len(ownerless) * 2 > len(owners):
            counts["kept"] += len(ownerless)
            continue
        checkpoint("ownerless_keys.found")
        counts["removed"] += keys.shred(kind, ownerless)
    return counts


def _without_row(kind: KeyKind, owners: list[UUID]) -> list[UUID]:
    found: list[UUID] = []
    for start in range(0, len(owners), BATCH):
        found += _missing(owners[start : start + BATCH], (*OWNERS[kind], *UNDER_A_KEY))
    return found


def _missing(ids: list[UUID], places: Iterable[tuple[str, str]]) -> list[UUID]:
    """Return which of these ids stand in none of these columns; names of tables and columns are ours."""
    nowhere = " and ".join(
        f"not exists (select from {table} where {table}.{column} = asked.id)" for table, column in places
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select asked.id from unnest(%s::uuid[]) as asked (id) where {nowhere}", [ids])  # noqa: S608
        return [row[0] for row in cursor.fetchall()]
