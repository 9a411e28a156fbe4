"""Art. 11.1, AVG 14: what the notice says: its facts for many at once, and the letters made from them.

Facts are Dutch and ready to print. A letter that was made and not sent is made anew when what it says, or the day,
has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from clients.addressing import addressee_of
from clients.models import Assignment, Notice, Principal, Registration, Trajectory
from werkcontact.access import Actor
from werkcontact.law.terms import parse_term
from werkcontact.letters.addressee import Addressee
from werkcontact.letters.schemas import RegistrationNotice
from werkcontact.mail import letters as mail
from werkcontact.rulebook.current import rules_on
from werkcontact.vault.keys import KeyKind

KIND = "registration_notice"
PUBLIC = frozenset({Principal.Kind.UWV, Principal.Kind.MUNICIPALITY})
_CONTACT = ("street", "postcode", "foreign_line_1", "foreign_line_2", "email", "telephone")


def make(*, actor: Actor, notices: Sequence[Notice], numbers: Mapping[UUID, str], today: date) -> None:
    """Make the letters of these open notices, inside an act that holds their locks; `today` is an Amsterdam date.

    `numbers` are the dossiers' by involvement: our reference. Each notice comes with involvement, principal,
    registration and letter.
    """
    told = _told(notices, numbers, today)
    new = [notice for notice in notices if notice.letter is None]
    written = mail.write_many(
        actor=actor,
        kind=KIND,
        owner_kind=KeyKind.INVOLVEMENT,
        letters=[(notice.involvement_id, *told[notice.pk]) for notice in new],
    )
    for notice, letter in zip(new, written, strict=True):
        notice.letter = letter
    Notice.objects.bulk_update(new, ["letter"], batch_size=1_000)
    made_before = {notice.pk for notice in notices} - {notice.pk for notice in new}
    mail.renew_many(
        actor=actor,
        letters=[(notice.letter, *told[notice.pk]) for notice in notices if notice.letter and notice.pk in made_before],
    )


def _told(
    notices: Sequence[Notice], numbers: Mapping[UUID, str], today: date
) -> dict[UUID, tuple[Addressee, RegistrationNotice]]:
    """Addressee and facts of each notice, in four queries for any number."""
    ids = [notice.involvement_id for notice in notices]
    services, firms = _services(ids), _firms(ids, today)
    years, _unit = parse_term(rules_on(today).retention)
    told = {}
    for notice in notices:
        involvement = notice.involvement
        principal, registration = involvement.principal, involvement.registration
        facts: RegistrationNotice = {
            "reference": numbers[involvement.pk],
            "principal": principal.name,
            "registered_on": notice.registered_on,
            "bases": _bases(principal),
            "categories": _categories(registration),
            "recipients": [principal.name, *firms[involvement.pk], *settings.PROCESSORS],
            "retention_years": years,
        }
        if service := services.get(involvement.pk):
            facts["service"] = service
        told[notice.pk] = (addressee_of(registration), facts)
    return told


def _services(involvements: Sequence[UUID]) -> dict[UUID, str]:
    """What the principal asks, in small letters within a sentence: the latest trajectory's service."""
    rows = Trajectory.objects.filter(involvement__in=involvements).exclude(service=None)
    found: dict[UUID, str] = {}
    for involvement, name in rows.order_by("starts_on", "pk").values_list("involvement_id", "service__name"):
        if name:
            found[involvement] = name if name[1:2].isupper() else name[0].lower() + name[1:]
    return found


def _firms(involvements: Sequence[UUID], today: date) -> Mapping[UUID, list[str]]:
    """The franchise firms that guide them: recipients too (AVG 4.9), by name."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Assignment.objects.open_on(today).filter(involvement__in=involvements).exclude(staff__firm="")
    for involvement, firm in rows.order_by("staff__firm").values_list("involvement_id", "staff__firm").distinct():
        found[involvement].append(firm)
    return found


def _bases(principal: Principal) -> list[str]:
    """Why it is lawful, each a clause behind "omdat"."""
    name = {"principal": principal.name}
    if principal.kind in PUBLIC:
        why = _("we carry out a task in the public interest for %(principal)s (article 6(1)(e) of the GDPR)")
    else:
        why = _(
            "we have a legitimate interest: helping you and %(principal)s with the return to work that the law asks of "
            "both (article 6(1)(f) of the GDPR)"
        )
    return [
        why % name,
        _("the law allows it for data about your health that are needed to guide you (article 30(1)(b) of the UAVG)"),
    ]


def _categories(registration: Registration) -> list[str]:
    """The kinds of data that we hold of this person, in words."""
    found = [_("name, birth date and gender")]
    if any(getattr(registration, name) for name in _CONTACT):
        found.append(_("address, telephone and e-mail"))
    if registration.bsn_cipher:
        found.append(_("citizen service number (BSN)"))
    return [*found, _("commission and trajectory")]
