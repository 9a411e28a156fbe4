"""Art. 7.2, 18.4: whoever has an appointment promises secrecy first, once a year."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests.office.conftest import nobody_acts
from tests.people import PASSWORD, actor_of, browser_for, make_staff
from werkcontact.office.declarations import sign_declaration
from werkcontact.staff.models import SYSTEM_ID, Appointment, Declaration, Staff

pytestmark = pytest.mark.django_db


def test_no_page_opens_before_the_promise_is_signed() -> None:
    staff = make_staff("caseworker", declared=False)
    browser = browser_for(staff)
    nobody_acts()
    for url in ("/", "/beheer/"):
        assert browser.get(url).headers["Location"] == "/geheimhouding/"
    page = browser.get("/geheimhouding/")
    assert staff.display_name in page.content.decode()
    assert browser.post("/geheimhouding/", {}).status_code == 422
    assert browser.post("/geheimhouding/", {"promise": "on"}).headers["Location"] == "/"
    assert browser.get("/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from access_log where act = 'declaration.record' and outcome = 'done'")
        assert cursor.fetchone() == (1,)


def test_a_promise_holds_for_a_year() -> None:
    staff = make_staff("caseworker", declared=False)
    today = timezone.localdate()
    Declaration.objects.create(staff=staff, signed_on=today - timedelta(days=365))
    browser = browser_for(staff)
    assert browser.get("/").headers["Location"] == "/geheimhouding/"
    Declaration.objects.create(staff=staff, signed_on=today - timedelta(days=364))
    assert browser.get("/").status_code == 200


def test_signing_twice_on_a_day_is_signing_once() -> None:
    staff = make_staff("technical", declared=False)
    actor = actor_of(staff)
    assert sign_declaration(actor=actor, today=actor.today) == sign_declaration(actor=actor, today=actor.today)


def test_the_first_director_is_made_from_the_command_line(tmp_path: object) -> None:
    file = tmp_path / "password"  # type: ignore[operator]
    file.write_text(f"{PASSWORD}\n")
    nobody_acts()
    call_command("create_director", email="M.Postma@Example.org", name="M. Postma", password_file=file)
    staff = Staff.objects.get(email="m.postma@example.org")
    assert staff.check_password(PASSWORD)
    given = Appointment.objects.get(staff=staff)
    assert (given.role, given.by_id, given.from_on) == ("directie", SYSTEM_ID, timezone.localdate())
    assert staff.history.get().history_user_id == SYSTEM_ID
    with pytest.raises(CommandError):
        call_command("create_director", email="m.postma@example.org", name="M. Postma", password_file=file)
    file.write_text("geheim\n")
    with pytest.raises(CommandError):
        call_command("create_director", email="kort@example.org", name="K. Kort", password_file=file)
    assert not Staff.objects.filter(email="kort@example.org").exists()
