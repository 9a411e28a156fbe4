"""Art. 5.2, 6.1, 7.6, 13-14, 17: the tables of states hold together."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from typing import Any

import pytest
from django.db.models import TextChoices

from dossiers import transitions as d
from requests_app import transitions as r
from werkcontact.access.table import JOB_ACTS, LINES
from werkcontact.refused import Refused

TABLES: list[tuple[type[TextChoices], Sequence[d.Step[Any]]]] = [
    (d.DossierState, d.DOSSIER),
    (d.DocumentState, d.DOCUMENT),
    (d.WorkNoteState, d.WORK_NOTE),
    (d.HoldState, d.HOLD),
    (d.ListState, d.DESTRUCTION_LIST),
    (d.ItemPhase, d.DESTRUCTION_ITEM),
    (r.RequestState, r.REQUEST),
    (r.AskState, r.ASK),
    (r.ToldState, r.TOLD),
    (r.ComplaintState, r.COMPLAINT),
]
OF_JOBS = {"destruction.propose", "destruction.execute", *JOB_ACTS}


@pytest.mark.parametrize(("states", "table"), TABLES)
def test_every_state_can_be_reached_from_nothing(states: type[TextChoices], table: Sequence[d.Step[Any]]) -> None:
    reached, waiting = set(), deque([None])
    while waiting:
        start = waiting.popleft()
        for step in table:
            if step.start == start and step.to not in reached:
                reached.add(step.to)
                waiting.append(step.to)
    assert reached == set(states)


@pytest.mark.parametrize(("states", "table"), TABLES)
def test_one_act_and_choice_leads_to_one_state(states: type[TextChoices], table: Sequence[d.Step[Any]]) -> None:
    rows = Counter((step.start, step.act, step.choice, role) for step in table for role in step.roles)
    assert max(rows.values()) == 1


def test_every_act_is_one_that_the_gate_or_the_jobs_know() -> None:
    acts = {step.act for _states, table in TABLES for step in table}
    assert acts - OF_JOBS <= {line.act for line in LINES}


def test_what_is_not_in_the_table_is_refused() -> None:
    assert d.next_state(d.DOSSIER, d.DossierState.OPEN, "closure.close", {"assigned"}) == d.DossierState.CLOSED
    for start, act, roles in (
        (d.DossierState.OPEN, "closure.close", {"intake"}),
        (d.DossierState.CLOSED, "closure.close", {"assigned"}),
        (d.DossierState.OPEN, "destruction.execute", {"system"}),
        (d.DossierState.OPEN, "closure.close", set()),
    ):
        with pytest.raises(Refused, match=r"transitions\.not_from_here"):
            d.next_state(d.DOSSIER, start, act, roles)


def test_a_draft_that_was_dropped_never_becomes_final() -> None:
    assert not [step for step in d.DOCUMENT if step.start == d.DocumentState.DROPPED]


def test_a_refusal_is_never_decided_without_a_second_person() -> None:
    to_second = {step.start for step in r.ASK if step.to == r.AskState.SECOND}
    from_second = {step.act for step in r.ASK if step.start == r.AskState.SECOND and step.to == r.AskState.WRITING}
    assert to_second == {r.AskState.DECIDING, r.AskState.RECEIVED}
    assert from_second == {"request.decide_second"}
    assert {step.act for step in r.ASK if step.to == r.AskState.NO_IDENTITY} == {"request.handle"}
    assert {step.start for step in r.ASK if step.to == r.AskState.NO_IDENTITY} == {r.AskState.WRITING}
