"""Vandaag, the directie's first page, the reglement and the keys, as they look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.browser.conftest import Walker
from tests.people import make_staff
from werkcontact.access.actor import AMSTERDAM
from werkcontact.desk import worklists
from werkcontact.desk.jobs import LOG_PARTITIONS, OWNERLESS_KEYS, VAULT_ORPHANS
from werkcontact.jobs.models import JobRun
from werkcontact.jobs.run import run_job
from werkcontact.mail.models import Digest
from werkcontact.ui.components import Part, parts
from werkcontact.ui.work import Due, Waiting, Work

Seat = Callable[..., Walker]
WHO = ("Bultenaar, E.", "De Vries, C.", "Jager, J.", "Van den Berg, A.", "Ozkan, D.", "Mulder - Achterveld, P.")


pytestmark = pytest.mark.slow  # the walk sees the main pages in the quick run; this sees every page


def works() -> list[Work]:
    today = timezone.now().astimezone(AMSTERDAM).date()
    made = []
    for number, days in enumerate((-4, -1, 0, 0, 1, 3, 9, 16, 24)):
        on = today + timedelta(days=days)
        request = number % 3 == 1
        made.append(
            Work(
                kind="request" if request else "notice",
                label="Verzoeken" if request else "Kennisgevingen",
                icon="help" if request else "mail",
                title="Verzoek V-2026-0017 beantwoorden" if request else "Brief over de registratie versturen",
                url="/",
                work_by_on=on,
                binding_on=on + timedelta(days=number == 1),
                who=WHO[number % len(WHO)],
                who_meta=parts("UWV, Modulair"),
                meta=(Part("Inzage" if request else "Kennisgeving van opname", icon="mail"), Part("ontvangen", day=on)),
            )
        )
    return made


def waiting() -> list[Waiting]:
    today = timezone.now().astimezone(AMSTERDAM).date()
    return [
        Waiting("request", "Verzoek: deels weigeren", "V-2026-0015", "/", today, today + timedelta(days=3)),
        Waiting("notice", "Kennisgeving achterwege laten", "D-2026-000118", "/", today, today + timedelta(days=20)),
    ]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house with work of every age."""
    late = make_staff("caseworker", name="N. Visser")
    today = timezone.now().astimezone(AMSTERDAM).date()
    dues = [
        Due(kind, uuid4(), on, on, staff, "intake")  # type: ignore[arg-type]
        for kind, days, staff in (("notice", 4, (late.pk,)), ("request", 1, ()))
        if (on := today - timedelta(days=days))
    ]
    module = SimpleNamespace(
        mine=lambda _a, _t: works(), due=lambda _t: dues, waiting=lambda actor, _t: waiting() if actor.roles else []
    )
    monkeypatch.setattr(worklists, "MODULES", (module,))


@pytest.mark.usefixtures("busy")
def test_vandaag_with_work_of_every_age(as_: Seat) -> None:
    person = make_staff("caseworker", "requests", name="N. Visser")
    Digest.objects.create(staff=person, on=timezone.now().date(), made_at=timezone.now())
    walker = as_(person)
    walker.go("/")
    walker.reads("4 dagen te laat")
    walker.reads("er is geen mailserver")
    walker.look("01-vandaag", narrow=True)
    walker.page.get_by_role("link", name="Verzoeken 3", exact=True).click()
    walker.reads("V-2026-0017")
    assert walker.page.get_by_text("Brief over de registratie versturen").count() == 0


@pytest.mark.usefixtures("busy")
def test_the_directies_first_page(as_: Seat) -> None:
    now = timezone.now().astimezone(AMSTERDAM)
    for job in (LOG_PARTITIONS, VAULT_ORPHANS):
        run_job(job, now=now)
    JobRun.objects.create(
        job=OWNERLESS_KEYS.name, on=now.date(), started_at=now, ended_at=now, state="failed", error="OperationalError"
    )
    walker = as_(make_staff("directie", name="M. Postma"))
    walker.go("/beheer/")
    walker.reads("Wacht op uw besluit")
    walker.reads("Mislukt")
    walker.look("07-directie", narrow=True)
    walker.press("Sleutels zonder eigenaar vernietigd")
    walker.reads("OperationalError")


def test_the_reglement_and_the_keys(as_: Seat) -> None:
    walker = as_(make_staff("caseworker"))
    walker.go("/reglement/")
    walker.look("19-reglement", narrow=True)
    walker.go("/toetsen/")
    walker.look("10-toetsen", narrow=True)
