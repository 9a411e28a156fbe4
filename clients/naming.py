"""Art. 4: the name and the birth date of a stored person, in the shapes that calculators and screens take."""

from __future__ import annotations

from clients.models.people import NameParts
from clients.names import Partner, PersonName
from werkcontact.ui.dates import PartialDate


def name_of(person: NameParts) -> PersonName:
    """Return the name of a client or a registration for `clients.names`."""
    partners = (
        (Partner(prefix=person.partner_prefix, surname=person.partner_surname),) if person.partner_surname else ()
    )
    return PersonName(
        first_names=person.first_names,
        title=person.title,
        prefix=person.prefix,
        surname=person.surname,
        gender=person.gender,
        name_use=person.name_use,
        partners=partners,
    )


def born(person: NameParts) -> PartialDate:
    """Return the birth date with its unknown parts."""
    return PartialDate(person.birth_year, person.birth_month, person.birth_day)
