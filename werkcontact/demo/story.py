"""What happened in the demo office in the past months, told through the acts, in the order in which it happened.

Each part says whether it was told already, so that a start that was cut off goes on where it stopped.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from clients import assignments, notice_runs, notices, principals
from clients.delivery import apply, preview
from clients.models import Assignment, Delivery, DeliveryLayout, Involvement, Notice, Principal
from dossiers.models import Document
from requests_app.models import SubjectRequest
from werkcontact.access import Actor
from werkcontact.demo import cast as people
from werkcontact.demo import guidance, rights
from werkcontact.demo.cast import Cast, Clock

DATA = Path(settings.BASE_DIR) / "tests" / "data"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUWI = "Wet SUWI, artikel 54"
# name, kind, layout, statutory ground for the BSN, services, file, days ago that it came
PRINCIPALS = (
    ("UWV", "uwv", "UWV", SUWI, ("Naar werk", "Werkfit maken"), "aanlevering-uwv.csv", 41),
    ("Gemeente Rotterdam", "municipality", "Gemeente", SUWI, ("Naar werk",), "aanlevering-gemeente.xlsx", 23),
    ("Kwekerij Zuid", "employer", "Werkgever", "", ("Tweede spoor",), "aanlevering-cp1252.csv", 4),
)
CASEWORKERS = ("visser", "bos", "aydin")
GUIDED = {"UWV": 24, "Gemeente Rotterdam": 12, "Kwekerij Zuid": 4}


def is_whole() -> bool:
    """Whether all of it was told."""
    return all(told() for told, _tell in PARTS)


def tell(now: datetime) -> None:
    """Tell what was not told yet; `now` is aware."""
    clock = Clock(now)
    for told, part in PARTS:
        if not told():
            part(clock)


def _office(clock: Clock) -> None:
    people.make(clock)


def _deliveries(clock: Clock) -> None:
    cast = Cast(clock)
    for name, kind, layout, basis, services, file, days in PRINCIPALS:
        principal = Principal.objects.filter(name=name).first() or principals.edit_principal(
            actor=cast("directie", 110),
            principal=None,
            name=name,
            kind=kind,
            layout=DeliveryLayout.objects.get(name=layout),
            bsn_basis=basis,
            services=services,
        )
        if not principal.deliveries.filter(state=Delivery.State.APPLIED).exists():
            _deliver(cast, principal, file, days)
    _deliver_with_mistakes(cast)


def _deliver(cast: Cast, principal: Principal, file: str, days: int) -> None:
    intake = cast("intake", days)
    delivery = preview.receive(
        actor=intake,
        principal=principal,
        data=(DATA / file).read_bytes(),
        media_type=XLSX if file.endswith("xlsx") else "text/csv",
        received_on=intake.today,
        today=intake.today,
    )
    apply.ask_to_apply(actor=intake, delivery=delivery)
    job = Actor.system("delivery_apply", at=intake.at)
    apply.apply_delivery(actor=job, delivery=delivery, today=job.today)


def _deliver_with_mistakes(cast: Cast) -> None:
    """One delivery that waits for intake: rows to mend, and not applied yet."""
    intake = cast("intake", 0, 9)
    preview.receive(
        actor=intake,
        principal=Principal.objects.get(name="UWV"),
        data=(DATA / "aanlevering-fout.csv").read_bytes(),
        media_type="text/csv",
        received_on=intake.today - timedelta(days=1),
        today=intake.today,
    )


def _notices(clock: Clock) -> None:
    """UWV's were sent as one run, but for whom it leaves out; the municipality's are still to be sent."""
    cast = Cast(clock)
    delivery = Delivery.objects.get(principal__name="UWV", state=Delivery.State.APPLIED)
    intake = cast("intake", 36)
    notice_runs.make_run(actor=intake, delivery=delivery, today=intake.today)
    run = notice_runs.read_run(intake, delivery)
    notice_runs.mark_run_sent(
        actor=intake, delivery=delivery, digest=run.digest, on=intake.today, way="post", today=intake.today
    )
    known = cast("intake", 2)
    for notice in Notice.objects.filter(involvement__principal__name="Kwekerij Zuid").order_by("pk")[:2]:
        notices.mark_known(
            actor=known,
            notice=notice,
            on=known.today,
            how="Verteld tijdens het kennismakingsgesprek; de brief is toen meegegeven.",
            today=known.today,
        )


def _assignments(clock: Clock) -> None:
    """Some forty people are guided; the others wait for somebody."""
    cast = Cast(clock)
    chance = random.Random(2005)
    for (name, count), days in zip(GUIDED.items(), (38, 20, 3), strict=True):
        found = list(
            Involvement.objects.filter(principal__name=name, registration__secrecy=0).order_by(
                "client__sort_name", "pk"
            )[: count * 3 : 3]
        )
        found += list(Involvement.objects.filter(principal__name=name, registration__secrecy__gt=0)[:1])
        lead = cast("intake", days)
        for involvement in found:
            assignments.give(
                actor=lead,
                involvement=involvement,
                caseworker=cast.staff[chance.choice(CASEWORKERS)],
                from_on=lead.today,
                reason="Woont in de regio en heeft ruimte.",
                today=lead.today,
            )


PARTS: tuple[tuple[Callable[[], bool], Callable[[Clock], None]], ...] = (
    (lambda: people.is_there(), _office),
    (lambda: Delivery.objects.count() > len(PRINCIPALS), _deliveries),
    (lambda: Notice.objects.filter(known_on__isnull=False).exists(), _notices),
    (lambda: Assignment.objects.exists(), _assignments),
    (lambda: Document.objects.filter(kind="report").exists(), guidance.tell),
    (lambda: SubjectRequest.objects.exists(), rights.tell),
)
