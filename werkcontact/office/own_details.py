"""Art. 16: what the house knows of who is signed in, for their own page."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from werkcontact.access import Actor
from werkcontact.access.actor import DECLARATION_HOLDS
from werkcontact.staff.models import Declaration, Staff
from werkcontact.ui.components import Fact


def details_of(actor: Actor, staff: Staff) -> list[Fact]:
    """Name, address, appointments of today, second factor, and until when the promise of secrecy holds."""
    signed = Declaration.objects.filter(staff=staff).order_by("-signed_on").first()
    has_app = Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists()
    facts = [
        Fact(_("Name"), staff.display_name, strong=True),
        Fact(_("E-mail address"), staff.email),
        Fact(_("Role"), actor.role_words or _("no appointment today")),
        Fact(_("Authenticator app"), _("set up") if has_app else _("not set up")),
    ]
    if signed:
        facts.append(Fact(_("Promise of secrecy holds until"), day=signed.signed_on + DECLARATION_HOLDS))
    return facts
