"""Art. 7.2, 18.4: the promise of secrecy, signed on screen by whoever has an appointment, before anything else."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from werkcontact.access import Actor, act
from werkcontact.staff.models import Declaration

# What is promised; signed as it reads here, so a changed text asks for a new signature of everybody.
PROMISES = (
    _("What I see or hear about clients stays secret. Also after I stop working for Werkcontact."),
    _("I look only at what I need for my work. I know that what I look at is recorded."),
    _("I give data to others only where the privacy reglement allows it: with the client's consent, or by law."),
    _("Data from UWV and other principals are secret. I use them only for the commission they were given for."),
    _("I keep to the OVAL code of conduct."),
)


def sign_declaration(*, actor: Actor, today: date) -> Declaration:
    """Sign for a year from today (Amsterdam); signing twice on one day is signing once."""
    with act(actor, "declaration.record", kind="create") as deed:
        signed, _made = Declaration.objects.get_or_create(staff_id=actor.id, signed_on=today)
        deed.saw([signed.pk])
    return signed
