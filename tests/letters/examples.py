"""One full set of facts for every kind of letter, with RvIG's test persons."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from werkcontact.letters.addressee import Addressee, Sender

MADE_ON = date(2026, 11, 24)

SENDER = Sender(
    name="Werkcontact",
    address="Stationsplein 12",
    postcode="3511 ED",
    city="Utrecht",
    telephone="030 123 45 67",
    email="privacy@werkcontact.example",
    website="www.werkcontact.example",
    privacy_contact="fg@werkcontact.example",
)
ADDRESSEE = Addressee(
    name_envelope="Mevrouw S. Moulin",
    salutation="Geachte mevrouw Moulin",
    address_lines=("Boterdiep 31", "3077 AW  ROTTERDAM"),
)
RECEIPT: dict[str, Any] = {
    "reference": "V-2026-000017",
    "received_on": date(2026, 11, 2),
    "asked": ["inzage in uw gegevens", "een kopie van uw dossier"],
}
GROUND = "Belang van een ander: artikel 13 lid 4 onder a van ons privacyreglement, met artikel 15 lid 4 van de AVG."
WITHHELD = [
    {
        "what": "Verslag van gesprek met werkgever en cliënt, 21 september 2026",
        "verdict": "deels",
        "ground": GROUND,
        "reasons": "Een collega vertelt over haar eigen verzuim. Alleen die twee zinnen zijn weggelakt.",
    },
    {
        "what": "Werkaantekening van 16 november 2026",
        "verdict": "niet",
        "ground": GROUND,
        "reasons": "De aantekening gaat over het gezin van een ander. Weglakken laat niets leesbaars over.",
    },
]
DOCUMENT: dict[str, Any] = {
    "reference": "D-2026-000118",
    "title": "Verslag van het eerste gesprek",
    "kind": "gespreksverslag",
    "dated": date(2026, 4, 13),
    "version": 2,
    "state": "definitief",
    "author_role": "caseworker",
    "text": "Mevrouw vertelt dat zij weer wil werken.\nZij zoekt 24 uur per week.\n\nAfgesproken: een cv voor 1 mei.",
}


def seen(number: int) -> dict[str, Any]:
    """Return one line of the access log."""
    return {
        "at": datetime(2026, 11, 1 + number % 24, 9, number % 60, tzinfo=UTC),
        "action": "dossier geopend",
        "purpose": "begeleiding van de cliënt",
        "role": "caseworker",
    }


def item(number: int) -> dict[str, Any]:
    """Return one item that is given."""
    return {
        "number": number,
        "what": f"Gespreksverslag {number}: voortgang, afspraken en wat er verder nodig is",
        "category": "begeleiding",
        "dated": date(2026, 4, 13),
        "verdict": "gegeven",
    }


OVERVIEW: dict[str, Any] = {
    "reference": "V-2026-000017",
    "received_on": date(2026, 11, 2),
    "born": "01-12-1985",
    "purposes": [
        {
            "purpose": "u begeleiden naar werk, in opdracht van UWV",
            "basis": "taak van algemeen belang (artikel 6 lid 1 onder e van de AVG)",
        },
        {
            "purpose": "doen wat de wet van ons vraagt",
            "basis": "wettelijke verplichting (artikel 6 lid 1 onder c van de AVG)",
        },
    ],
    "categories": ["naam en geboortedatum", "adres, telefoon en e-mail", "begeleiding", "gezondheid: mogelijkheden"],
    "groups": [
        {
            "category": "Naam en geboorte",
            "principal": "UWV",
            "fields": [
                {
                    "path": "clients.client.surname",
                    "label": "Achternaam",
                    "value": "Moulin",
                    "source": "UWV, 27-10-2026",
                },
                {"path": "clients.client.birth_year", "label": "Geboren", "value": "01-12-1985", "source": "UWV"},
            ],
        },
        {
            "category": "Adres en bereikbaarheid",
            "principal": "UWV",
            "fields": [
                {
                    "path": "clients.registration.email",
                    "label": "E-mail",
                    "value": "client999993653@example.nl",
                    "source": "u zelf, 3 november 2026",
                }
            ],
        },
    ],
    "items": [
        item(1),
        {**item(2), "verdict": "deels", "ground": GROUND, "reasons": "Twee zinnen over een collega zijn weggelakt."},
        {
            "what": "Werkaantekening",
            "category": "begeleiding",
            "dated": date(2026, 11, 16),
            "verdict": "niet",
            "ground": GROUND,
            "reasons": "Gaat over het gezin van een ander.",
        },
    ],
    "recipients": [
        {"name": "Hostbedrijf Veilig B.V.", "what": "alle gegevens", "ground": "verwerker (artikel 28 van de AVG)"},
        {
            "name": "Bakkerij De Korenaar",
            "what": "naam, werkervaring",
            "on": date(2026, 6, 3),
            "ground": "machtiging M-2026-000004",
        },
    ],
    "retention": [
        "Uw registratie: tot de begeleiding stopt.",
        "Uw dossier: vijf jaar na het einde van de begeleiding.",
    ],
    "seen": [seen(number) for number in range(40)],
    "fields_withheld": True,
    "recipients_withheld": True,
    "seen_withheld": True,
}

FACTS: dict[str, dict[str, Any]] = {
    "registration_notice": {
        "reference": "D-2026-000118",
        "principal": "UWV",
        "service": "naar werk",
        "registered_on": date(2026, 11, 3),
        "bases": [
            "wij een taak van algemeen belang uitvoeren voor UWV (artikel 6 lid 1 onder e van de AVG)",
            "de wet het toestaat voor gegevens over uw gezondheid die nodig zijn om u te begeleiden "
            "(artikel 30 lid 1 onder b van de Uitvoeringswet AVG)",
        ],
        "categories": [
            "naam, geboortedatum en geslacht",
            "adres, telefoon en e-mail",
            "burgerservicenummer",
            "traject",
        ],
        "recipients": ["UWV", "Hostbedrijf Veilig B.V. (bewaart onze computersystemen)", "Werkcontact Rijnmond V.O.F."],
        "retention_years": 5,
    },
    "request_receipt": {
        **RECEIPT,
        "way": "per e-mail",
        "answer_by": date(2026, 11, 30),
        "identity_needed": True,
    },
    "identity_asked": {
        **RECEIPT,
        "why": "Uw verzoek kwam van een e-mailadres dat wij niet kennen.",
        "show_by": date(2026, 11, 30),
    },
    "identity_refused": {
        **RECEIPT,
        "asked_on": date(2026, 11, 6),
        "show_by": date(2026, 11, 30),
        "reasons": "Wij hebben daarna niets van u gehoord.",
    },
    "no_data_held": {
        **RECEIPT,
        "searched_on": date(2026, 11, 23),
        "searched_in": ["de cliëntenregistratie", "de dossiers", "het archief"],
        "searched_by": ["uw naam", "uw geboortedatum"],
    },
    "data_held": {
        **RECEIPT,
        "asked": ["antwoord op de vraag of wij gegevens over u hebben"],
        "dossiers": ["D-2026-000118"],
        "principals": ["UWV"],
        "categories": ["naam en geboortedatum", "begeleiding en afspraken"],
    },
    "request_answer": {
        **RECEIPT,
        "given": 35,
        "withheld": WITHHELD,
        "enclosures": ["het overzicht van uw gegevens", "de lijst van kopieën", "36 kopieën"],
    },
    "request_refused": {
        **RECEIPT,
        "ground": GROUND,
        "reasons": "De stukken gaan over een lopend onderzoek naar bedreiging van een ander.",
        "necessity": "Zonder weigering komt de ander in gevaar. Weglakken is niet genoeg: elk stuk noemt de plaats.",
    },
    "extension_told": {
        **RECEIPT,
        "reasons": "Uw verzoek gaat over drie dossiers en meer dan duizend bladzijden.",
        "answer_by": date(2027, 2, 2),
        "promised_by": date(2026, 11, 30),
    },
    "specification_asked": {
        **RECEIPT,
        "available": ["uw registratie", "gespreksverslagen", "brieven", "rapportages"],
        "answer_by": date(2026, 12, 8),
    },
    "inspection_overview": OVERVIEW,
    "copies_index": {
        "reference": "V-2026-000017",
        "copies": [
            {
                "number": number,
                "title": f"Verslag van gesprek {number}",
                "kind": "gespreksverslag",
                "dated": date(2026, 4, 13),
                "pages": 2,
                "in_part": number == 3,
            }
            for number in range(1, 61)
        ],
    },
    "plain_document": DOCUMENT,
    "contact_report": {**DOCUMENT, "way": "op kantoor", "hours": "1,5", "next_step": "belafspraak op 4 mei"},
}
