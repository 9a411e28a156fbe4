"""Art. 9: accounts of who works here: made, changed and ended by the directie; and what one sets for oneself."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from werkcontact.access import Actor, act
from werkcontact.office.broken_wall import spoken
from werkcontact.refused import Refused
from werkcontact.staff.models import Staff


def hire(*, actor: Actor, email: str, display_name: str, firm: str = "", password: str | None = None) -> Staff:
    """Make an account. Without a password the person chooses one by the link of `invite`.

    Raises Refused when the address is taken. Nothing can be done with the account before an appointment.
    """
    with spoken(Staff, "9", unique="email"), act(actor, "staff.edit", kind="create") as deed:
        staff = Staff.objects.create_user(
            email=as_kept(email), password=password, display_name=display_name.strip(), firm=firm.strip()
        )
        deed.saw([staff.pk])
    return staff


def edit_staff(*, actor: Actor, staff: Staff, email: str, display_name: str, firm: str, is_active: bool) -> Staff:
    """Change an account, or end it (`is_active`): that holds from the person's next request on.

    Raises Refused when the address is taken, and when somebody would end their own account.
    """
    with spoken(Staff, "9", unique="email"), act(actor, "staff.edit") as deed:
        deed.saw([staff.pk])
        if staff.pk == actor.id and not is_active:
            raise Refused("accounts.oneself", "9", _("Nobody ends their own account."), field="is_active")
        kept = Staff.objects.select_for_update().get(pk=staff.pk)
        if kept.email != as_kept(email):
            EmailAddress.objects.filter(user=kept).delete()  # the library would go on accepting the old one
        kept.email, kept.display_name, kept.firm = as_kept(email), display_name.strip(), firm.strip()
        kept.is_active = is_active
        kept.save(update_fields=["email", "display_name", "firm", "is_active"])
    return kept


def invite(*, actor: Actor, staff: Staff) -> str:
    """Return the path of the page where this person chooses a password; it works once, for three days."""
    with act(actor, "staff.edit") as deed:
        deed.saw([staff.pk])
        if not staff.is_active:
            raise Refused("accounts.inactive", "9", _("This account may not sign in."))
    key = {"uidb36": user_pk_to_url_str(staff), "key": default_token_generator.make_token(staff)}
    return reverse("account_reset_password_from_key", kwargs=key)


def reset_factor(*, actor: Actor, staff: Staff) -> None:
    """Take away somebody's authenticator app and recovery codes: at the next sign-in they set up a new one.

    Raises Refused for one's own: who still has it renews it on the page for that.
    """
    with act(actor, "staff.edit", kind="delete") as deed:
        deed.saw([staff.pk])
        if staff.pk == actor.id:
            raise Refused("accounts.own_factor", "9", _("You renew your own authenticator app under My details."))
        Authenticator.objects.filter(user=staff).delete()


def choose_password(*, actor: Actor, password: str) -> None:
    """One's own new password; it was checked against the house's rules by the form. Other sessions end."""
    with act(actor, "account.manage") as deed:
        staff = Staff.objects.select_for_update().get(pk=actor.id)
        deed.saw([staff.pk])
        staff.set_password(password)
        staff.save(update_fields=["password"])


def choose_display(*, actor: Actor, theme: str, shortcuts_off: bool) -> None:
    """One's own colours, and whether single keys do something."""
    with act(actor, "account.manage") as deed:
        deed.saw([actor.id])
        Staff.objects.filter(pk=actor.id).update(theme=theme, shortcuts_off=shortcuts_off)


def as_kept(email: str) -> str:
    """How an address is kept: in lower case, so that one person has one account."""
    return email.strip().lower()
