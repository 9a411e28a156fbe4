"""Art. 2, 11: the real worklists together: registered people appear at home, and by night their deadlines are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from clients import assignments
from clients.models import Notice
from tests.clients.rows import make_principal, open_clients, person
from tests.people import actor_of, browser_for, make_staff
from werkcontact.access.actor import AMSTERDAM, Actor
from werkcontact.desk import reminders
from werkcontact.mail.models import Digest, Reminder
from werkcontact.staff.models import Staff

pytestmark = pytest.mark.django_db
EVERYTHING = ("caseworker", "intake", "requests", "directie")


def today() -> date:
    return timezone.now().astimezone(AMSTERDAM).date()


def guided(number: int, caseworker: Staff, first: int = 1) -> None:
    """So many people, registered today and assigned to somebody through the act."""
    with transaction.atomic():  # as inside an act: foreign keys are checked at its end
        made = open_clients(
            make_principal(f"Opdrachtgever {first}"),
            [person("Jager", first + each) for each in range(number)],
            on=today(),
        )
    assignments.give_many(
        actor=actor_of(make_staff("intake"), at=timezone.now()),
        involvements=[each.pk for each in made],
        caseworker=caseworker,
        from_on=today(),
        reason="regio",
        today=today(),
    )


def test_home_asks_the_same_number_of_questions_for_10_and_for_1000_clients(
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    person_, browser = make_staff(*EVERYTHING), None
    counts = []
    for number in (10, 1000):
        guided(number, person_, first=number)
        browser = browser or browser_for(person_)
        browser.get("/")
        with django_assert_max_num_queries(25) as asked:
            html = browser.get("/").content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "Brief over de registratie versturen" in html


def test_by_night_the_caseworker_and_then_the_directie_are_told_of_a_real_notice() -> None:
    caseworker, director = make_staff("caseworker"), make_staff("directie")
    guided(2, caseworker)
    work_by, due = Notice.objects.values_list("work_by_on", "due_on")[0]
    for on in (work_by - timedelta(days=30), work_by - timedelta(days=7), due + timedelta(days=1)):
        at = timezone.now() + (on - today())
        reminders.remind(Actor.system("deadlines", at=at), on)
    told = Reminder.objects.order_by("digest__on", "threshold").values_list("staff", "threshold")
    assert sorted(set(told), key=str) == sorted({(caseworker.pk, 7), (caseworker.pk, 0), (director.pk, -1)}, key=str)
    assert Digest.objects.count() == 3
    Notice.objects.update(known_on=today())
    assert reminders.remind(Actor.system("deadlines", at=at), due + timedelta(days=9)) == {
        "looked": 0,
        "told": 0,
        "digests": 0,
    }
