"""Art. 12-15: the states of a request and of what is asked in it are the table, and nothing else happens."""

from __future__ import annotations

import itertools

import pytest

from requests_app.transitions import ASK, ASK_ENDED, REQUEST, AskState, RequestState, next_state
from werkcontact.access import table
from werkcontact.refused import Refused


def test_every_act_of_the_tables_stands_in_the_access_table() -> None:
    assert {step.act for step in ASK} | {step.act for step in REQUEST} <= table.ACTS


def test_every_state_is_reached_and_left_but_the_ends() -> None:
    assert {step.to for step in ASK} == set(AskState)
    assert {step.start for step in ASK} - {None} == set(AskState) - {AskState.ANSWERED, AskState.WITHDRAWN}
    assert {step.to for step in REQUEST} == set(RequestState)


def test_what_is_not_in_the_table_does_not_happen() -> None:
    listed = {(step.start, step.act, step.choice) for step in ASK}
    acts = {(step.act, step.choice) for step in ASK}
    roles = {"requests", "directie", "archivist", "disputes"}
    refused = 0
    for start, (act, choice) in itertools.product(AskState, acts):
        if (start, act, choice) in listed:
            next_state(ASK, start, act, roles, choice)
        else:
            refused += 1
            with pytest.raises(Refused):
                next_state(ASK, start, act, roles, choice)
    assert refused > 100


def test_nothing_goes_out_that_was_withheld_or_refused_without_a_second_person() -> None:
    """The only ways to the letter: all is given, or somebody else agreed."""
    ways = {(step.start, step.choice) for step in ASK if step.to == AskState.WRITING}
    assert ways == {(AskState.DECIDING, "all_given"), (AskState.SECOND, "approve")}


def test_only_want_of_identity_and_proof_after_all_reopen_an_end() -> None:
    reopened = [(step.start, step.choice) for step in ASK if step.start in ASK_ENDED and step.to not in ASK_ENDED]
    assert reopened == [(AskState.NO_IDENTITY, "identity_shown")]
