"""Art. 11: the registration notice: registered with the involvement, due four weeks after first registration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from clients.bulk import copy_in
from clients.models import Notice
from werkcontact.ids import uuid7
from werkcontact.law.clocks import Rules
from werkcontact.law.holidays import Calendar
from werkcontact.law.terms import notice_due


def register_many(involvements: Sequence[UUID], registered_on: date, rules: Rules, calendar: Calendar) -> None:
    """Start the clock of each involvement, inside the act that opens them.

    `registered_on` is the Amsterdam day of first registration; `rules` and `calendar` are those in force.
    """
    due = notice_due(registered_on, rules, calendar)
    copy_in(
        Notice,
        ("id", "involvement_id", "registered_on", "due_on", "work_by_on", "way"),
        ((uuid7(), involvement, registered_on, due.rolled, due.work_by, "") for involvement in involvements),
    )
