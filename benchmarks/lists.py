"""Art. 9: a page of the list and a search, at 1,000 and at 100,000 clients: python -m benchmarks.lists

Beside each stands SQL written by hand that fetches the same page. A page costs a fixed number of queries, so the
ratio to the hand's one query says little on its own; what counts is that it does not grow with the house. On the
servers of the tests. Exit status 1 when a page at 100,000 takes more than BOUND times one at 1,000, or too much more
than the hand's.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from uuid import UUID

import pytest

if __name__ == "__main__":  # first: what follows needs the settings, and they the servers that pytest's plugin starts
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", __file__]))

import psycopg2
from django.contrib.auth.models import Permission
from django.db import connection

from clients import worklist
from clients.listing import Narrowing, list_clients
from clients.search import search
from tests.clients.rows import make_principal
from tests.conftest import django_db_setup  # noqa: F401 - its override must stand where the test does
from tests.people import actor_of, as_actor, make_staff
from werkcontact.access import Actor
from werkcontact.staff.models import SYSTEM_ID, Appointment, Role, Staff

SIZES = (1_000, 100_000)
RUNS = 15
BOUND = 6  # times as long in a house a hundred times as large; who guides a hundred clients does so in both
HAND = 25  # times the hand's one query, at 100,000
EACH = 100  # clients of one caseworker
NOBODY = UUID("00000000-0000-7000-9000-000000000000")  # the first of the caseworkers

SEED = """
insert into clients_client (id, first_names, title, prefix, surname, gender, name_use, partner_prefix, partner_surname,
                            birth_year, birth_month, birth_day, sort_name, search_name)
select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Jan', '', '', 'Naam' || n %% 7919 || 'straat',
       'M', 'E', '', '', 1950 + n %% 50, 1 + n %% 12, 1 + n %% 28, 'naam' || n %% 7919 || 'straat, jan',
       'naam' || n %% 7919 || 'straat jan j'
from generate_series(%(first)s, %(last)s) n;
insert into clients_involvement (id, client_id, principal_id, opened_on)
select id, id, %(principal)s, '2026-11-01' from clients_client where sort_name like 'naam%%'
on conflict do nothing;
insert into clients_trajectory (id, involvement_id, principal_id, reference, starts_on, result)
select id, id, %(principal)s, 'BENCH-' || right(id::text, 8), '2026-10-01', '' from clients_involvement
on conflict do nothing;
insert into clients_assignment (id, involvement_id, staff_id, from_on, reason, by_id)
select i.id, i.id, ('00000000-0000-7000-9000-' || lpad(to_hex(('x' || right(i.id::text, 8))::bit(32)::int / %(each)s),
       12, '0'))::uuid, '2026-11-02', 'bench', %(by)s
from clients_involvement i where not exists (select from clients_assignment a where a.involvement_id = i.id);
insert into clients_grant (id, permission_id, user_id, involvement_id, cause_id, from_at, sort_name, search_name)
select a.id, %(permission)s, a.staff_id, a.involvement_id, a.id, '2026-11-02', c.sort_name, c.search_name
from clients_assignment a join clients_client c on c.id = a.involvement_id
where not exists (select from clients_grant g where g.cause_id = a.id);
"""
BY_HAND = """
select i.id, c.surname, c.first_names, c.birth_year, p.name, t.reference, s.display_name
from {source}
join clients_involvement i on i.id = g.id join clients_client c on c.id = i.client_id
join clients_principal p on p.id = i.principal_id
left join clients_trajectory t on t.involvement_id = i.id
left join clients_assignment a on a.involvement_id = i.id left join staff_staff s on s.id = a.staff_id
order by c.sort_name, i.id
"""
MINE = """(select involvement_id as id from clients_grant where user_id = %(me)s and from_at <= now() {}
           order by sort_name, involvement_id limit 51) g"""
ALL = """(select v.id from clients_involvement v join clients_client w on w.id = v.client_id {}
          order by w.sort_name, v.id limit 51) g"""
# Everybody is guided: a house where nobody waits is what a search for them must go through whole.
NOBODYS = """where v.ended_on is null and (v.guided_until is null or v.guided_until <= now()) and not exists (
             select from clients_grant q where q.involvement_id = v.id and q.until_at is null)"""


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of some runs, after one that warms up."""
    work()
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def by_hand(source: str, me: Actor) -> int:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND.format(source=source), {"me": me.id})
        return len(cursor.fetchall())


def grow(first: int, last: int, principal: UUID, by: UUID) -> None:
    """Make more clients, each with a trajectory, an assignment and its grant: a few statements."""
    as_actor()
    Staff.objects.bulk_create(
        [
            Staff(pk=UUID(int=NOBODY.int + n), email=f"{n}@bench.example", display_name=f"B. {n}")
            for n in range(first // EACH + 1 if first > 1 else 0, last // EACH + 1)
        ]
    )
    people = Staff.objects.filter(email__endswith="@bench.example", appointments=None)
    Appointment.objects.bulk_create(
        [
            Appointment(staff=person, role=Role.CASEWORKER, from_on="2026-01-01", reason="bench", by_id=SYSTEM_ID)
            for person in people
        ]
    )
    permission = Permission.objects.get(content_type__app_label="clients", codename="assigned").pk
    facts: dict[str, int | UUID] = {
        "first": first,
        "last": last,
        "each": EACH,
        "principal": principal,
        "by": by,
        "permission": permission,
    }
    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
        for statement in SEED.split(";")[:-1]:
            cursor.execute(statement, facts)
        cursor.execute("reset statement_timeout")
    # what autovacuum does in a real house; the application owns no table and may not
    here = connection.settings_dict["NAME"]
    with psycopg2.connect(os.environ["TEST_SUPERUSER_URL"], dbname=here) as other, other.cursor() as owner:
        owner.execute("analyze")


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_lists_do_not_grow_with_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    principal, intake, guide = make_principal(), make_staff("intake"), make_staff("caseworker")
    taken: dict[int, dict[str, tuple[float, float]]] = {}
    for before, size in zip((0, *SIZES), SIZES, strict=False):
        grow(before + 1, size, principal.pk, intake.pk)
        with connection.cursor() as cursor:  # this caseworker guides the first hundred, in both houses
            cursor.execute("update clients_grant set user_id = %s where user_id = %s", [guide.pk, NOBODY])
        taken[size] = measure(actor_of(guide), actor_of(intake))
    with capsys.disabled():
        for name in taken[SIZES[0]]:
            small, large = (taken[size][name] for size in SIZES)
            print(
                f"\n{name}: {small[0] * 1000:.1f} ms at {SIZES[0]:,}, {large[0] * 1000:.1f} ms at {SIZES[1]:,}"
                f" ({large[0] / small[0]:.1f} x; by hand {large[1] * 1000:.2f} ms, {large[0] / large[1]:.0f} x)",
                end="",
            )
    small_house, large_house = (taken[size] for size in SIZES)
    slow = [name for name, (ours, _theirs) in large_house.items() if ours > BOUND * small_house[name][0]]
    dear = [n for n, (ours, theirs) in large_house.items() if ours > HAND * theirs]
    if slow or dear:
        pytest.fail(f"grew: {slow}; too far from the hand's: {dear}")


def measure(guide: Actor, intake: Actor) -> dict[str, tuple[float, float]]:
    """Return, by what is asked, our time and the hand's."""
    named, like = "naam5straat", "and search_name like '%%naam5straat%%'"
    asked = "where w.search_name like '%%naam5straat%%'"
    once = "where v.id in (select involvement_id from clients_trajectory where upper(reference) = 'BENCH-00000005')"
    return {
        "mine, list": (_list(guide), seconds(lambda: by_hand(MINE.format(""), guide))),
        "mine, search": (_search(guide, named), seconds(lambda: by_hand(MINE.format(like), guide))),
        "all, list": (_list(intake), seconds(lambda: by_hand(ALL.format(""), intake))),
        "all, search by name": (_search(intake, named), seconds(lambda: by_hand(ALL.format(asked), intake))),
        "all, search by reference": (
            _search(intake, "bench-00000005"),
            seconds(lambda: by_hand(ALL.format(once), intake)),
        ),
        "to assign, nobody": (_to_assign(intake), seconds(lambda: by_hand(ALL.format(NOBODYS), intake))),
        "to assign, in Vandaag": (
            seconds(lambda: worklist.mine(intake, intake.today)),
            seconds(lambda: by_hand(ALL.format(NOBODYS), intake)),
        ),
    }


def _to_assign(actor: Actor) -> float:
    return seconds(lambda: list_clients(actor, after=None, by=Narrowing(unassigned=True)))


def _list(actor: Actor) -> float:
    if not list_clients(actor, after=None, by=Narrowing()).clients:
        pytest.fail("nobody on the list")
    return seconds(lambda: list_clients(actor, after=None, by=Narrowing()))


def _search(actor: Actor, text: str) -> float:
    if not search(actor, text).hits:
        pytest.fail("nobody found")
    return seconds(lambda: search(actor, text))
