"""Art. 5.1: the layouts in which principals deliver, and finding who shares a birth date within one principal."""

from __future__ import annotations

import json

from django.db import migrations, models

LAYOUTS = r"""
[
    {
        "name": "UWV",
        "columns": {
            "Referentie": "reference",
            "BSN": "bsn",
            "Voornamen": "first_names",
            "Adellijke titel/predicaat": "title",
            "Voorvoegsel": "prefix",
            "Geslachtsnaam": "surname",
            "Geboortedatum": "birth",
            "Geslacht": "gender",
            "Naamgebruik": "name_use",
            "Voorvoegsel partner": "partner_prefix",
            "Geslachtsnaam partner": "partner_surname",
            "Straat": "street",
            "Huisnummer": "house_number",
            "Huisletter": "house_letter",
            "Toevoeging": "house_addition",
            "Postcode": "postcode",
            "Woonplaats": "city",
            "Land": "country",
            "Adresregel buitenland 1": "foreign_line_1",
            "Adresregel buitenland 2": "foreign_line_2",
            "Adresregel buitenland 3": "foreign_line_3",
            "Geheimhouding": "secrecy",
            "E-mail": "email",
            "Telefoon": "telephone",
            "Trajectsoort": "service",
            "Startdatum": "starts_on",
            "Einddatum": "planned_end"
        },
        "required": [
            "reference",
            "surname",
            "birth",
            "service",
            "starts_on",
            "bsn"
        ]
    },
    {
        "name": "Gemeente",
        "columns": {
            "Cliëntnr": "reference",
            "Achternaam": "surname",
            "Tussenvoegsel": "prefix",
            "Roepnaam/voornamen": "first_names",
            "Geb.datum": "birth",
            "M/V": "gender",
            "Burgerservicenummer": "bsn",
            "PC": "postcode",
            "Plaats": "city",
            "Adres": "street",
            "Nr": "house_number",
            "Nr toev.": "house_addition",
            "Mailadres": "email",
            "Mobiel": "telephone",
            "Start traject": "starts_on",
            "Soort traject": "service",
            "Geheim adres": "secrecy"
        },
        "required": [
            "reference",
            "surname",
            "birth",
            "service",
            "starts_on",
            "bsn"
        ]
    },
    {
        "name": "Werkgever",
        "columns": {
            "Referentie": "reference",
            "BSN": "bsn",
            "Voornamen": "first_names",
            "Adellijke titel/predicaat": "title",
            "Voorvoegsel": "prefix",
            "Geslachtsnaam": "surname",
            "Geboortedatum": "birth",
            "Geslacht": "gender",
            "Naamgebruik": "name_use",
            "Voorvoegsel partner": "partner_prefix",
            "Geslachtsnaam partner": "partner_surname",
            "Straat": "street",
            "Huisnummer": "house_number",
            "Huisletter": "house_letter",
            "Toevoeging": "house_addition",
            "Postcode": "postcode",
            "Woonplaats": "city",
            "Land": "country",
            "Adresregel buitenland 1": "foreign_line_1",
            "Adresregel buitenland 2": "foreign_line_2",
            "Adresregel buitenland 3": "foreign_line_3",
            "Geheimhouding": "secrecy",
            "E-mail": "email",
            "Telefoon": "telephone",
            "Trajectsoort": "service",
            "Startdatum": "starts_on",
            "Einddatum": "planned_end"
        },
        "required": [
            "reference",
            "surname",
            "birth",
            "service",
            "starts_on"
        ]
    }
]
"""


def seed(apps, schema_editor):
    layout = apps.get_model("clients", "DeliveryLayout")
    for row in json.loads(LAYOUTS):
        layout.objects.get_or_create(name=row["name"], defaults=row)


class Migration(migrations.Migration):
    dependencies = [("clients", "0002_walls")]
    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
