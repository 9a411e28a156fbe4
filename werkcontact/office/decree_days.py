"""Art. 19, Atw 3.3: days that a royal decree equates with a holiday; every term that ends on one of them moves."""

from __future__ import annotations

from datetime import date

from werkcontact.access import Actor, act
from werkcontact.office.broken_wall import spoken
from werkcontact.rulebook.models import DecreeDay


def enter_day(*, actor: Actor, on: date, decree: str) -> DecreeDay:
    """Enter a day with the number of its decree; raises Refused when it is there already."""
    with spoken(DecreeDay, "19", unique="pkey"), act(actor, "rulebook.adopt", kind="create"):
        return DecreeDay.objects.create(on=on, decree=decree.strip(), by_id=actor.id)


def correct_day(*, actor: Actor, day: DecreeDay, decree: str, withdrawn: bool) -> DecreeDay:
    """Correct the decree's number, or withdraw a day that was entered by mistake: it no longer counts."""
    with act(actor, "rulebook.adopt"):
        kept = DecreeDay.objects.select_for_update().get(pk=day.pk)
        kept.decree, kept.withdrawn = decree.strip(), withdrawn
        kept.save(update_fields=["decree", "withdrawn"])
    return kept
