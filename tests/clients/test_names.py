"""Art. 4: names as RvIG's own vectors write them, and as our lists, sorting and search need them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients import names
from clients.names import Partner, PersonName

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "brp-names.json").read_text(encoding="utf-8")
)
WRITERS = {
    "voorletters": names.initials,
    "aanhef": names.salutation,
    "aanschrijfwijze.naam": names.envelope_name,
    "aanschrijfwijze.aanspreekvorm": names.envelope_form,
    "gebruikInLopendeTekst": names.running_name,
}
SARA = PersonName(
    first_names="Cornelia Jo",
    prefix="de",
    surname="Vries",
    gender="V",
    name_use="V",
    partners=(Partner(prefix="van den", surname="Berg"),),
)


def asked(vector: dict[str, Any]) -> list[str]:
    """Which answers a vector is about: the folder of its feature; an answer it does not expect must be empty."""
    source = vector["source"]
    if "aanschrijfwijze" in source:
        return ["aanschrijfwijze.naam", "aanschrijfwijze.aanspreekvorm"]
    return [key for key in ("aanhef", "gebruikInLopendeTekst", "voorletters") if key.lower() in source.lower()]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["scenario"][:60])
def test_every_name_is_written_as_rvig_writes_it(vector: dict[str, Any]) -> None:
    name = PersonName.from_brp(vector["person"], vector["partners"])
    assert {key: WRITERS[key](name) for key in asked(vector)} == {
        key: vector["expected"].get(key, "") for key in asked(vector)
    }


def test_the_vectors_are_all_there() -> None:
    assert len(VECTORS) == 232
    assert {key for vector in VECTORS for key in vector["expected"]} == set(WRITERS)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("Anna Cornelia", "A.C."), ("Anne-Fleur Belle", "A.B."), ("J P", "J P"), ("J Pieter", "J P."), ("", "")],
)
def test_initials_of_one_letter_stand_without_a_point(given: str, expected: str) -> None:
    assert names.initials(PersonName(first_names=given, surname="Maassen")) == expected


def test_an_unknown_date_of_marriage_is_the_first() -> None:
    partners = (Partner(surname="Geel", married_on="19580401"), Partner(surname="Roodt", married_on="00000000"))
    name = PersonName(first_names="Ferdinand", surname="Groen", gender="V", name_use="V", partners=partners)
    assert names.salutation(name) == "Geachte mevrouw Roodt-Groen"


def test_without_a_partner_now_the_name_is_that_of_the_last_one() -> None:
    partners = (
        Partner(surname="Geel", married_on="19900101", dissolved_on="20000101"),
        Partner(surname="Roodt", married_on="20010101", dissolved_on="20210101"),
    )
    name = PersonName(surname="Groen", gender="V", name_use="P", partners=partners)
    assert names.running_name(name) == "mevrouw Roodt"


def test_a_name_in_full_in_a_list_and_as_key() -> None:
    assert names.full_name(SARA) == "mevrouw C.J. van den Berg - de Vries"
    assert names.list_name(SARA) == "Van den Berg-de Vries, C.J."
    assert names.sort_name(SARA) == "berg de vries, cornelia jo van den"


@pytest.mark.parametrize(
    ("name", "listed", "full", "key"),
    [
        (PersonName("Jan", "", "de", "Vries", "M"), "De Vries, J.", "de heer J. de Vries", "vries, jan de"),
        (PersonName("", "", "de", "Vries", "V"), "De Vries", "mevrouw De Vries", "vries, de"),
        (PersonName("Dian", "", "", ".", "V"), "Dian", "Dian", "dian"),
        (PersonName("", "", "", ".", "M"), ".", ".", ""),
        (PersonName("Inge", "BS", "van", "Aedel", "V"), "Van Aedel, I.", "I. barones van Aedel", "aedel, inge van"),
        (PersonName("Wei", "", "", "Tjon á Jon", "O"), "Tjon á Jon, W.", "W. Tjon á Jon", "tjon a jon, wei"),
    ],
)
def test_names_that_lack_a_part_still_have_a_place(name: PersonName, listed: str, full: str, key: str) -> None:
    assert (names.list_name(name), names.full_name(name), names.sort_name(name)) == (listed, full, key)


@pytest.mark.parametrize(
    "typed",
    ["van den berg", "Berg", "vandenberg", "BERG de Vrïes", "berg-de vries", "devries", "cornelia", "cj", "vries, c."],
)
def test_search_finds_with_and_without_prefix_accents_hyphen_and_capitals(typed: str) -> None:
    found = names.search_name(SARA)
    assert all(word in found for word in names.fold(typed).split())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Wałęsa", "walesa"),
        ("Guðrún Sigurðardóttir", "gudrun sigurdardottir"),
        ("Bronwaßer", "bronwasser"),
        ("VųlkovāsoØse", "vulkovasoose"),
        ("Hacı", "haci"),
        ("d'Angelo-Huis in 't Veld", "dangelo huis in t veld"),
        ("<Onbekend> & </Onbemind>", "onbekend onbemind"),
        ("St.James St. Helier-Mc.Arthur", "st james st helier mc arthur"),
        ("İstanbul", "istanbul"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert names.fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


texts = st.text(max_size=12)


@given(
    st.builds(
        PersonName,
        first_names=texts,
        title=st.sampled_from(["", *names.TITLE_WORDS, "XX"]),
        prefix=texts,
        surname=texts,
        gender=st.sampled_from(["M", "V", "O", ""]),
        name_use=st.sampled_from(["E", "P", "V", "N", "", "?"]),
        partners=st.lists(st.builds(Partner, title=st.sampled_from(["", "B", "R"]), surname=texts), max_size=3).map(
            tuple
        ),
    )
)
def test_any_name_can_be_written_without_a_fault(name: PersonName) -> None:
    for write in (*WRITERS.values(), names.full_name, names.list_name, names.sort_name, names.search_name):
        text = write(name)
        assert text == text.strip()
        assert "  " not in text
