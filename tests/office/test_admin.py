"""Art. 2, 9, 19: the directie's admin does nothing but acts, and is closed to everybody else."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client as Browser
from django.urls import get_resolver
from django.utils import timezone

from clients.models import DeliveryLayout, Principal
from tests.office.conftest import give_factor, nobody_acts
from tests.people import browser_for, make_staff
from werkcontact.access.screens import views
from werkcontact.rulebook.current import calendar
from werkcontact.rulebook.models import DecreeDay
from werkcontact.staff.models import Appointment, Staff, Team

pytestmark = pytest.mark.django_db

STAFF, APPOINTMENT, TEAM = "/beheer/staff/staff/", "/beheer/staff/appointment/", "/beheer/staff/team/"
PRINCIPAL, DECREE = "/beheer/clients/principal/", "/beheer/rulebook/decreeday/"
LISTS = (STAFF, APPOINTMENT, TEAM, PRINCIPAL, DECREE, "/beheer/clients/deliverylayout/", "/beheer/rulebook/rulebook/")
JOBS = "/beheer/jobs/jobrun/"


@pytest.fixture
def director() -> Staff:
    return make_staff("directie", name="M. Postma")


@pytest.fixture
def browser(director: Staff) -> Browser:
    made = browser_for(director)
    nobody_acts()
    return made


def errors(answer: object) -> str:
    return str(answer.context["adminform"].form.errors)  # type: ignore[attr-defined]


def test_every_page_opens_without_inline_style_or_script(browser: Browser, director: Staff) -> None:
    pages = [*LISTS, JOBS, *(f"{url}add/" for url in (STAFF, APPOINTMENT, TEAM, PRINCIPAL, DECREE))]
    for url in [*pages, f"{STAFF}{director.pk}/change/", f"{STAFF}{director.pk}/history/"]:
        answer = browser.get(url)
        assert answer.status_code == 200, url
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]* src)", answer.content.decode()), url


@pytest.mark.parametrize("role", ["caseworker", "lead", "intake", "requests", "archivist", "officer", "technical"])
def test_others_stay_out(role: str) -> None:
    other = browser_for(make_staff(role))
    pages = [url for url in LISTS if "rulebook/rulebook" not in url]
    for url in [*pages, f"{STAFF}add/"]:
        assert other.get(url).status_code == 403, url
        assert other.post(url).status_code == 403, url
    assert other.get(JOBS).status_code == (200 if role in {"archivist", "officer", "technical"} else 403)


def test_nobody_comes_in_unsigned_and_nothing_can_be_deleted(browser: Browser, director: Staff) -> None:
    assert Browser().get(STAFF).headers["Location"].startswith("/inloggen/login/")
    assert browser.get(f"{STAFF}{director.pk}/delete/").status_code == 404
    routes = [route for route, _view in views(get_resolver().url_patterns) if route.startswith("beheer/")]
    assert not [route for route in routes if "delete" in route or ("password/" in route and "user" in route)]
    others = {model._meta.app_label for model in admin.site._registry} - {"staff", "clients", "rulebook", "jobs"}
    assert not others  # no page of another package: they show secrets and go round the acts


def test_staff_are_added_and_changed_by_act(browser: Browser, director: Staff) -> None:
    typed = {"email": "N.Visser@example.org", "display_name": "N. Visser", "firm": ""}
    added = browser.post(f"{STAFF}add/", typed)
    made = Staff.objects.get(email="n.visser@example.org")
    assert added.headers["Location"] == f"{STAFF}{made.pk}/change/"  # where the link for a password is made
    assert made.history.get().history_user_id == director.pk
    again = browser.post(f"{STAFF}add/", typed | {"display_name": "Andere"})
    assert again.status_code == 422
    assert "email" in errors(again)
    change = f"{STAFF}{made.pk}/change/"
    assert browser.post(change, typed | {"firm": "Visser BV"}).status_code == 302  # unticked: may no longer sign in
    made.refresh_from_db()
    assert (made.firm, made.is_active) == ("Visser BV", False)
    history = browser.get(f"{STAFF}{made.pk}/history/").content.decode()
    assert "Visser BV" in history
    assert "M. Postma" in history
    assert not LogEntry.objects.exists()
    assert browser.get(f"{STAFF}{Staff.objects.get(is_system=True).pk}/change/").status_code == 404


def test_nobody_ends_their_own_account(browser: Browser, director: Staff) -> None:
    typed = {"email": director.email, "display_name": director.display_name, "firm": ""}
    assert browser.post(f"{STAFF}{director.pk}/change/", typed).status_code == 422
    director.refresh_from_db()
    assert director.is_active


def test_an_invitation_is_a_link_that_works_once(browser: Browser) -> None:
    browser.post(f"{STAFF}add/", {"email": "n@example.org", "display_name": "N. Visser", "firm": ""})
    made = Staff.objects.get(email="n@example.org")
    assert not made.has_usable_password()
    url = f"{STAFF}{made.pk}/uitnodigen/"
    assert browser.get(url).status_code == 404
    answer = browser.post(url)
    assert "no-store" in answer.headers["Cache-Control"]
    link = answer.context["link"].partition("http://testserver")[2]
    new = {"password1": "een vers lang wachtwoord", "password2": "een vers lang wachtwoord"}
    person = Browser()
    form = person.get(link, follow=True)
    assert person.post(form.request["PATH_INFO"], new).status_code == 302
    made.refresh_from_db()
    assert made.check_password(new["password1"])
    assert made.history.first().history_user_id == made.pk
    assert Browser().get(link).status_code == 200  # a page that says that it no longer works
    assert Browser().get(link).context["token_fail"]


def test_a_lost_app_is_taken_away_by_another(browser: Browser, director: Staff) -> None:
    other = make_staff("caseworker")
    nobody_acts()
    give_factor(other)
    assert browser.post(f"{STAFF}{other.pk}/tweede-factor/").status_code == 302
    assert not Authenticator.objects.filter(user=other).exists()
    assert browser.post(f"{STAFF}{director.pk}/tweede-factor/").status_code == 403
    pages = [browser.get(f"{STAFF}{staff.pk}/change/").content.decode() for staff in (other, director)]
    assert ["tweede-factor" in page for page in pages] == [True, False]  # no button that only refuses
    assert Authenticator.objects.filter(user=director).exists()


def test_appointments_are_given_and_ended_never_to_oneself(browser: Browser, director: Staff) -> None:
    staff = make_staff()
    nobody_acts()
    typed = {"staff": staff.pk, "role": "intake", "from_on": "1-11-2026", "until_on": "", "reason": "nieuw"}
    assert browser.post(f"{APPOINTMENT}add/", typed).status_code == 302
    given = Appointment.objects.get(staff=staff)
    assert (given.from_on, given.until_on, given.by_id) == (date(2026, 11, 1), None, director.pk)
    overlap = browser.post(f"{APPOINTMENT}add/", typed | {"from_on": "1-12-2026"})
    assert overlap.status_code == 422
    assert "__all__" in errors(overlap)
    backwards = browser.post(f"{APPOINTMENT}add/", typed | {"role": "lead", "until_on": "31-10-2026"})
    assert backwards.status_code == 422
    assert "until_on" in errors(backwards)
    oneself = browser.post(f"{APPOINTMENT}add/", typed | {"staff": director.pk, "role": "archivist"})
    assert "staff" in errors(oneself)
    ended = {"until_on": "30-11-2026", "reason": "vertrekt"}
    assert browser.post(f"{APPOINTMENT}{given.pk}/change/", ended).status_code == 302
    given.refresh_from_db()
    assert (given.until_on, given.reason, given.role) == (date(2026, 11, 30), "vertrekt", "intake")
    own = Appointment.objects.get(staff=director)
    assert browser.post(f"{APPOINTMENT}{own.pk}/change/", ended).status_code == 422
    assert Appointment.objects.filter(staff=director).count() == 1


def test_the_act_itself_refuses_to_appoint_oneself(director: Staff) -> None:
    from tests.people import TODAY, actor_of
    from werkcontact.office.appointments import appoint
    from werkcontact.refused import Refused

    with pytest.raises(Refused) as refused:
        appoint(actor=actor_of(director), staff=director, role="archivist", from_on=TODAY, until_on=None, reason="x")
    assert refused.value.code == "appointments.oneself"


def test_after_five_minutes_the_password_is_asked_again_and_the_form_waits(browser: Browser) -> None:
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    assert browser.get(STAFF).status_code == 200  # looking is no change
    answer = browser.post(f"{STAFF}add/", {"email": "n@example.org", "display_name": "N. Visser", "firm": ""})
    assert answer.headers["Location"] == "/inloggen/reauthenticate/?next=%2Finloggen%2Fverder%2F"
    assert not Staff.objects.filter(email="n@example.org").exists()


def test_a_principal_has_services_and_a_ground_for_the_bsn(browser: Browser) -> None:
    layout = DeliveryLayout.objects.get(name="UWV")
    typed = {
        "name": "UWV Rotterdam",
        "kind": "uwv",
        "layout": layout.pk,
        "bsn_basis": "Wet SUWI, art. 54",
        "services": "Werkfit\r\nNaar werk\r\n",
        "is_active": "on",
    }
    assert "bsn_basis" in errors(browser.post(f"{PRINCIPAL}add/", typed | {"bsn_basis": ""}))
    assert browser.post(f"{PRINCIPAL}add/", typed).status_code == 302
    made = Principal.objects.get(name="UWV Rotterdam")
    assert set(made.services.values_list("name", flat=True)) == {"Werkfit", "Naar werk"}
    assert browser.post(f"{PRINCIPAL}add/", typed | {"name": "uwv rotterdam"}).status_code == 422
    assert browser.post(f"{PRINCIPAL}{made.pk}/change/", typed | {"services": "Werkfit\nScholing"}).status_code == 302
    assert set(made.services.values_list("name", flat=True)) == {"Werkfit", "Scholing"}


def test_a_team_has_a_lead_and_members(browser: Browser, director: Staff) -> None:
    lead, one, two = make_staff("lead"), make_staff("caseworker"), make_staff("caseworker")
    nobody_acts()
    typed = {"name": "Zuid", "lead": lead.pk, "members": [one.pk, two.pk]}
    assert browser.post(f"{TEAM}add/", typed).status_code == 302
    team = Team.objects.get(name="Zuid")
    assert browser.post(f"{TEAM}{team.pk}/change/", typed | {"members": [two.pk]}).status_code == 302
    assert set(team.members.all()) == {two}
    assert "members" in errors(browser.post(f"{TEAM}add/", typed | {"name": "Noord", "members": [lead.pk]}))
    assert browser.post(f"{TEAM}add/", typed).status_code == 422
    Appointment.objects.filter(staff=one).update(until_on=timezone.localdate() - timedelta(days=1))
    former = browser.post(f"{TEAM}add/", typed | {"name": "Noord", "members": [one.pk]})
    assert "members" in errors(former)  # guides nobody any more


def test_a_decree_day_counts_until_it_is_withdrawn(browser: Browser) -> None:
    day = date(2029, 5, 11)
    typed = {"on": "11-5-2029", "decree": "Stb. 2027, 1"}
    assert browser.post(f"{DECREE}add/", typed).status_code == 302
    assert day in calendar().decree_days
    assert browser.post(f"{DECREE}add/", typed).status_code == 422
    assert browser.post(f"{DECREE}{day}/change/", {"decree": "Stb. 2027, 2", "withdrawn": "on"}).status_code == 302
    assert day not in calendar().decree_days
    assert DecreeDay.objects.get(on=day).decree == "Stb. 2027, 2"


def test_lists_ask_as_much_for_ten_as_for_a_hundred(browser: Browser, django_assert_max_num_queries: object) -> None:
    for _ in range(60):
        make_staff("caseworker", declared=False, since=timezone.localdate() - timedelta(days=9))
    nobody_acts()
    for url in (STAFF, APPOINTMENT):
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            assert browser.get(url).status_code == 200
