"""Art. 4, 5.1: what the client's page says of one involvement: each fact with its source, trajectory and contact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from clients.addressing import address_of
from clients.models import Involvement, Registration, Trajectory
from clients.names import salutation
from clients.naming import born, name_of
from clients.registered import BIRTH, NAME
from werkcontact.ui import words
from werkcontact.ui.components import Fact, State
from werkcontact.ui.dates import nl_date_words

ADDRESS = (
    "street", "house_number", "house_letter", "house_addition", "postcode", "city", "country",
    "foreign_line_1", "foreign_line_2", "foreign_line_3",
)  # fmt: skip
_LATEST_FIRST = (F("starts_on").desc(nulls_last=True), "pk")


@dataclass(frozen=True)
class Overview:
    """The cards of the page; `address` is None while it is hidden for secrecy."""

    registration: tuple[Fact, ...]
    trajectories: tuple[tuple[Fact, ...], ...]
    contact: tuple[Fact, ...]
    address_hidden: bool


def overview_of(involvement: Involvement, today: date, *, show_address: bool = False) -> Overview:
    """Return the page of one involvement; a secret address only when it was asked for (and logged)."""
    registration = involvement.registration
    hidden = registration.secrecy > 0 and not show_address
    trajectories = involvement.trajectories.select_related("service").order_by(
        F("starts_on").desc(nulls_last=True), "pk"
    )
    return Overview(
        registration=_registration(involvement, registration, today),
        trajectories=tuple(_trajectory(involvement, each, today) for each in trajectories),
        contact=_contact(involvement, registration, hidden=hidden),
        address_hidden=hidden,
    )


def reference_of(involvement: Involvement) -> str:
    """Return the principal's reference of the latest trajectory."""
    latest = involvement.trajectories.order_by(*_LATEST_FIRST)
    return latest.values_list("reference", flat=True).first() or ""


def source_words(involvement: Involvement, sources: Mapping[str, Mapping[str, str]], fields: Iterable[str]) -> str:
    """Return where these fields come from: the latest of their sources, in words."""
    known = [sources[field] for field in fields if field in sources]
    if not known:
        return ""
    latest = max(known, key=lambda entry: entry["on"])
    facts = {"principal": involvement.principal.name, "day": nl_date_words(date.fromisoformat(latest["on"]))}
    return {
        "delivery": _("according to %(principal)s, delivery of %(day)s"),
        "staff": _("recorded by us on %(day)s"),
        "correction": _("corrected at the client's request on %(day)s"),
    }[latest["kind"]] % facts


def address_lines(registration: Registration) -> tuple[str, ...]:
    """Return the address as an envelope shows it, without the name; when no letter could go there, as delivered."""
    if found := address_of(registration):
        return (*found.lines, *filter(None, [found.country]))
    whole = " ".join(filter(None, [getattr(registration, field) for field in ADDRESS if field != "country"]))
    return (whole, _("No letter can go to this address.")) if whole else ()


def _registration(involvement: Involvement, registration: Registration, today: date) -> tuple[Fact, ...]:
    def note(*fields: str) -> str:
        return source_words(involvement, registration.sources, fields)

    name, birth = name_of(registration), born(registration)
    age = words.age(birth, today)
    given = " ".join(filter(None, [registration.first_names, registration.prefix, registration.surname]))
    client = involvement.client
    facts = [
        Fact(_("Name as registered"), given, note=note(*NAME)),
        Fact(_("Salutation in letters"), salutation(name)),
        Fact(_("Born"), f"{birth} ({age})" if age else str(birth), note=note("birth", *BIRTH)),
        Fact(_("Gender"), registration.get_gender_display(), note=note("gender")),
    ]
    if registration.partner_surname:
        partner = " ".join(filter(None, [registration.partner_prefix, registration.partner_surname]))
        facts.append(Fact(_("Partner's name"), partner, note=note("partner_surname", "partner_prefix")))
    if client is not None and client.died_on:
        facts.append(Fact(_("Died on"), day=client.died_on, note=note("died_on")))
    facts.append(Fact(_("First registered"), day=registration.registered_on))
    return tuple(facts)


def _contact(involvement: Involvement, registration: Registration, *, hidden: bool) -> tuple[Fact, ...]:
    def note(*fields: str) -> str:
        return source_words(involvement, registration.sources, fields)

    def fact(label: str, value: str, field: str, *, num: bool = False) -> Fact:
        return Fact(label, value or _("not delivered"), num=num and bool(value), note=note(field) if value else "")

    if hidden:
        secret = State("wait", "lock", _("Hidden: secret address"))
        again = _("Show it only when you need it. That is recorded.")
        address = Fact(_("Address"), states=(secret,), note=again)
    else:
        lines = address_lines(registration)
        address = Fact(_("Address"), lines=lines or (_("not delivered"),), note=note(*ADDRESS) if lines else "")
    return (
        address,
        fact(_("Telephone"), registration.telephone, "telephone", num=True),
        fact(_("E-mail"), registration.email, "email"),
    )


def _trajectory(involvement: Involvement, trajectory: Trajectory, today: date) -> tuple[Fact, ...]:
    facts = [Fact(_("Principal"), involvement.principal.name)]
    if trajectory.service:
        facts.append(Fact(_("Service"), trajectory.service.name))
    facts.append(Fact(_("Reference"), trajectory.reference, num=True))
    if trajectory.starts_on:
        facts.append(Fact(_("Starts on"), day=trajectory.starts_on))
    if trajectory.planned_end:
        facts.append(Fact(_("Planned end"), day=trajectory.planned_end))
        if trajectory.planned_end < today:
            facts.append(Fact(_("Stand"), states=(State("wait", "clock", _("Trajectory is over"), box=True),)))
    if trajectory.result:
        facts.append(Fact(_("Result"), trajectory.result))
    return tuple(facts)
