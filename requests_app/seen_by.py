"""AVG 15, CJEU C-579/21: the access log as its subject may see it: when, what was done, what for, in which role.

Names of staff are left out. What was refused showed nothing and is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from werkcontact.access.models import AccessLog
from werkcontact.rulebook.current import purposes_on
from werkcontact.staff.models import Role
from werkcontact.ui.components import Text

SHOWN = ("200", "done")
"""Outcomes of a response that showed something, or of an act that did something."""

_ACTS: Mapping[str, Text] = {
    "client": gettext_lazy("seen in a list"),
    "registration": gettext_lazy("registration"),
    "bsn": gettext_lazy("BSN shown"),
    "assignment": gettext_lazy("who guides you"),
    "access": gettext_lazy("who may see your file"),
    "access_log": gettext_lazy("access log"),
    "shield": gettext_lazy("shielding of your file"),
    "document": gettext_lazy("document"),
    "work_note": gettext_lazy("work note"),
    "report": gettext_lazy("report"),
    "consent": gettext_lazy("consent form"),
    "disclosure": gettext_lazy("giving of data to others"),
    "notice": gettext_lazy("notice of registration"),
    "request": gettext_lazy("your request"),
    "correction": gettext_lazy("correction"),
    "complaint": gettext_lazy("your complaint"),
    "closure": gettext_lazy("end of involvement"),
    "archive": gettext_lazy("archive"),
    "hold": gettext_lazy("keeping of your dossier"),
    "delivery": gettext_lazy("delivery of data by the principal"),
}
_KINDS: Mapping[str, Text] = {
    "read": gettext_lazy("looked at"),
    "list": gettext_lazy("looked at"),
    "create": gettext_lazy("added"),
    "print": gettext_lazy("printed"),
    "export": gettext_lazy("exported"),
}
_DEFAULT_PURPOSES: Mapping[str, Text] = {
    Role.CASEWORKER: gettext_lazy("guidance of the client"),
    Role.FRANCHISEE: gettext_lazy("guidance of the client"),
    Role.LEAD: gettext_lazy("guidance of the client"),
    Role.INTAKE: gettext_lazy("registration of the client"),
    Role.REQUESTS: gettext_lazy("your request"),
    Role.DISPUTES: gettext_lazy("a complaint or dispute"),
    Role.OFFICER: gettext_lazy("oversight of the reglement"),
    Role.DIRECTIE: gettext_lazy("oversight of the reglement"),
}


@dataclass(frozen=True)
class Look:
    """One line of the log, in words."""

    at: datetime
    action: str
    purpose: str
    role: str


def looks(involvement: UUID, today: date) -> list[Look]:
    """Return every line about one involvement in words, oldest first; purposes by the rulebook of this day."""
    titles = {purpose.code: purpose.title for purpose in purposes_on(today)}
    return [Look(row.at, _action(row), _purpose(row, titles), _role(row.role)) for row in _rows(involvement).iterator()]


def _rows(involvement: UUID) -> QuerySet[AccessLog]:
    rows = AccessLog.objects.filter(subjects__contains=[involvement], outcome__in=SHOWN)
    return rows.order_by("at", "id").only("at", "id", "act", "kind", "purpose", "role")


def _action(row: AccessLog) -> str:
    what = _ACTS.get(row.act.partition(".")[0], gettext_lazy("your data"))
    done = _KINDS.get(row.kind, gettext_lazy("changed"))
    return f"{what}: {done}"


def _purpose(row: AccessLog, titles: Mapping[str, str]) -> str:
    if row.purpose.startswith("request:"):
        return _("request %(number)s") % {"number": row.purpose.partition(":")[2]}
    if row.purpose:
        return titles.get(row.purpose, row.purpose)
    return next(
        (str(_DEFAULT_PURPOSES[role]) for role in row.role.split("+") if role in _DEFAULT_PURPOSES),
        _("work of the organisation"),
    )


def _role(role: str) -> str:
    if role.startswith("job:"):
        return _("automatic")
    return ", ".join(_role_words(role)) or _("staff member")


def _role_words(role: str) -> Iterator[str]:
    known = dict(Role.choices)
    return (str(known[one]) for one in role.split("+") if one in known)
