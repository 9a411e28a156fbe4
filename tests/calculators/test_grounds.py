"""The catalogue of grounds: where each may be used, what carries it, who decides."""

from __future__ import annotations

import pytest

from werkcontact.law.grounds import CARRIERS, GROUNDS, Ground, Use, carries, ground, offered
from werkcontact.law.rules import KINDS


def codes(use: Use, kind: str = "") -> set[str]:
    return {each.code for each in offered(use, kind)}


@pytest.mark.parametrize("found", GROUNDS, ids=lambda each: each.code)
def test_no_ground_stands_without_a_law_that_carries_it(found: Ground) -> None:
    assert found.carriers
    assert set(found.carriers) <= set(CARRIERS)
    assert set(found.kinds) <= set(KINDS)
    assert found.uses
    assert found.title


def test_codes_are_unique_and_every_provision_is_used() -> None:
    assert len({each.code for each in GROUNDS}) == len(GROUNDS)
    assert {carrier for each in GROUNDS for carrier in each.carriers} == set(CARRIERS)


def test_that_somebody_knows_already_excuses_a_notice_and_nothing_else() -> None:
    assert ground("11.1.a").uses == ("notice",)
    assert ground("11.1.a").decider("notice") == "handler"


def test_where_grounds_may_be_used() -> None:
    assert codes("notice") == {"11.1.a", "11.1.b", "11.1.c"}
    assert codes("withhold", "inspection") == {"13.4.a", "13.4.b"}
    assert codes("withhold", "correction") == set()
    assert codes("refuse_request", "correction") == {"12.2", "14.4", "avg.12.5"}
    assert codes("refuse_request", "disclosures") == {"11.1.b", "11.1.c", "12.2", "avg.12.5"}
    assert codes("refuse_request", "restriction") == {"12.2", "avg.12.5"}
    assert codes("disclosure") == {"consent_form", "statute", "urgent", "hand_back"}
    assert codes("archive_disclosure") == {"6.4.statute", "6.4.consent", "6.4.duty"}


@pytest.mark.parametrize("use", ["withhold", "refuse_request"])
def test_every_refusal_needs_a_second_person(use: Use) -> None:
    assert {each.decider(use) for each in offered(use)} == {"second_person"}


def test_the_directie_decides_on_urgency_and_on_leaving_out_a_notice() -> None:
    assert ground("urgent").decider("disclosure") == "directie"
    assert ground("11.1.b").decider("notice") == "directie"
    assert ground("11.1.c").decider("notice") == "directie"


def test_a_statute_must_be_cited() -> None:
    assert {each.code for each in GROUNDS if each.needs_citation} == {"statute", "6.4.statute"}


def test_a_ground_is_carried_by_its_own_law_only() -> None:
    assert carries("13.4.a", "AVG 15.4")
    assert not carries("13.4.a", "UAVG 41.1.j")
    assert carries("urgent", "AVG 6.1.d")
    assert not carries("urgent", "AVG 6.1.a")


def test_what_is_no_ground_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown ground"):
        ground("7.7")
    with pytest.raises(ValueError, match="no ground for"):
        ground("urgent").decider("archive_disclosure")
