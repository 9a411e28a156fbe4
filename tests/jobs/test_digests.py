"""Art. 11, 13: mails with counts and dates: a row first, sent once, tried again when it fails, and never a name."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from tests.people import NOW, TODAY, make_staff, system
from werkcontact.jobs import checkpoints
from werkcontact.mail import digests
from werkcontact.mail.digests import OVERDUE, WAITS, Telling
from werkcontact.mail.models import Digest
from werkcontact.staff.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_server(settings: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.example"
    settings.BASE_URL = "https://werk.example"


@pytest.fixture
def person() -> Staff:
    return make_staff("caseworker", name="N. Visser")


def tell(staff: Staff, *thresholds: int, kind: str = "notice", on: date = TODAY) -> None:
    """Write a digest of that day, as the job of the night does."""
    tellings = [Telling(kind, uuid4(), staff.pk, TODAY + timedelta(days=max(each, -3)), each) for each in thresholds]
    at = datetime.combine(on, NOW.timetz())
    digests.write(actor=system("deadlines", at=at), tellings=tellings, today=on)


def sweep(minutes: float = 0) -> dict[str, int]:
    """Run the job when it is due."""
    at = NOW + timedelta(minutes=minutes)
    return dict(digests.send(system("mail", at=at), at.date())) if digests.is_due(at) else {}


def test_a_mail_goes_out_once_with_counts_and_dates_and_the_way_home(person: Staff) -> None:
    tell(person, 7, 7, 2, OVERDUE)
    assert sweep() == {"sent": 1, "failed": 0}
    assert sweep() == {}
    (message,) = mail.outbox
    assert message.to == [person.email]
    assert message.subject == "4 termijnen vragen uw aandacht"
    assert "- 01-12-2026: 2 kennisgevingen" in message.body
    assert message.body.index("Te laat") < message.body.index("23-11-2026: 1 kennisgeving")
    assert "https://werk.example/" in message.body
    assert Digest.objects.get().sent_at == NOW


def test_no_name_stands_in_a_mail(person: Staff) -> None:
    tell(person, 7, OVERDUE)
    sweep()
    message = mail.outbox[0].message().as_string()
    assert "Visser" not in message


def test_without_a_mail_server_it_waits_and_its_person_sees_so(person: Staff, settings: Any) -> None:
    settings.EMAIL_URL = ""
    tell(person, 7)
    assert sweep() == {}
    found = digests.unsent_of(person.pk)
    assert found is not None
    assert found.title == "1 herinnering is niet verstuurd: er is geen mailserver"
    assert digests.unsent_of(make_staff("caseworker").pk) is None
    settings.EMAIL_URL = "smtp://mail.example"
    assert digests.unsent_of(person.pk) is None, "it is on its way"
    assert sweep() == {"sent": 1, "failed": 0}


def test_what_waited_for_days_goes_in_one_mail_and_says_each_deadline_once(person: Staff, settings: Any) -> None:
    subject = uuid4()
    for back, threshold in ((5, 0), (0, OVERDUE)):
        on = TODAY - timedelta(days=back)
        telling = Telling("request", subject, person.pk, TODAY - timedelta(days=5), threshold)
        at = datetime.combine(on, NOW.timetz())
        digests.write(actor=system("deadlines", at=at), tellings=[telling], today=on)
    assert sweep() == {"sent": 1, "failed": 0}
    assert mail.outbox[0].subject == "1 termijn vraagt uw aandacht"
    assert "Te laat" in mail.outbox[0].body
    assert "Te doen" not in mail.outbox[0].body
    assert Digest.objects.filter(sent_at=NOW).count() == 2


def test_a_failure_is_recorded_by_its_kind_and_tried_later_and_later(
    person: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(person, 7)

    def refuse(_self: EmailMessage) -> None:
        raise SMTPRecipientsRefused({person.email: (550, b"no such user")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    minute, tried = 0.0, []
    for _try in range(len(WAITS) + 2):
        while not sweep(minute):
            minute += 0.5
        tried.append(minute)
    gaps = [timedelta(minutes=after - before) for before, after in pairwise(tried)]
    assert gaps == [*WAITS, WAITS[-1]]
    row = Digest.objects.get()
    assert (row.sent_at, row.last_error, row.tries) == (None, "SMTPRecipientsRefused", len(tried))
    found = digests.unsent_of(person.pk)
    assert found is not None
    assert "de mailserver nam het niet aan" in found.title
    monkeypatch.undo()
    assert sweep(minute + 24 * 60) == {"sent": 1, "failed": 0}
    assert digests.unsent_of(person.pk) is None


def test_one_address_that_fails_keeps_nobody_elses_mail(person: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_staff("caseworker")
    tell(person, 7)
    tell(other, 7)
    sent: list[str] = []

    def send(message: EmailMessage) -> None:
        if message.to == [person.email]:
            raise ConnectionResetError
        sent.extend(message.to)

    monkeypatch.setattr(EmailMessage, "send", send)
    assert sweep() == {"sent": 1, "failed": 1}
    assert sent == [other.email]


def test_after_a_crash_behind_the_servers_yes_it_goes_again_under_the_same_id(
    person: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(person, 7)

    def power_cut(name: str) -> None:
        if name == "mail.sent":
            raise KeyboardInterrupt

    monkeypatch.setattr(checkpoints, "hook", power_cut)
    with pytest.raises(KeyboardInterrupt):
        sweep()
    monkeypatch.setattr(checkpoints, "hook", None)
    assert sweep() == {}, "the try was counted before it was made"
    assert sweep(1) == {"sent": 1, "failed": 0}
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_who_left_gets_no_mail(person: Staff) -> None:
    tell(person, 7)
    Staff.objects.filter(pk=person.pk).update(is_active=False)
    assert sweep() == {}
    assert digests.unsent_in_house() is None


def test_requests_and_notices_are_counted_apart(person: Staff) -> None:
    tellings = [Telling(kind, uuid4(), person.pk, TODAY, 0) for kind in ("request", "notice", "notice")]
    digests.write(actor=system("deadlines"), tellings=tellings, today=TODAY)
    sweep()
    assert "- 24-11-2026: 2 kennisgevingen\n- 24-11-2026: 1 verzoek\n" in mail.outbox[0].body
