"""Art. 11, 13, 14: telling the one who must act that a date comes near, or has passed: one mail a day, without names.

A row first, then sent once. A mail holds counts, dates and the way home; what waited (no mail server, a failure) goes
in one mail with what came later. A crash between the server's yes and our commit sends that mail a second time, under
the same Message-ID: better than not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkcontact.access import Actor, act
from werkcontact.ids import uuid7
from werkcontact.jobs.checkpoints import checkpoint
from werkcontact.mail.models import Digest, Reminder
from werkcontact.ui.dates import nl_date

OVERDUE = -1
# How long to wait after the first, second, ... try that failed; the last holds for all that follow.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
BATCH = 5000


@dataclass(frozen=True)
class Telling:
    """One threshold of one deadline, to be told to one person; `threshold` in days, OVERDUE after the last day."""

    kind: str
    subject: UUID
    staff: UUID
    work_by_on: date
    threshold: int


@dataclass(frozen=True)
class Unsent:
    """Words for somebody whose reminder could not be sent."""

    title: str
    text: str


def told(subjects: Collection[UUID]) -> set[Telling]:
    """Return what was told before about these deadlines, to whomever."""
    wanted, found = list(subjects), set()
    for start in range(0, len(wanted), BATCH):
        rows = Reminder.objects.filter(subject__in=wanted[start : start + BATCH])
        found |= {Telling(*row) for row in rows.values_list("kind", "subject", "staff_id", "work_by_on", "threshold")}
    return found


def write(*, actor: Actor, tellings: Sequence[Telling], today: date) -> dict[str, int]:
    """Write one digest a person with what is told in it; inside the act of the job. Set-based, and twice is once.

    Whoever has a digest of this day already gets no second one: what they must be told is found again tomorrow.
    """
    digests = {
        staff: Digest(id=uuid7(), staff_id=staff, on=today, made_at=actor.at)
        for staff in {telling.staff for telling in tellings}
    }
    Digest.objects.bulk_create(digests.values(), ignore_conflicts=True)
    checkpoint("deadlines.digests_made")
    made = set(Digest.objects.filter(pk__in=[each.pk for each in digests.values()]).values_list("staff_id", flat=True))
    rows = [
        Reminder(
            digest_id=digests[each.staff].pk,
            kind=each.kind,
            subject=each.subject,
            staff_id=each.staff,
            work_by_on=each.work_by_on,
            threshold=each.threshold,
        )
        for each in tellings
        if each.staff in made
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    checkpoint("deadlines.reminders_made")
    return {"told": len(rows), "digests": len(made), "tomorrow": len(tellings) - len(rows)}


def unsent() -> QuerySet[Digest]:
    """Return the digests that wait for somebody who still works here."""
    return Digest.objects.filter(sent_at=None, staff__is_active=True)


def unsent_of(staff: UUID) -> Unsent | None:
    """Return words for a person whose digests wait without hope: there is no mail server, or tries failed."""
    waiting = _stuck(Q(staff=staff))
    return _words(waiting, _("What they would tell you stands below.")) if waiting["number"] else None


def unsent_in_house() -> Unsent | None:
    """Return the same for the whole house, in numbers."""
    waiting = _stuck(Q())
    if not waiting["number"]:
        return None
    people = ngettext("For %(count)s person.", "For %(count)s persons.", waiting["people"])
    return _words(waiting, people % {"count": waiting["people"]})


def is_due(now: datetime) -> bool:
    """Whether there is a mail to send at this moment, and a server to send it by."""
    return bool(settings.EMAIL_URL) and _ripe(now).exists()


def send(actor: Actor, today: date) -> Mapping[str, int]:  # noqa: ARG001 - a job's signature
    """Send what waits: one mail a person. A failure is recorded by its kind, and tried again later and later."""
    counts: Counter[str] = Counter(sent=0, failed=0)
    while claimed := _claim(actor.at):
        checkpoint("mail.claimed")
        try:
            _mail(claimed).send()
        except (SMTPException, OSError) as error:
            Digest.objects.filter(pk__in=[each.pk for each in claimed]).update(last_error=type(error).__name__)
            counts["failed"] += 1
            continue
        checkpoint("mail.sent")
        with act(actor, "mail.send", kind="send") as deed:
            deed.saw([claimed[-1].staff_id])
            Digest.objects.filter(pk__in=[each.pk for each in claimed]).update(sent_at=actor.at, last_error="")
        counts["sent"] += 1
    return counts


def _ripe(now: datetime) -> QuerySet[Digest]:
    return unsent().filter(Q(next_try_at=None) | Q(next_try_at__lte=now))


def _claim(now: datetime) -> list[Digest]:
    """Take the digests of one person, oldest first, and count the try before it is made: a crash counts too."""
    with transaction.atomic():
        first = _ripe(now).order_by("made_at").first()
        if first is None:
            return []
        digests = list(
            unsent().select_related("staff").select_for_update(of=("self",)).filter(staff=first.staff_id).order_by("on")
        )
        for digest in digests:
            digest.tries += 1
            digest.next_try_at = now + WAITS[min(digest.tries, len(WAITS)) - 1]
        Digest.objects.bulk_update(digests, ["tries", "next_try_at"])
    return digests


def _mail(digests: Sequence[Digest]) -> EmailMessage:
    last = digests[-1]
    reminders = list(Reminder.objects.filter(digest__in=digests))
    deadlines = {(each.kind, each.subject, each.work_by_on): each.threshold for each in reminders}
    for each in reminders:
        key = (each.kind, each.subject, each.work_by_on)
        deadlines[key] = min(deadlines[key], each.threshold)
    return EmailMessage(
        subject=ngettext("%(count)s deadline asks for you", "%(count)s deadlines ask for you", len(deadlines))
        % {"count": len(deadlines)},
        body="\n".join(_lines(deadlines)),
        to=[last.staff.email],
        headers={"Message-ID": f"<digest-{last.pk}@{urlsplit(settings.BASE_URL).hostname}>"},
    )


def _lines(deadlines: Mapping[tuple[str, UUID, date], int]) -> Iterable[str]:
    late, soon = Counter[tuple[date, str]](), Counter[tuple[date, str]]()
    for (kind, _subject, work_by_on), threshold in deadlines.items():
        (late if threshold == OVERDUE else soon)[work_by_on, kind] += 1
    for title, counts in ((_("Late, work by date:"), late), (_("To do, work by date:"), soon)):
        if counts:
            yield title
            yield from (f"- {nl_date(on)}: {_count(kind, number)}" for (on, kind), number in sorted(counts.items()))
            yield ""
    yield _("Whom it is about you see in Werkcontact:")
    yield f"{settings.BASE_URL.rstrip('/')}/"
    yield ""
    yield _("This e-mail holds no names on purpose.")


def _count(kind: str, number: int) -> str:
    if kind == "notice":
        return ngettext("%(count)s notice", "%(count)s notices", number) % {"count": number}
    return ngettext("%(count)s request", "%(count)s requests", number) % {"count": number}


def _stuck(whose: Q) -> dict[str, Any]:
    tried = Q() if not settings.EMAIL_URL else Q(tries__gt=0)
    return (
        unsent()
        .filter(whose, tried)
        .aggregate(number=Count("pk"), people=Count("staff", distinct=True), since=Min("on"), error=Min("last_error"))
    )


def _words(waiting: Mapping[str, Any], text: str) -> Unsent:
    number = waiting["number"]
    why = _("the mail server did not take it") if settings.EMAIL_URL else _("there is no mail server")
    title = ngettext(
        "%(count)s reminder was not sent: %(why)s", "%(count)s reminders were not sent: %(why)s", number
    ) % {"count": number, "why": why}
    since = _("Waiting since %(day)s.") % {"day": nl_date(waiting["since"])}
    again = _("We keep trying.") if settings.EMAIL_URL else ""
    return Unsent(title, " ".join(part for part in (since, text, again) if part))
