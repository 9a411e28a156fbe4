"""Art. 9: the first member of the directie, whom nobody can appoint; the system does, from the command line."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from werkcontact.access import Actor, act
from werkcontact.office.accounts import as_kept
from werkcontact.office.broken_wall import spoken
from werkcontact.staff.models import Appointment, Role, Staff


def create_director(*, actor: Actor, email: str, display_name: str, password: str, today: date) -> Staff:
    """Make an account with an appointment to the directie from today, in one transaction.

    `actor` is the system actor of the command. Raises Refused when the address is taken.
    """
    with spoken(Staff, "9", unique="email"), act(actor, "appointment.give", kind="create") as deed:
        staff = Staff.objects.create_user(email=as_kept(email), password=password, display_name=display_name.strip())
        reason = str(_("Appointed from the command line."))
        given = Appointment.objects.create(
            staff=staff, role=Role.DIRECTIE, from_on=today, reason=reason, by_id=actor.id
        )
        deed.saw([staff.pk, given.pk])
    return staff
