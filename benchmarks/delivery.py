"""Art. 5.1: rows a second of a delivery of 10,000 new people, beside a plain COPY: python -m benchmarks.delivery

The delivery is read, checked, compared, sealed, stored, then applied with keys, BSN cipher, history, notice, dossier
and log. The COPY writes the same file as it is into a table of text. Then the same file again, and one in which all
changed. On the servers of the tests (no fsync), so read the ratio, and the rate as an upper bound. Exit status 1
below the bound, which is half of what is meant to be (2,000), for machines that have other work.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable

import pytest

if __name__ == "__main__":  # first: what follows needs the settings, and they the servers that pytest's plugin starts
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", __file__]))

import psycopg2

from clients.models import Delivery, Principal, Registration
from tests.clients.deliveries import HEADER, PERSON, apply, deliver, file_of, intake, make_principal
from tests.conftest import django_db_setup  # noqa: F401 - its override must stand where the test does
from werkcontact.access import Actor

ROWS = 10_000
LEAST_ROWS_PER_SECOND = 1_000
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


def bsns(count: int) -> list[str]:
    """Return numbers that pass the eleven-test."""
    found: list[str] = []
    number = 10_000_000
    while len(found) < count:
        number += 1
        last = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, str(number), strict=True)) % 11
        if last < 10:
            found.append(f"{number}{last}")
    return found


def people(**changed: str) -> list[dict[str, str]]:
    """Return ROWS people, each with a name, birth date, number and reference of their own."""
    return [
        {
            "Referentie": f"B-{number:06}",
            "BSN": bsn,
            "Geslachtsnaam": f"Jansen{number % 700}-De Boer",
            "Geboortedatum": f"{number % 28 + 1:02}-{number % 12 + 1:02}-{1950 + number % 50}",
            "Huisnummer": str(number % 300 + 1),
            **changed,
        }
        for number, bsn in enumerate(bsns(ROWS))
    ]


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def plain_copy(data: bytes) -> None:
    """Write the file into a table of text."""
    columns = ", ".join(f"c{place} text" for place in range(len(HEADER.split(";"))))
    with psycopg2.connect(os.environ["TEST_SUPERUSER_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(f"create temporary table plain ({columns})")
        text = io.StringIO(data.decode())
        cursor.copy_expert("copy plain from stdin with (format csv, delimiter ';', header)", text)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_delivery_of_ten_thousand(capsys: pytest.CaptureFixture[str]) -> None:
    actor, principal, data = intake(), make_principal(), file_of(*people())
    copied = timed(lambda: plain_copy(data))
    with capsys.disabled():
        rate = run("new", actor, principal, data, copied)
        run("the same again", actor, principal, data, copied)
        run("all changed", actor, principal, file_of(*people(Straat=PERSON["Straat"] + "straat")), copied)
    if Registration.objects.count() != ROWS or rate < LEAST_ROWS_PER_SECOND:
        pytest.fail("too few rows, or too slow")


def run(name: str, actor: Actor, principal: Principal, data: bytes, copied: float) -> float:
    """Upload and apply; print and return rows a second of applying."""
    made: list[Delivery] = []
    received = timed(lambda: made.append(deliver(actor, principal, data)))
    applied = timed(lambda: apply(actor, made[0]))
    print(
        f"\n{name}: upload {ROWS / received:,.0f} rows/s ({received:.1f} s), apply {ROWS / applied:,.0f} rows/s"
        f" ({applied:.1f} s, {applied / copied:.0f} x a plain COPY of {copied:.2f} s)",
        end="",
    )
    return ROWS / applied
