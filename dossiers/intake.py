"""Art. 5.2: what comes into a dossier: only with a title, a reason why it belongs there, its category and its source.

Health data are marked as such (AVG 9, UAVG 30): limitations and possibilities for work, no diagnosis.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dossiers.models.document import DocumentKind, Sensitivity, Source
from werkcontact.personal_data.categories import Category
from werkcontact.refused import Refused

TITLE_LENGTH = 120
WHY_LENGTH = 300
TEXT_LENGTH = 40_000


@dataclass(frozen=True)
class Particulars:
    """What is said of a document beside its content. `happened_on` is the Amsterdam day that it is about."""

    kind: DocumentKind
    title: str
    why: str
    category: Category
    happened_on: date
    health: bool = False
    source: Source = Source.OWN

    @property
    def sensitivity(self) -> Sensitivity:
        """What is about health is marked, whether somebody thought of the mark or not."""
        return sensitivity_of(self.category, health=self.health)


def sensitivity_of(category: Category, *, health: bool) -> Sensitivity:
    """What a document is marked as."""
    return Sensitivity.HEALTH if health or category == Category.HEALTH else Sensitivity.NORMAL


def check(about: Particulars, today: date) -> None:
    """Raise Refused when something is missing, too long, or still to come (`today` is an Amsterdam date)."""
    check_line("title", about.title, TITLE_LENGTH)
    check_line("why", about.why, WHY_LENGTH)
    if about.happened_on > today:
        raise Refused(
            "intake.future", "5.2", _("This day is still to come. Fill in today or earlier."), field="happened_on"
        )


def check_text(text: str, field: str = "text") -> None:
    """Raise Refused when there is no text, or more than anybody reads."""
    check_line(field, text, TEXT_LENGTH)


def check_line(field: str, value: str, longest: int) -> None:
    """Raise Refused, to be shown at this field, when it is empty or too long."""
    if not value.strip():
        raise Refused("intake.missing", "5.2", _("Fill this in."), field=field)
    if len(value) > longest:
        raise Refused("intake.too_long", "5.2", _("This is too long."), field=field)
