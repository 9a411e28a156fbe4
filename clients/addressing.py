"""Art. 11: to whom a letter goes: the name as the BRP writes it, and the address as the envelope shows it.

Address lines follow RvIG, BRP-API/Haal-Centraal-BRP-bevragen, features/bevragen (adressering, adres-regels; EUPL-1.2);
`countries.csv` is its table 34. A place of residence may be missing, since a Dutch postcode with a number says where.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clients.models import Registration
from clients.names import envelope_form, envelope_name, full_name, salutation
from clients.naming import name_of
from werkcontact.letters.addressee import Addressee
from werkcontact.ui import words

NETHERLANDS, NOWHERE = "6030", frozenset({"", "0000", "9999"})
# In the BRP the first line abroad may hold the day of registration there (element 13.20) instead of a street.
_BARE_DATE = re.compile(r"[0-9]{8}")
_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")


@dataclass(frozen=True)
class Address:
    """The lines under the name; `country` only abroad."""

    lines: tuple[str, ...]
    country: str = ""


@cache
def countries() -> Mapping[str, str]:
    """Return the countries of the BRP, present and former, by their code."""
    with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file, delimiter=";")}


def address_of(registration: Registration) -> Address | None:
    """Return the address that a postman finds; None when there is none: an unknown one is never guessed at."""
    return _at_home(registration) or _abroad(registration)


def is_secret(registration: Registration) -> bool:
    """Whether the BRP keeps the address secret (codes 1 to 7): nothing goes out by itself."""
    return registration.secrecy > 0


def addressee_of(registration: Registration) -> Addressee:
    """Return whom the letter greets; without a usable address it has no address lines."""
    name = name_of(registration)
    address = address_of(registration) or Address(())
    written = envelope_name(name) or full_name(name) or registration.surname
    above = [line for line in (envelope_form(name), written) if line]
    return Addressee(
        name_envelope=above[0],
        salutation=salutation(name) or "Geachte heer, mevrouw",
        address_lines=(*above[1:], *address.lines),
        country=address.country or None,
    )


def _at_home(registration: Registration) -> Address | None:
    street, number = registration.street.strip(), registration.house_number.strip()
    code = registration.postcode.replace(" ", "").upper()
    if registration.country not in NOWHERE | {NETHERLANDS}:
        return None
    if not street.strip(".") or not number or not _POSTCODE.fullmatch(code):
        return None
    first = f"{street} {number}{_behind_number(registration.house_letter.strip(), registration.house_addition.strip())}"
    return Address((first, f"{words.postcode(code)}  {registration.city.strip().upper()}".strip()))


def _behind_number(letter: str, addition: str) -> str:
    if letter:
        return f" {letter}{addition}"
    if addition[:1].isdigit():
        return f"-{addition}"
    return f" {addition}" if addition[:1].isalpha() else addition


def _abroad(registration: Registration) -> Address | None:
    lines = (registration.foreign_line_1, registration.foreign_line_2, registration.foreign_line_3)
    kept = tuple(line.strip() for line in lines if line.strip() and not _BARE_DATE.fullmatch(line.strip()))
    if not kept or registration.country in NOWHERE | {NETHERLANDS}:
        return None
    code = registration.country
    country = countries().get(code, "") if code.isdigit() else code
    return Address(kept, country) if country else None
