"""Art. 11: how long the letters of the UWV sample (277 people) take: python -m benchmarks.notices

Made, printed in one run, marked sent in one act, filed by the job; and one letter by itself, from page to dossier. On
the servers of the tests (no fsync of the database), so the bounds are ratios: a letter of the run against a letter by
itself, and the act that marks all sent against filing them. Exit status 1 when one is broken.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

if __name__ == "__main__":  # first: what follows needs the settings, and they the servers that pytest's plugin starts
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", __file__]))

from clients import notice_runs, notices
from clients.models import Notice
from tests.clients.deliveries import deliver_and_apply, intake, make_principal
from tests.clients.told import notice_of, run_filing
from tests.conftest import django_db_setup  # noqa: F401 - its override must stand where the test does

PRINTED_LETTER_AT_MOST = 1.0  # of a letter by itself
MARKING_AT_MOST = 0.2  # of filing


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_letters_of_a_delivery(capsys: pytest.CaptureFixture[str]) -> None:
    actor = intake()
    today = actor.today
    delivery = deliver_and_apply(actor, make_principal(), "aanlevering-uwv.csv")
    first = notice_runs.read_run(actor, delivery).ready[0]

    def one_letter() -> None:
        later = replace(actor, at=actor.at + timedelta(seconds=1))
        letter = notices.make_letter(actor=later, notice=first, secret_seen=False, today=today)
        notice = notice_of(later, first.involvement)
        notices.mark_sent(actor=later, notice=notice, made_at=letter.made_at, on=today, way="post", today=today)

    one = timed(one_letter)
    made = timed(lambda: notice_runs.make_run(actor=actor, delivery=delivery, today=today))
    run = notice_runs.read_run(actor, delivery)
    printed = timed(lambda: notice_runs.print_part(actor, delivery, 1))
    said = {"digest": run.digest, "on": today, "way": "post", "today": today}
    marked = timed(lambda: notice_runs.mark_run_sent(actor=actor, delivery=delivery, **said))  # type: ignore[arg-type]
    filed = timed(run_filing)
    count = len(run.ready)
    with capsys.disabled():
        print(f"\n{Notice.objects.count()} people, {count} letters in the run, {len(run.left_out)} left out")
        print(f"made {made:.2f} s, printed {printed:.2f} s, marked {marked:.2f} s, filed {filed:.1f} s")
        print(f"one letter from page to dossier {one:.2f} s")
    if printed / count / one > PRINTED_LETTER_AT_MOST or marked / filed > MARKING_AT_MOST:
        pytest.fail("slower than its bounds")
