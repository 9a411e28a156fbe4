"""Art. 11: what stands on the envelope, and what never does."""

from __future__ import annotations

import pytest

from clients.addressing import address_of, addressee_of, countries, is_secret
from clients.models import Registration


def at(**fields: object) -> Registration:
    return Registration(surname="Vries", first_names="Jan", gender="M", name_use="E", **fields)


# RvIG, BRP-API/Haal-Centraal-BRP-bevragen, features/bevragen, adres-regels (EUPL-1.2).
@pytest.mark.parametrize(
    ("street", "number", "letter", "addition", "postcode", "city", "first", "second"),
    [
        ("Jonkheer van Riemsdijkln", "88", "", "", "2583XL", "Scheveningen", "Jonkheer van Riemsdijkln 88", "2583 XL  SCHEVENINGEN"),  # noqa: E501
        ("Borgesiusstraat", "103", "c", "", "3038TG", "", "Borgesiusstraat 103 c", "3038 TG"),
        ("Daniël Stalpertstraat", "35", "", "III", "1072XA", "", "Daniël Stalpertstraat 35 III", "1072 XA"),
        ("Atatürkstraat", "9", "", "2", "1103SH", "Amsterdam", "Atatürkstraat 9-2", "1103 SH  AMSTERDAM"),
        ("St. Jacobsstraat", "400", "L", "Toe", "3511BT", "Utrecht", "St. Jacobsstraat 400 LToe", "3511 BT  UTRECHT"),
        ("Cronus", "555", "B", "73c", "3225TD", "", "Cronus 555 B73c", "3225 TD"),
    ],
)  # fmt: skip
def test_an_address_is_written_as_the_brp_writes_it(
    street: str, number: str, letter: str, addition: str, postcode: str, city: str, first: str, second: str
) -> None:
    registration = at(
        street=street, house_number=number, house_letter=letter, house_addition=addition, postcode=postcode, city=city
    )
    found = address_of(registration)
    assert found
    assert found.lines == (first, second)
    assert addressee_of(registration).address_lines == (first, second)


@pytest.mark.parametrize(
    ("lines", "country", "expected"),
    [
        (("20140702", "Rue du pomme 25", "Bruxelles"), "5010", (("Rue du pomme 25", "Bruxelles"), "België")),
        (("14 Rue Camulogene", "75015 Parijs", ""), "5002", (("14 Rue Camulogene", "75015 Parijs"), "Frankrijk")),
        (("", "", "King Edward Point Research Station"), "5061", (("King Edward Point Research Station",), "Falklandeilanden")),  # noqa: E501
        (("19941002", "", ""), "5002", None),  # a bare date is no address
        (("20120000", "", ""), "5003", None),
        (("Rue du pomme 25", "Bruxelles", ""), "0000", None),  # country unknown
        (("Rue du pomme 25", "Bruxelles", ""), "4321", None),  # no such country
        (("", "", ""), "5010", None),
    ],
)  # fmt: skip
def test_an_address_abroad_has_a_country_and_never_the_bare_date_of_the_brp(
    lines: tuple[str, str, str], country: str, expected: tuple[tuple[str, ...], str] | None
) -> None:
    registration = at(foreign_line_1=lines[0], foreign_line_2=lines[1], foreign_line_3=lines[2], country=country)
    found = address_of(registration)
    assert (found and (found.lines, found.country)) == expected
    assert lines[0] not in addressee_of(registration).address_lines or not lines[0].isdigit()


@pytest.mark.parametrize(
    "missing", [{"street": "."}, {"street": ""}, {"house_number": ""}, {"postcode": ""}, {"postcode": "0000AA"}]
)
def test_what_a_postman_cannot_find_is_no_address(missing: dict[str, str]) -> None:
    whole = {"street": "Boterdiep", "house_number": "31", "postcode": "3077AW", "city": "Rotterdam"}
    assert address_of(at(**whole))
    assert address_of(at(**{**whole, **missing})) is None


def test_the_nobility_is_addressed_by_its_form_and_nobody_without_a_name() -> None:
    noble = addressee_of(at(title="G", street="Boterdiep", house_number="31", postcode="3077AW"))
    assert (noble.name_envelope, noble.address_lines[0]) == ("De hooggeboren heer", "J. graaf Vries")
    assert noble.salutation == "Hooggeboren heer"
    nameless = addressee_of(Registration(surname=".", gender="O"))
    assert (nameless.name_envelope, nameless.salutation) == (".", "Geachte heer, mevrouw")


@pytest.mark.parametrize(("code", "secret"), [(0, False), (1, True), (7, True)])
def test_codes_1_to_7_are_secret(code: int, secret: bool) -> None:
    assert is_secret(at(secrecy=code)) is secret


def test_the_countries_of_the_brp_are_all_there() -> None:
    assert len(countries()) == 389
    assert countries()["9089"] == "Bondsrepubliek Duitsland"
