"""Art. 6.1, 7.5, 13.4: what is decided is what was prepared, once, and never by oneself; also below Django."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tests.people import NOW, actor_of, make_staff
from werkcontact.approvals import four_eyes
from werkcontact.approvals.models import Approval
from werkcontact.refused import Refused
from werkcontact.staff.models import Staff

PAYLOAD: dict[str, Any] = {"ground": "a", "on": date(2026, 11, 24)}


def prepared(by: Staff, subject: UUID | None = None) -> Approval:
    return four_eyes.prepare(actor=actor_of(by), kind="proof", subject=subject or uuid4(), payload=PAYLOAD)


def code_of(decider: Staff, approval: Approval, payload: dict[str, Any] = PAYLOAD, *, granted: bool = True) -> str:
    try:
        with transaction.atomic():
            four_eyes.decide(actor=actor_of(decider), approval=approval, payload=payload, granted=granted)
    except Refused as refused:
        return refused.code
    return "done"


@pytest.mark.django_db
def test_one_prepares_and_another_decides_once_over_the_same_content() -> None:
    first, second, third = make_staff("directie"), make_staff("directie"), make_staff("directie")
    approval = prepared(first)
    assert code_of(first, approval) == "approvals.own"
    assert code_of(second, approval, {**PAYLOAD, "ground": "b"}) == "approvals.changed"
    assert code_of(second, approval) == "done"
    assert code_of(third, approval, granted=False) == "approvals.decided"


@pytest.mark.django_db
def test_preparing_anew_makes_the_earlier_one_void() -> None:
    first, second = make_staff("directie"), make_staff("directie")
    earlier = prepared(first)
    later = prepared(first, earlier.subject)
    assert code_of(second, earlier) == "approvals.decided"
    assert code_of(second, later) == "done"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "wall"),
    [
        ("outcome = 'granted', decided_at = now(), decider_id = preparer_id", "approval_two_persons"),
        ("outcome = 'granted'", "approval_decided_by_somebody"),
        ("outcome = 'granted', decided_at = now()", "approval_decided_by_somebody"),
    ],
)
def test_the_database_knows_two_persons_too(change: str, wall: str) -> None:
    approval = prepared(make_staff("directie"))
    with pytest.raises(IntegrityError, match=wall), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update approvals_approval set {change} where id = %s", [approval.pk])  # noqa: S608


@pytest.fixture
def hands() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(hands: ThreadPoolExecutor) -> None:
    approval = prepared(make_staff("directie"))
    deciders = [make_staff("directie"), make_staff("directie")]

    def decide(who: Staff) -> str:
        try:
            return code_of(who, approval)
        finally:
            connection.close()

    assert sorted(hands.map(decide, deciders)) == ["approvals.decided", "done"]


def test_the_same_content_has_one_hash_whoever_reads_it() -> None:
    one = uuid4()
    same = [
        {"at": NOW, "id": one, "on": date(2026, 11, 24)},
        {"on": "2026-11-24", "id": str(one), "at": NOW.astimezone(UTC)},
    ]
    assert len({four_eyes.payload_hash(payload) for payload in same}) == 1
    assert four_eyes.payload_hash({"a": ["1", "2"]}) != four_eyes.payload_hash({"a": ["2", "1"]})


@pytest.mark.parametrize("value", [{"1", "2"}, b"1", object(), float("nan")])
def test_what_has_no_one_way_to_be_written_is_not_decided_on(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        four_eyes.payload_hash({"a": value})


def test_moments_are_compared_and_not_their_zones() -> None:
    assert four_eyes.payload_hash({"at": NOW}) == four_eyes.payload_hash({"at": datetime(2026, 11, 24, 9, tzinfo=UTC)})
