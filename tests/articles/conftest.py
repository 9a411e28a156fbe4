from __future__ import annotations

import pytest

from tests.requests_app.making import Office, make_office


@pytest.fixture
def office(db: None) -> Office:
    return make_office()
