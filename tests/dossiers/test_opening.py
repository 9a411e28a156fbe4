"""Art. 1.f, 5.2: dossiers open with their involvements, many at once and as cheaply as one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from clients import involvements
from clients.models import Involvement
from dossiers.models import Dossier
from dossiers.opening import number_of, open_dossiers
from tests.dossiers.guided import make_involvement
from tests.people import TODAY
from werkcontact.vault import keys
from werkcontact.vault.keys.kinds import KeyKind

pytestmark = pytest.mark.django_db


def many(count: int) -> list[Involvement]:
    first = make_involvement()
    rest = [
        Involvement(client=first.client, principal=first.principal, opened_on=TODAY, ended_on=TODAY)
        for _ in range(count - 1)
    ]
    return [first, *Involvement.objects.bulk_create(rest)]


def test_a_dossier_names_its_rulebook_and_has_a_key_and_a_number_of_its_own() -> None:
    opened = many(3)
    open_dossiers([each.pk for each in opened], TODAY)
    dossiers = list(Dossier.objects.order_by("number"))
    assert [d.involvement_id for d in dossiers] == [each.pk for each in opened]
    assert len({d.number for d in dossiers}) == 3
    assert all(d.number.startswith("D-2026-") and d.rulebook.pk and d.opened_on == TODAY for d in dossiers)
    assert len(set(keys.fetch(KeyKind.DOSSIER, [d.pk for d in dossiers]).values())) == 3
    assert number_of(opened[1].pk) == dossiers[1].number


def test_a_thousand_cost_as_many_queries_as_one() -> None:
    spent = []
    for opened in (many(1), many(1000)):
        with CaptureQueriesContext(connection) as product, CaptureQueriesContext(connections["keys"]) as vault:
            open_dossiers([each.pk for each in opened], TODAY)
        spent.append(len(product) + len(vault))
    assert spent[0] == spent[1] <= 8


def test_the_clients_app_tells_us() -> None:
    opened = make_involvement()
    involvements.tell_opened([opened.pk], TODAY)
    assert Dossier.objects.filter(involvement=opened).exists()


def test_an_involvement_has_one_dossier() -> None:
    opened = make_involvement()
    open_dossiers([opened.pk], TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        open_dossiers([opened.pk], TODAY)
