"""Art. 4, 5.1, 9: deliveries in the browser: who may, what is shown, mended in place, applied, sent back."""

from __future__ import annotations

import csv
import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clients import jobs
from clients.models import Delivery, Involvement, Principal, Registration
from tests.clients.deliveries import CSV, DATA, file_of, make_principal, verdicts
from tests.people import browser_for, make_staff
from werkcontact.jobs.run import run_job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser() -> Browser:
    return browser_for(make_staff("intake"))


def upload(browser: Browser, principal: Principal, data: bytes | str, name: str = "aanlevering.csv") -> Delivery:
    content = (DATA / data).read_bytes() if isinstance(data, str) else data
    response = browser.post(
        reverse("delivery.add"),
        {
            "principal": principal.pk,
            "file": SimpleUploadedFile(data if isinstance(data, str) else name, content, CSV),
            "received_on": timezone.localdate().strftime("%d-%m-%Y"),
        },
    )
    assert response.status_code == 302, response.content.decode()
    return Delivery.objects.latest("uploaded_at")


def page(browser: Browser, delivery: Delivery, expected: int = 200) -> str:
    response = browser.get(reverse("delivery.view", args=[delivery.pk]))
    assert response.status_code == expected
    return str(response.content.decode())


def run_apply() -> None:
    run_job(jobs.DELIVERY_APPLY, now=timezone.now())


def test_intake_uploads_looks_applies_and_reads_the_report(browser: Browser) -> None:
    delivery = upload(browser, make_principal(), "aanlevering-uwv.csv")
    text = page(browser, delivery)
    assert "Fout: 1 regel" in text
    assert "UWV-2026-00090" in text
    assert "elfproef" in text or "11-proef" in text
    assert "Toon alle 277 regels" in text
    refused = browser.post(reverse("delivery.apply", args=[delivery.pk]))
    assert refused.status_code == 422
    browser.post(reverse("delivery.apply", args=[delivery.pk]), {"partly": "on"})
    assert "0 van 278" in page(browser, delivery)
    progress = browser.get(reverse("delivery.progress", args=[delivery.pk]))
    assert "hx-trigger" in progress.content.decode()
    run_apply()
    assert browser.get(reverse("delivery.progress", args=[delivery.pk]))["HX-Refresh"] == "true"
    report = page(browser, delivery)
    assert "277" in report
    assert Involvement.objects.count() == 277
    rejects = browser.get(reverse("delivery.rejects", args=[delivery.pk]))
    rows = list(csv.reader(io.StringIO(rejects.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows[1:]] == ["UWV-2026-00090"]
    assert browser.get(reverse("delivery.list")).status_code == 200


def test_a_wrong_cell_is_mended_in_place(browser: Browser) -> None:
    delivery = upload(
        browser, make_principal(), file_of({"BSN": "123456789"}, {"Referentie": "T-2", "BSN": "999990019"})
    )
    text = page(browser, delivery)
    name = re.search(r'name="(r2-c\d+)"', text)
    assert name
    assert "123456789" not in text
    response = browser.post(reverse("delivery.mend", args=[delivery.pk, 2]), {name[1]: "999993653"})
    assert response["Location"].endswith("#r2")
    delivery.refresh_from_db()
    assert verdicts(delivery) == {"new": 2}


def test_a_row_is_left_out_and_taken_back(browser: Browser) -> None:
    delivery = upload(browser, make_principal(), file_of({"E-mail": "geen adres"}))
    url = reverse("delivery.decide", args=[delivery.pk, 2])
    browser.post(url, {"leave_out": "1", "w2-why": "verhuisd"})
    assert "verhuisd" in page(browser, delivery)
    browser.post(url, {"back": "1"})
    assert "verhuisd" not in page(browser, delivery)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.csv", b""),
        ("kop.csv", b"Referentie;BSN\n"),
        ("anders.csv", b"a;b\n1;2\n"),
        ("macro.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("nep.xlsx", b"PK\x03\x04niets"),
        ("aanhaling.csv", b'Referentie;BSN\n"x;1\n'),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(browser: Browser, name: str, content: bytes) -> None:
    response = browser.post(
        reverse("delivery.add"),
        {
            "principal": make_principal().pk,
            "file": SimpleUploadedFile(name, content, CSV),
            "received_on": timezone.localdate().strftime("%d-%m-%Y"),
        },
    )
    assert response.status_code == 422
    assert "utrecht-form-field-error-message" in response.content.decode()
    assert not Delivery.objects.exists()


def test_nobody_but_intake_has_deliveries(browser: Browser) -> None:
    delivery = upload(browser, make_principal(), file_of({}))
    names = ["delivery.view", "delivery.progress", "delivery.rejects"]
    urls = [reverse("delivery.list"), *(reverse(name, args=[delivery.pk]) for name in names)]
    for role in ("caseworker", "lead", "directie", "officer"):
        other = browser_for(make_staff(role))
        assert {other.get(url).status_code for url in urls} == {403}, role
        assert other.post(reverse("delivery.apply", args=[delivery.pk])).status_code == 403
    assert {Browser().get(url).status_code for url in urls} == {302}
    assert browser.get(reverse("delivery.view", args=[uuid4()])).status_code == 404
    assert browser.get(reverse("delivery.rows", args=[delivery.pk, "onzin"])).status_code == 404
    assert browser.post(reverse("delivery.mend", args=[delivery.pk, 99]), {}).status_code == 404


def test_the_second_who_applies_or_drops_is_told(browser: Browser) -> None:
    delivery = upload(browser, make_principal(), file_of({}))
    other = browser_for(make_staff("intake"))
    browser.post(reverse("delivery.apply", args=[delivery.pk]))
    response = other.post(reverse("delivery.apply", args=[delivery.pk]), follow=True)
    assert "wacht niet meer" in response.content.decode()
    response = other.post(reverse("delivery.drop", args=[delivery.pk]), follow=True)
    assert "wacht niet meer" in response.content.decode()
    run_apply()
    assert Registration.objects.count() == 1


def people(count: int, **changed: str) -> list[dict[str, str]]:
    return [
        {"Referentie": f"Q-{n}", "BSN": "", "Geslachtsnaam": f"Persoon{n}", "Voornamen": "X", **changed}
        for n in range(count)
    ]


def test_the_number_of_queries_does_not_grow_with_the_rows(browser: Browser) -> None:
    principal = make_principal(layout="Werkgever")
    counted: dict[int, list[int]] = {}
    for size in (12, 300):
        first = upload(browser, principal, file_of(*people(size)))
        browser.post(reverse("delivery.apply", args=[first.pk]))
        run_apply()
        mixed = [
            *people(size // 3, Straat="Elders"),
            *({**one, "Referentie": f"D-{i}"} for i, one in enumerate(people(size // 3))),
        ]
        wrong = [{**one, "Referentie": f"W-{i}", "E-mail": "fout"} for i, one in enumerate(people(size // 3))]
        new = [{**one, "Referentie": f"N-{i}", "Geslachtsnaam": f"Nieuw{i}"} for i, one in enumerate(people(size // 3))]
        delivery = upload(browser, principal, file_of(*mixed, *wrong, *new))
        assert verdicts(delivery) == dict.fromkeys(("new", "changed", "doubtful", "wrong"), size // 3)
        counted[size] = []
        for url in (
            reverse("delivery.view", args=[delivery.pk]),
            reverse("delivery.rows", args=[delivery.pk, "doubtful"]),
            reverse("delivery.rows", args=[delivery.pk, "changed"]),
            reverse("delivery.list"),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url).status_code == 200
            counted[size].append(len(queries))
        browser.post(reverse("delivery.drop", args=[delivery.pk]))
    assert counted[12] == counted[300]
    assert max(counted[12]) <= 25


def test_a_delivery_that_waits_stands_in_the_work_of_intake_alone(browser: Browser) -> None:
    delivery = upload(browser, make_principal(), file_of({}))
    url = reverse("delivery.view", args=[delivery.pk])
    assert url in browser.get(reverse("home")).content.decode()
    assert url not in browser_for(make_staff("caseworker")).get(reverse("home")).content.decode()
    browser.post(reverse("delivery.drop", args=[delivery.pk]))
    assert url not in browser.get(reverse("home")).content.decode()
