"""A missing fact is an error before anything is printed, and an error never quotes a fact."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.letters.examples import ADDRESSEE, FACTS, MADE_ON, SENDER
from tests.letters.reading import made, words
from werkcontact.letters.addressee import Addressee, Sender
from werkcontact.letters.catalogue import CATALOGUE, fields_printed
from werkcontact.letters.facts import FactsWrong
from werkcontact.letters.render import render

OPTIONAL = {"fields_withheld", "recipients_withheld", "seen_withheld"}
OPTIONAL |= {"service", "identity_needed", "ways", "promised_by", "born", "state", "way", "hours", "next_step"}
EACH = [(code, name) for code, facts in FACTS.items() for name in facts]


def needed(code: str, name: str) -> bool:
    return name not in OPTIONAL or (code, name) == ("request_receipt", "way")


@pytest.mark.parametrize(("code", "name"), EACH)
def test_each_fact_is_needed_or_may_be_left_out(code: str, name: str) -> None:
    if needed(code, name):
        with pytest.raises(FactsWrong, match=f"{name} is missing"):
            made(code, **{name: None})
    else:
        assert made(code, **{name: None}).startswith(b"%PDF")


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, name in EACH if isinstance(FACTS[code][name], str)])
def test_a_blank_fact_is_a_missing_one(code: str, name: str) -> None:
    with pytest.raises(FactsWrong, match=f"{name} is empty"):
        made(code, **{name: " \n"})


@pytest.mark.parametrize(
    ("code", "name", "value", "fault"),
    [
        ("request_receipt", "answer_by", "morgen", "answer_by is of the wrong kind"),
        ("request_receipt", "answer_by", datetime(2026, 11, 30, tzinfo=UTC), "answer_by is of the wrong kind"),
        ("request_receipt", "asked", "inzage", "asked must be a list"),
        ("request_receipt", "asked", [], "asked is empty"),
        ("request_receipt", "asked", ["inzage", 3], r"asked\[1\] must be text"),
        ("request_receipt", "identity_needed", "ja", "identity_needed is of the wrong kind"),
        ("request_receipt", "bsn", "999993653", "bsn is unknown"),
        ("registration_notice", "retention_years", "5", "retention_years is of the wrong kind"),
        ("request_answer", "withheld", [{"what": "Verslag"}], r"withheld\[0\].ground is missing"),
        ("request_answer", "withheld", ["Verslag"], r"withheld\[0\] must be a mapping"),
        ("inspection_overview", "seen", [{"at": datetime(2026, 11, 1)}], r"seen\[0\].at is of the wrong kind"),  # noqa: DTZ001
    ],
)
def test_a_fact_of_the_wrong_kind_is_named_by_its_path(code: str, name: str, value: Any, fault: str) -> None:
    with pytest.raises(FactsWrong, match=fault):
        made(code, **{name: value})


def test_a_verdict_is_one_of_those_there_are() -> None:
    odd = FACTS["request_answer"]["withheld"][0] | {"verdict": "misschien"}
    with pytest.raises(FactsWrong, match=r"withheld\[0\].verdict"):
        made("request_answer", withheld=[odd])


def test_all_faults_are_named_at_once_and_none_is_quoted() -> None:
    with pytest.raises(FactsWrong) as caught:
        made("request_answer", given="Moulin", enclosures=None, withheld=[{"what": "geheim"}])
    assert len(caught.value.faults) == 5
    assert "Moulin" not in str(caught.value)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("code", CATALOGUE)
def test_facts_kept_as_json_give_the_same_letter(code: str) -> None:
    stored = json.loads(json.dumps(FACTS[code], default=lambda moment: moment.isoformat()))
    assert made(code, **stored) == made(code)


def test_moments_are_printed_in_the_time_of_amsterdam() -> None:
    look = FACTS["inspection_overview"]["seen"][0]
    night = [look | {"at": datetime(2026, 3, 5, 23, 30, tzinfo=UTC)}, look | {"at": "2026-07-05T23:30:00+00:00"}]
    said = words(made("inspection_overview", seen=night))
    assert "06-03-2026 00:30" in said
    assert "06-07-2026 01:30" in said


def test_an_unknown_letter_is_refused() -> None:
    with pytest.raises(KeyError):
        render("love_letter", {}, addressee=ADDRESSEE, sender=SENDER, made_on=MADE_ON)


def test_a_letter_needs_an_addressee_and_a_copy_has_none() -> None:
    with pytest.raises(ValueError, match="an addressee is needed"):
        render("request_receipt", FACTS["request_receipt"], addressee=None, sender=SENDER, made_on=date(2026, 1, 1))
    with pytest.raises(ValueError, match="no addressee is needed"):
        render("plain_document", FACTS["plain_document"], addressee=ADDRESSEE, sender=SENDER, made_on=MADE_ON)


def test_addressee_and_sender_are_whole() -> None:
    with pytest.raises(ValueError, match="without a name"):
        Addressee(name_envelope=" ")
    with pytest.raises(ValueError, match="without a salutation"):
        Addressee(name_envelope="A. Jansen", salutation="")
    with pytest.raises(ValueError, match="without city, website"):
        Sender(
            name="W", address="A 1", postcode="1", city="", telephone="1", email="a@b", website=" ", privacy_contact="c"
        )


def test_the_ledger_learns_which_fields_a_letter_carried() -> None:
    assert "clients.registration.street" in fields_printed("registration_notice", FACTS["registration_notice"])
    carried = fields_printed("inspection_overview", FACTS["inspection_overview"])
    assert {"clients.client.birth_year", "clients.registration.email"} <= set(carried)
    assert len(carried) == len(set(carried))
