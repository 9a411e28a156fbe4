"""Every field that the registration keeps: what it is, whose, and how it ends."""

from __future__ import annotations

from werkcontact.personal_data import nobody, of
from werkcontact.personal_data.categories import Category

_NAME = "first_names title prefix surname gender name_use partner_prefix partner_surname"
_BIRTH = "birth_year birth_month birth_day"

DECLARATIONS = {
    "clients.client": of(
        "",
        ends="closure",
        category=Category.IDENTITY,
        name=f"{_NAME} sort_name search_name",
        birth=_BIRTH,
        date="died_on",
    ),
    "clients.involvement": of(
        "", ends="destruction", category=Category.COMMISSION, date="opened_on ended_on", plain="guided_until"
    ),
    "clients.registration": of(
        "involvement",
        ends="closure",
        category=Category.CONTACT,
        name=_NAME,
        birth=_BIRTH,
        address="street house_number house_letter house_addition postcode city country"
        " foreign_line_1 foreign_line_2 foreign_line_3",
        contact="email telephone",
        hidden="bsn_cipher bsn_index",
        plain="secrecy sources",
        date="registered_on",
    ),
    "clients.trajectory": of(
        "involvement",
        ends="closure",
        category=Category.COMMISSION,
        number="reference",
        text="result",
        date="starts_on planned_end",
    ),
    "clients.usedreference": of(
        "involvement", ends="destruction", category=Category.COMMISSION, hidden="reference_index"
    ),
    "clients.assignment": of(
        "involvement",
        ends="closure",
        category=Category.GUIDANCE,
        text="reason",
        date="from_on until_on",
        plain="seen_at",
    ),
    "clients.grant": of(
        "content_object",
        ends="closure",
        category=Category.ACCESS,
        name="sort_name search_name",
        ref="cause_id",
        plain="from_at until_at",
    ),
    "clients.delivery": of(
        "",
        ends="delivery",
        category=Category.COMMISSION,
        date="received_on applied_on ended_on",
        plain="uploaded_at understood state counts rows_total rows_done asked_at",
    ),
    "clients.stagedrow": of(
        "delivery", ends="delivery", category=Category.COMMISSION, hidden="cipher", plain="number verdict choice done"
    ),
    "clients.notice": of(
        "involvement",
        ends="destruction",
        category=Category.RIGHTS,
        plain="way ground carrier",
        date="registered_on due_on work_by_on sent_on known_on",
    ),
    "clients.principal": nobody(plain="name kind bsn_basis is_active"),
    "clients.service": nobody(plain="name"),
    "clients.deliverylayout": nobody(plain="name columns required"),
}
