"""Art. 4: people are called as the register of persons writes them, and what is unknown of a birth date stays so."""

from __future__ import annotations

import pytest

from clients.delivery.fields import Value
from tests.clients.rows import make_principal, open_clients, person
from tests.clients.test_client_page import text_of
from tests.people import browser_for, make_staff

pytestmark = pytest.mark.django_db
BERG: dict[str, Value] = {
    "first_names": "Catharina",
    "prefix": "van den",
    "surname": "Berg",
    "gender": "V",
    "name_use": "N",
    "partner_prefix": "de",
    "partner_surname": "Vries",
}
AEDEL: dict[str, Value] = {"surname": "Aedel", "title": "JH", "prefix": "van den"}


@pytest.mark.parametrize(
    ("fields", "full", "listed", "greeting"),
    [
        (BERG, "mevrouw C. van den Berg - de Vries", "Van den Berg-de Vries, C.", "mevrouw Van den Berg-de Vries"),
        ({**BERG, "name_use": "P"}, "mevrouw C. de Vries", "De Vries, C.", "Geachte mevrouw De Vries"),
        ({**BERG, "gender": "O", "name_use": "E"}, "C. van den Berg", "Van den Berg, C.", "Geachte C. van den Berg"),
        (AEDEL, "jonkheer J. van den Aedel", "Van den Aedel, J.", "Hoogwelgeboren heer"),
    ],
)
def test_art04_page_list_and_letters_write_the_name_as_the_brp_does(
    fields: dict[str, Value], full: str, listed: str, greeting: str
) -> None:
    [client] = open_clients(make_principal(), [person("x") | fields])
    browser = browser_for(make_staff("intake"))
    page = text_of(browser.get(f"/clienten/{client.pk}/").content.decode())
    assert full.lower() in page.lower()
    assert greeting in page
    assert listed in text_of(browser.get("/clienten/").content.decode())


def test_art04_a_sorted_list_goes_by_the_core_of_the_name() -> None:
    people = [
        person("Zwart", 1),
        person("Berg", 2, prefix="van den"),
        person("Vries", 3, prefix="de"),
        person("Árpád", 4),
        person("Berg", 5, first_names="Anna"),
    ]
    open_clients(make_principal(), people)
    page = text_of(browser_for(make_staff("intake")).get("/clienten/").content.decode())
    names = ["Árpád, J.", "Berg, A.", "Van den Berg, J.", "De Vries, J.", "Zwart, J."]
    found = [page.index(name + " geboren") for name in names]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("birth", "shown"), [("00-02-1995", "00-02-1995"), ("00-00-1966", "00-00-1966"), ("00-00-0000", "00-00-0000")]
)
def test_art04_nothing_is_filled_in_for_what_is_not_known_of_a_birth_date(birth: str, shown: str) -> None:
    [client] = open_clients(make_principal(), [person("Jager", birth=birth)])
    page = text_of(browser_for(make_staff("intake")).get(f"/clienten/{client.pk}/").content.decode())
    assert shown in page
    assert ("jaar)" in page) == (birth != "00-00-0000")
