"""Art. 6.1, 11, 13-15, 17, 19: the terms of a version of the reglement as data.

A version is stored as text and data (JSON); `Rules.from_data` reads it, `to_data` writes it. The defaults are the
version of December 2017, with the terms of the AVG beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, get_args

from werkcontact.law.terms import Roll, parse_term

KINDS = (
    "confirmation",
    "inspection",
    "copy",
    "disclosures",
    "correction",
    "erasure",
    "restriction",
    "objection",
    "portability",
)
WEEKS_2017: Mapping[str, int | None] = MappingProxyType(
    {
        "confirmation": 4,
        "inspection": 4,
        "copy": 4,
        "disclosures": 4,
        "correction": 8,
        "erasure": 8,
        "restriction": None,
        "objection": None,
        "portability": None,
    }
)


@dataclass(frozen=True)
class Rules:
    """The terms in force. Weeks, months and days are counts; `retention` is a term ("5 years").

    `reglement_weeks` names every kind of request, None where the reglement has no clock. `avg_extended_months` counts
    from receipt, in one step. ValueError for anything that is not a rule.
    """

    reglement_weeks: Mapping[str, int | None] = field(default_factory=lambda: WEEKS_2017, hash=False)
    reglement_roll: Roll = "none"
    avg_months: int = 1
    avg_extended_months: int = 3
    notice_weeks: int = 4
    retention: str = "5 years"
    complaint_acknowledge_weeks: int = 2
    complaint_decide_weeks: int = 6
    complaint_extension_weeks: int = 4
    reminder_days: tuple[int, ...] = (14, 7, 2, 0)

    def __post_init__(self) -> None:
        """Refuse what is no rule, so that a mistake in a stored version shows when it is read."""
        if set(self.reglement_weeks) != set(KINDS):
            raise ValueError("reglement_weeks must name every kind of request, and no other")
        if self.reglement_roll not in get_args(Roll):
            raise ValueError("reglement_roll is none, eu_1182_71 or atw")
        parse_term(self.retention)
        counts = [weeks for weeks in self.reglement_weeks.values() if weeks is not None]
        counts += [self.avg_months, self.avg_extended_months, self.notice_weeks, self.complaint_acknowledge_weeks]
        counts += [self.complaint_decide_weeks, self.complaint_extension_weeks]
        if not all(_is_count(count, at_least=1) for count in counts):
            raise ValueError("weeks and months are whole numbers from 1")
        if not self.reminder_days or not all(_is_count(days, at_least=0) for days in self.reminder_days):
            raise ValueError("reminder_days are whole numbers from 0")

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Rules:
        """Read the data of a version; what it does not name is as in December 2017. ValueError for unknown names."""
        unknown = set(data) - {each.name for each in fields(cls)}
        if unknown:
            raise ValueError(f"not a rule: {', '.join(sorted(unknown))}")
        values = dict(data)
        if "reglement_weeks" in values:
            values["reglement_weeks"] = MappingProxyType(dict(values["reglement_weeks"]))
        if "reminder_days" in values:
            values["reminder_days"] = tuple(values["reminder_days"])
        return cls(**values)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON, every rule named."""
        data = {each.name: getattr(self, each.name) for each in fields(self)}
        return data | {"reglement_weeks": dict(self.reglement_weeks), "reminder_days": list(self.reminder_days)}


def _is_count(value: object, *, at_least: int) -> bool:
    return type(value) is int and value >= at_least


DECEMBER_2017 = Rules()
