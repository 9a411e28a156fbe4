"""Art. 11, 5.2: the letters of a print run that was sent go into their dossiers, one act each, until none is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from clients.models import Notice
from clients.models.notices import NoticeQuerySet
from clients.notices import file_letter, whole
from werkcontact.access import Actor, act
from werkcontact.jobs.checkpoints import checkpoint
from werkcontact.mail import letters as mail
from werkcontact.refused import Refused
from werkcontact.vault.errors import KeyGone, Tampered


def _unfiled() -> NoticeQuerySet:
    return Notice.objects.filter(letter__sent_on__isnull=False, letter__file=None, involvement__ended_on=None)


def is_due(_now: datetime) -> bool:
    """Whether a sent letter lies in no dossier yet; asks a partial index."""
    return _unfiled().exists()


def file_sent(actor: Actor, _today: date) -> Mapping[str, int]:
    """File every letter that was sent and not filed; each is an act of its own, so an interruption costs nothing.

    The document's author is who marked the letter sent. One that fails keeps no other waiting; the first failure is
    raised at the end.
    """
    filed = 0
    failed: list[Exception] = []
    for pk in list(_unfiled().order_by("letter__sent_on", "pk").values_list("pk", flat=True)):
        try:
            filed += _file(actor, pk)
        except (mail.LetterBroken, KeyGone, Tampered, Refused) as error:
            failed.append(error)
        checkpoint("notices.letter_filed")
    if failed:
        raise failed[0]
    return {"filed": filed}


def _file(actor: Actor, pk: UUID) -> int:
    notice = whole(Notice.objects.filter(pk=pk)).get()
    with act(actor, "notice.send", notice, kind="file"):
        locked = whole(_unfiled().filter(pk=pk)).select_for_update(of=("self",)).first()
        if locked is None or locked.letter is None or locked.letter.sent_by_id is None:
            return 0
        file_letter(replace(actor, id=locked.letter.sent_by_id), locked)
    return 1
