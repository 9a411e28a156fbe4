"""Art. 6.2, 9: appointments: who acts in which role, from when until when and why; given and ended by the directie."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from werkcontact.access import Actor, act
from werkcontact.office.broken_wall import spoken
from werkcontact.refused import Refused
from werkcontact.staff.models import Appointment, Staff


def appoint(*, actor: Actor, staff: Staff, role: str, from_on: date, until_on: date | None, reason: str) -> Appointment:
    """Give somebody a role; both days are Amsterdam's, the last one counts.

    Raises Refused for oneself, for a last day before the first, for somebody inactive, and for a role that the person
    already has in part of that time. It works once the declaration of secrecy is signed (art. 7.2).
    """
    with spoken(Appointment, "9"), act(actor, "appointment.give", kind="create") as deed:
        deed.saw([staff.pk])
        _not_oneself(actor, staff)
        _in_order(from_on, until_on)
        if not staff.is_active:
            raise Refused("appointments.inactive", "9", _("This account may not sign in."), field="staff")
        given = Appointment.objects.create(
            staff=staff, role=role, from_on=from_on, until_on=until_on, reason=reason.strip(), by_id=actor.id
        )
        deed.saw([given.pk])
    return given


def end_appointment(*, actor: Actor, appointment: Appointment, until_on: date | None, reason: str) -> Appointment:
    """Set or move the last day of an appointment and say why; what was before stays in its history.

    Raises Refused for one's own, for a last day before the first, and where it would overlap another.
    """
    with spoken(Appointment, "9"), act(actor, "appointment.give") as deed:
        kept = Appointment.objects.select_for_update().get(pk=appointment.pk)
        deed.saw([kept.pk, kept.staff_id])
        _not_oneself(actor, kept.staff)
        _in_order(kept.from_on, until_on)
        kept.until_on, kept.reason = until_on, reason.strip()
        kept.save(update_fields=["until_on", "reason"])
    return kept


def _not_oneself(actor: Actor, staff: Staff) -> None:
    if staff.pk == actor.id:
        raise Refused("appointments.oneself", "9", _("Nobody appoints themselves."), field="staff")


def _in_order(from_on: date, until_on: date | None) -> None:
    if until_on is not None and until_on < from_on:
        text = _("The last day lies before the first.")
        raise Refused("appointments.backwards", "9", text, field="until_on")
