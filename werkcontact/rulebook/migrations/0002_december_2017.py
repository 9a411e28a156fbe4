"""Art. 19: the reglement of December 2017 as text and as data, and the decree days known today."""

from datetime import date
from pathlib import Path

from django.db import migrations

SYSTEM = "00000000-0000-7000-8000-000000000001"
TEXT = Path(__file__).parent.parent / "texts" / "2017-12.md"

RULES = {
    "reglement_weeks": {
        "confirmation": 4,
        "inspection": 4,
        "copy": 4,
        "disclosures": 4,
        "correction": 8,
        "erasure": 8,
        "restriction": None,
        "objection": None,
        "portability": None,
    },
    "reglement_roll": "none",
    "notice_weeks": 4,
    "retention": "5 years",
    "reminder_days": [14, 7, 2, 0],
}
PURPOSES = [
    {"code": "guidance", "title": "Begeleiding van deze cliënt", "article": "3.1"},
    {"code": "legal_duty", "title": "Een wettelijke verplichting", "article": "3.2"},
    {"code": "quality", "title": "Kwaliteit van de uitvoering", "article": "3.3"},
    {"code": "operations", "title": "Bedrijfsvoering en verantwoording aan de opdrachtgever", "article": "3.4"},
    {"code": "oversight", "title": "Toezicht op dit reglement", "article": "16"},
]
DECREE_DAYS = ["2024-12-27", "2025-05-30", "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26"]


def add(apps, schema_editor):
    schema_editor.execute("select set_config('app.actor', %s, true)", [SYSTEM])
    apps.get_model("rulebook", "Rulebook").objects.create(
        label="december 2017",
        in_force_on=date(2017, 12, 14),
        text=TEXT.read_text(encoding="utf-8"),
        rules=RULES,
        purposes=PURPOSES,
    )
    DecreeDay = apps.get_model("rulebook", "DecreeDay")
    DecreeDay.objects.bulk_create(
        DecreeDay(on=date.fromisoformat(day), decree="bij invoering vastgelegd", by_id=SYSTEM) for day in DECREE_DAYS
    )


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial"), ("staff", "0002_system_actor")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
