"""Art. 11.1: the letters of a whole delivery in one print run; who is left out, and why, is always listed.

Left out are those whose address is secret, who have no usable address or have died, whose exception waits, and whose
notice has ended. The run is rendered on demand and never stored; marked sent, it ends all clocks in one act, and
a job files the letters in their dossiers (300 letters take half a minute, too long to wait for).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from clients import notice_letters
from clients.addressing import address_of, is_secret
from clients.models import Delivery, Notice, StagedRow
from clients.models.notices import NoticeQuerySet
from clients.notice_exceptions import is_waiting
from clients.notices import check_day, numbers_of, whole
from werkcontact.access import Absent, Actor, act, enter_all, saw
from werkcontact.jobs.run import wake
from werkcontact.mail import letters as mail
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused

JOB = "notices_filed"
Reason = Literal["sent", "known", "excepted", "waiting", "secret", "no_address", "died"]


@dataclass(frozen=True)
class LeftOut:
    """Somebody of the delivery who gets no letter in this run, and why."""

    notice: Notice
    reason: Reason


@dataclass(frozen=True)
class Run:
    """The run of a delivery: whose letters go out, in the order of their names, and who is left out."""

    ready: Sequence[Notice]
    left_out: Sequence[LeftOut]

    @property
    def parts(self) -> list[Sequence[Notice]]:
        """The letters in print jobs of at most 500."""
        return [self.ready[start : start + mail.RUN_AT_MOST] for start in range(0, len(self.ready), mail.RUN_AT_MOST)]

    @property
    def letters(self) -> list[OutgoingLetter]:
        """The letters that were made."""
        return [notice.letter for notice in self.ready if notice.letter]

    @property
    def is_made(self) -> bool:
        """Whether every letter was made, all on one day."""
        return (
            bool(self.ready)
            and len(self.letters) == len(self.ready)
            and len({letter.made_at.astimezone(mail.AMSTERDAM).date() for letter in self.letters}) == 1
        )

    @property
    def digest(self) -> str:
        """What names exactly these letters as they were made: who marks them sent says it."""
        lines = sorted(f"{letter.pk} {letter.made_at.isoformat()}" for letter in self.letters)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def sent(self) -> list[Notice]:
        """Those whose letter went out already."""
        return [left.notice for left in self.left_out if left.notice.way == Notice.Way.LETTER]

    @property
    def to_file(self) -> int:
        """How many of the sent letters do not lie in their dossiers yet."""
        return sum(1 for notice in self.sent if notice.letter and notice.letter.file is None)


def read_run(actor: Actor, delivery: Delivery) -> Run:
    """Return the run of a delivery as this actor may see it; its rows end 30 days after applying, and the run too."""
    run = _visible_run(actor, delivery)
    saw(actor, [*run.ready, *(left.notice for left in run.left_out)])
    return run


def print_part(actor: Actor, delivery: Delivery, number: int) -> bytes:
    """Return the PDF of one part of the run, counted from 1; all whose letters it holds are noted for the log.

    Raises Absent for a part that there is not, and while letters must still be made.
    """
    run = _visible_run(actor, delivery)
    if not run.is_made or not 1 <= number <= len(run.parts):
        raise Absent
    part = run.parts[number - 1]
    enter_all(actor, "notice.send", Notice.objects.filter(pk__in=[notice.pk for notice in part]))
    return mail.print_run([notice.letter for notice in part if notice.letter])


def make_run(*, actor: Actor, delivery: Delivery, today: date) -> Run:
    """Make the letters of the run, with `today` (Amsterdam) as their date. Raises Refused: notices.run_empty."""
    with act(actor, "notice.send", kind="create", gate=False) as deed:
        run = _locked_run(actor, delivery)
        if not run.ready:
            raise Refused("notices.run_empty", "11", _("There is no letter to make for this delivery."))
        deed.saw(run.ready)
        numbers = numbers_of([notice.involvement_id for notice in run.ready])
        notice_letters.make(actor=actor, notices=run.ready, numbers=numbers, today=today)
    return run


def mark_run_sent(*, actor: Actor, delivery: Delivery, digest: str, on: date, way: str, today: date) -> int:
    """Say that all letters of the run went out: all clocks end in this one act; returns how many.

    `digest` names the letters that were printed. Raises Refused: notices.run_sent, .run_changed, .future,
    .before_registered; mail.before_made.
    """
    with act(actor, "notice.send", kind="send", gate=False) as deed:
        run = _locked_run(actor, delivery)
        if not run.ready:
            raise Refused("notices.run_sent", "11", _("These letters were marked as sent already."))
        if not run.is_made or run.digest != digest:
            raise Refused("notices.run_changed", "11", _("The print run has changed since. Print it again."))
        deed.saw(run.ready)
        for notice in run.ready:
            check_day(notice, on, today)
        mail.mark_many_sent(actor=actor, letters=run.letters, on=on, way=way)
        Notice.objects.filter(pk__in=[notice.pk for notice in run.ready]).update(
            way=Notice.Way.LETTER, sent_on=on, ended_by_id=actor.id
        )
        wake(JOB)
    return len(run.ready)


def _notices(delivery: Delivery) -> NoticeQuerySet:
    involved = StagedRow.objects.filter(delivery=delivery).exclude(involvement=None).values("involvement")
    return whole(Notice.objects.filter(involvement__in=involved, involvement__ended_on=None))


def _visible_run(actor: Actor, delivery: Delivery) -> Run:
    return _run(list(_notices(delivery).visible_to(actor, "notice.send")))


def _locked_run(actor: Actor, delivery: Delivery) -> Run:
    """Lock, in one fixed order, every notice of the delivery, so that nobody sends one of them meanwhile."""
    return _run(enter_all(actor, "notice.send", _notices(delivery).select_for_update(of=("self",)).order_by("pk")))


def _run(notices: Sequence[Notice]) -> Run:
    ready, left_out = [], []
    for notice in sorted(notices, key=_by_name):
        reason = _why_not(notice)
        if reason is None:
            ready.append(notice)
        else:
            left_out.append(LeftOut(notice, reason))
    return Run(ready, left_out)


def _by_name(notice: Notice) -> tuple[str, str]:
    client = notice.involvement.client
    return (client.sort_name if client else "", str(notice.pk))


def _why_not(notice: Notice) -> Reason | None:
    involvement = notice.involvement
    registration, client = involvement.registration, involvement.client
    reasons: tuple[tuple[Reason, bool], ...] = (
        ("sent", notice.sent_on is not None),
        ("known", notice.known_on is not None),
        ("excepted", notice.exception_id is not None),
        ("died", client is None or client.died_on is not None),
        ("waiting", is_waiting(notice)),
        ("secret", is_secret(registration)),
        ("no_address", address_of(registration) is None),
    )
    return next((reason for reason, holds in reasons if holds), None)
