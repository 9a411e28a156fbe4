"""Art. 11, 12, 13, 17, AVG 12, 14, 15: each letter says what its article wants said."""

from __future__ import annotations

import pytest

from tests.letters.examples import FACTS, OVERVIEW
from tests.letters.reading import made, pages, words
from werkcontact.letters.catalogue import CATALOGUE

WAYS_ONWARD = (
    "De directeur van Werkcontact. Schrijf een brief naar Stationsplein 12, 3511 ED Utrecht",
    "artikel 17 van ons privacyreglement",
    "Autoriteit Persoonsgegevens (AP).",
    "artikel 77 van de AVG",
    "Bemiddeling door de AP. U kunt de AP vragen om te bemiddelen tussen u en ons. Doe dit binnen zes weken",
    "artikel 36 van de Uitvoeringswet AVG",
    "De rechter. U kunt de rechtbank met een verzoekschrift vragen om te beslissen. Doe dit ook binnen zes weken",
    "artikel 35 van de Uitvoeringswet AVG",
)
GROUND = "artikel 13 lid 4 onder a van ons privacyreglement, met artikel 15 lid 4 van de AVG"

SAYS: dict[str, tuple[str, ...]] = {
    "registration_notice": (
        "Het doel van de registratie is: • u begeleiden naar werk, in opdracht van UWV",
        "Werkcontact is verantwoordelijk voor uw gegevens. Ons adres is Stationsplein 12, 3511 ED Utrecht",
        "functionaris gegevensbescherming: fg@werkcontact.example",
        "sinds 3 november 2026",
        "artikel 6 lid 1 onder e van de AVG",
        "Wij kregen van UWV deze soorten gegevens: • naam, geboortedatum en geslacht",
        "burgerservicenummer",
        "Hostbedrijf Veilig B.V.",
        "niet naar landen buiten de Europese Economische Ruimte",
        "Een computer neemt bij ons geen besluiten over u",
        "vijf jaar na het einde van de begeleiding",
        "uw gegevens te bekijken en er een kopie van te krijgen",
        "fouten te verbeteren",
        "gegevens te verwijderen",
        "beperking",
        "bezwaar",
        "Die mag u altijd intrekken",
        "Het kost u niets",
        *WAYS_ONWARD[:4],
    ),
    "request_receipt": (
        "Uw verzoek heeft nummer V-2026-000017",
        "kregen wij per e-mail een verzoek",
        "inzage in uw gegevens en een kopie van uw dossier",
        "uiterlijk op maandag 30 november 2026",
        "Stuur ons geen kopie van uw identiteitsbewijs",
    ),
    "identity_asked": (
        "Uw verzoek kwam van een e-mailadres dat wij niet kennen.",
        "Eén van deze dingen is genoeg",
        "Wij maken geen kopie en schrijven geen nummer op",
        "uiterlijk op maandag 30 november 2026",
        "staat de wettelijke termijn voor ons antwoord stil",
        "artikel 12 lid 2 van ons privacyreglement, artikel 12 lid 6 van de AVG",
    ),
    "identity_refused": (
        "Wij weigeren uw verzoek, omdat wij niet kunnen vaststellen wie u bent",
        "Op 6 november 2026 vroegen wij u om uiterlijk op 30 november 2026",
        "Wij hebben daarna niets van u gehoord.",
        "artikel 12 lid 2 van ons privacyreglement, met artikel 12 lid 2 en lid 6 van de AVG",
        "Deze brief zegt niets over de vraag of wij gegevens over u hebben",
        "U hoeft het niet opnieuw te doen",
        *WAYS_ONWARD,
    ),
    "no_data_held": (
        "Wij hebben geen gegevens over u gevonden",
        "Op 23 november 2026 zochten wij in de cliëntenregistratie, de dossiers en het archief",
        "op uw naam en uw geboortedatum",
        "Na twee jaar vernietigen wij ze",
        *WAYS_ONWARD[:4],
    ),
    "data_held": (
        "Ja, wij hebben gegevens over u",
        "in opdracht van UWV",
        "D-2026-000118",
        "naam en geboortedatum",
        "Vraag ons om inzage of om een kopie",
        *WAYS_ONWARD[:4],
    ),
    "request_answer": (
        "U krijgt 35 onderdelen helemaal",
        "de lijst van kopieën",
        "deels gegeven",
        "niet gegeven",
        "Alleen die twee zinnen zijn weggelakt.",
        "te verbeteren, aan te vullen of te verwijderen",
        *WAYS_ONWARD,
    ),
    "request_refused": (
        GROUND,
        "lopend onderzoek naar bedreiging van een ander",
        "Weglakken is niet genoeg",
        "twee mensen",
        *WAYS_ONWARD,
    ),
    "extension_told": (
        "Uw verzoek gaat over drie dossiers",
        "artikel 12 lid 3 van de AVG",
        "uiterlijk op dinsdag 2 februari 2027",
        "uiterlijk op 30 november 2026. Die belofte komen wij niet na",
        *WAYS_ONWARD[:4],
    ),
    "specification_asked": (
        "gespreksverslagen",
        "uiterlijk op dinsdag 8 december 2026",
        "Wilt u alles hebben? Dat mag.",
        "beantwoorden wij wat wij kunnen beantwoorden",
    ),
    "inspection_overview": (
        "Mevrouw S. Moulin",
        "V-2026-000017, ontvangen op 2 november 2026",
        "u begeleiden naar werk, in opdracht van UWV",
        "wettelijke verplichting (artikel 6 lid 1 onder c van de AVG)",
        "gezondheid: mogelijkheden",
        "Achternaam Moulin UWV, 27-10-2026",
        "client999993653@example.nl u zelf, 3 november 2026",
        "Hostbedrijf Veilig B.V. alle gegevens doorlopend",
        "Bakkerij De Korenaar naam, werkervaring 03-06-2026 machtiging M-2026-000004",
        "Twee zinnen over een collega zijn weggelakt.",
        "Werkaantekening",
        "niet gegeven",
        "vijf jaar na het einde van de begeleiding",
        "Er zijn geen besluiten over u die alleen door een computer zijn genomen",
        "niet naar landen buiten de Europese Economische Ruimte",
        "01-11-2026 10:00 dossier geopend begeleiding van de cliënt caseworker",
        "bezwaar",
        *WAYS_ONWARD[:4],
    ),
    "copies_index": ("Aantal kopieën 60", "Verslag van gesprek 60", "deels gegeven", "De originelen blijven bij ons"),
    "plain_document": (
        "Verslag van het eerste gesprek",
        "D-2026-000118",
        "13 april 2026",
        "2, definitief",
        "Geschreven door caseworker",
        "Zij zoekt 24 uur per week. Afgesproken: een cv voor 1 mei.",
    ),
    "contact_report": ("Hoe op kantoor", "Uren 1,5", "Volgende stap belafspraak op 4 mei", "weer wil werken"),
}


def test_every_kind_is_read() -> None:
    assert SAYS.keys() == CATALOGUE.keys()


@pytest.mark.parametrize("code", SAYS)
def test_it_says_what_its_article_wants(code: str) -> None:
    said = words(made(code))
    assert [sentence for sentence in SAYS[code] if sentence not in said] == []


@pytest.mark.parametrize("code", [code for code, kind in CATALOGUE.items() if "AVG 15.3" not in kind.articles])
def test_it_names_the_controller_and_the_addressee(code: str) -> None:
    first = pages(made(code))[0]
    assert "Werkcontact" in first
    assert "Stationsplein 12, 3511 ED Utrecht" in first
    assert "Mevrouw S. Moulin" in first
    assert "24 november 2026" in first


def test_a_letter_has_address_salutation_and_references() -> None:
    first = pages(made("request_answer"))[0]
    assert "Mevrouw S. Moulin Boterdiep 31 3077 AW ROTTERDAM" in first
    assert "Geachte mevrouw Moulin," in first
    assert "Ons kenmerk V-2026-000017" in first
    assert "Uw verzoek van 2 november 2026" in first


def test_the_notice_keeps_to_two_pages_also_with_much_to_say() -> None:
    many = [f"soort gegevens nummer {number}" for number in range(12)]
    firms = [f"Een organisatie met een lange naam {number} B.V." for number in range(8)]
    assert len(pages(made("registration_notice", categories=many, recipients=firms))) == 2


def test_an_answer_that_gives_all_says_so_and_names_where_to_complain() -> None:
    said = words(made("request_answer", withheld=[]))
    assert "U krijgt alles wat wij over u hebben" in said
    assert "niet gegeven" not in said
    assert "Bemiddeling" not in said
    assert "Hebt u een klacht?" in said


def test_an_overview_with_nothing_in_it_says_so() -> None:
    withheld = dict.fromkeys(("fields_withheld", "recipients_withheld", "seen_withheld"), None)
    said = words(made("inspection_overview", groups=[], items=[], recipients=[], seen=[], **withheld))
    assert "Wij hebben geen gegevens over u in de cliëntenregistratie." in said
    assert "Er zijn geen stukken over u." in said
    assert "Wij hebben uw gegevens aan niemand gegeven." in said
    assert "Niemand heeft uw gegevens bekeken." in said


def test_what_is_withheld_is_not_said_not_to_be_there() -> None:
    said = words(made("inspection_overview", groups=[], items=[], recipients=[], seen=[]))
    assert said.count("Een deel hiervan geven wij niet") == 3
    assert "Niemand heeft" not in said
    assert "aan niemand gegeven" not in said
    assert "Wij hebben geen gegevens" not in said


def test_a_receipt_without_doubt_about_identity_asks_nothing() -> None:
    assert "Laat zien wie u bent" not in words(made("request_receipt", identity_needed=False))


def test_the_overview_never_prints_registry_paths() -> None:
    assert OVERVIEW["groups"][0]["fields"][0]["path"] not in words(made("inspection_overview"))


def test_other_ways_to_prove_identity_replace_the_usual_ones() -> None:
    said = words(made("identity_asked", ways=["Antwoord op deze brief met de code erop."]))
    assert "met de code erop" in said
    assert "rijbewijs" not in said


def test_examples_use_every_fact_there_is() -> None:
    """An optional fact that no example has would be a text that nobody ever looked at."""
    for code, kind in CATALOGUE.items():
        unused = kind.facts.__annotations__.keys() - FACTS[code].keys() - {"ways"}
        assert not unused, code
