from __future__ import annotations

import pytest

from requests_app.models import SubjectRequest
from tests.dossiers.rows import AT, ON, World, make_world
from tests.requests_app.making import Office, make_office


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def asked(world: World) -> SubjectRequest:
    return SubjectRequest.objects.create(
        number="V-2026-0017",
        client_id=world.dossier.involvement.client_id,
        received_on=ON,
        way="email",
        asked_cipher=b"a",
        name_cipher=b"n",
        registered_by=world.by,
        registered_at=AT,
    )


@pytest.fixture
def office(db: None) -> Office:
    return make_office()
