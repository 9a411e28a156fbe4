"""Art. 4, 5.1: how the rows of a delivery are drawn: wrong ones to mend, doubtful ones to decide, changed, new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.delivery.compare import FieldChange
from clients.delivery.fields import FIELD, Fields, Value
from clients.delivery.map import Plan
from clients.delivery.sections import BESIDE, Alike, Section, alike_in
from clients.delivery.staging import Staged, plan_of
from clients.models import Delivery
from clients.registered import value_of
from clients.web.delivery_words import name_of_row, shown
from clients.web.forms_deliveries import DecideForm, LeaveOutForm, MendForm
from werkcontact.ui import words
from werkcontact.ui.components import Cell, Column, Part, State, Table

_COMPARED = ("first_names", "surname", "birth", "bsn", "reference", "street", "postcode")


@dataclass(frozen=True)
class ShownRow:
    """A row that somebody decides on or mends."""

    number: int
    title: str
    meta: tuple[Part, ...]
    state: State
    is_left_out: bool
    why: str
    mend: MendForm | None = None
    decide: DecideForm | None = None
    leave_out: LeaveOutForm | None = None
    table: Table | None = None


@dataclass(frozen=True)
class ShownSection:
    """A section of the page: either rows to decide on, or a table."""

    key: str
    title: str
    rows: Sequence[ShownRow]
    table: Table | None
    more_url: str
    more: str
    next_url: str
    shown: int
    total: int


def shown_sections(delivery: Delivery, found: Sequence[Section], *, paged: bool) -> list[ShownSection]:
    """Draw the sections of a delivery that waits."""
    how = plan_of(delivery)
    alike = alike_in(found)
    return [_section(delivery, section, how, alike, paged=paged) for section in found]


def _section(
    delivery: Delivery, section: Section, how: Plan, alike: Mapping[UUID, Alike], *, paged: bool
) -> ShownSection:
    url = reverse("delivery.rows", args=[delivery.pk, section.key])
    rows: list[ShownRow] = []
    table: Table | None = None
    if section.key == "wrong":
        rows = [_wrong(row, how) for row in section.rows]
    elif section.key == "doubtful":
        rows = [_doubtful(row, section, alike) for row in section.rows]
    elif section.key == "new":
        table = _new(section.rows)
    else:
        table = _changed(section)
    more = _("Show all %(count)s rows") % {"count": words.number(section.total)}
    return ShownSection(
        key=section.key,
        title=_title(section),
        rows=rows,
        table=table,
        more_url=url if section.after and not paged else "",
        more=more,
        next_url=f"{url}?na={section.after}" if section.after and paged else "",
        shown=len(section.rows),
        total=section.total,
    )


def _title(section: Section) -> str:
    label = {
        "wrong": _("Wrong"),
        "doubtful": _("Doubtful"),
        "changed": _("Known, changed"),
        BESIDE: _("Corrected before: stays as it is"),
        "new": _("New"),
    }[section.key]
    count = ngettext("%(count)s row", "%(count)s rows", section.total) % {"count": words.number(section.total)}
    return f"{label}: {count}"


def _meta(row: Staged) -> tuple[Part, ...]:
    fields = row.checked.fields
    birth = shown("birth", fields.get("birth"))
    found = [Part(_("born %(date)s") % {"date": birth}, num=True)] if birth else []
    if fields.get("reference"):
        found.append(Part(str(fields["reference"]), num=True))
    return (*found, Part(_("row %(number)s") % {"number": row.number}, num=True))


def _wrong(row: Staged, how: Plan) -> ShownRow:
    mistakes = ngettext("%(count)s mistake", "%(count)s mistakes", len(row.errors)) % {"count": len(row.errors)}
    return ShownRow(
        number=row.number,
        title=name_of_row(row.checked.fields, row.number),
        meta=_meta(row),
        state=State("", "no", _("left out"), box=True) if row.is_left_out else State("no", "no", mistakes, box=True),
        is_left_out=row.is_left_out,
        why=row.why,
        mend=MendForm(row, how),
        leave_out=LeaveOutForm(prefix=f"w{row.number}"),
    )


def _doubtful(row: Staged, section: Section, alike: Mapping[UUID, Alike]) -> ShownRow:
    judged = section.judged[row.number]
    others = [alike[pk] for pk in judged.alike if pk in alike]
    state = State("wait", "warning", _("Do you know this person already?"), box=True)
    if row.choice:
        will_be_new = judged.outcome == "new"
        state = (
            State("ok", "ok", _("new registration"), box=True)
            if will_be_new
            else State("", "no", _("left out"), box=True)
        )
    return ShownRow(
        number=row.number,
        title=name_of_row(row.checked.fields, row.number),
        meta=_meta(row),
        state=state,
        is_left_out=row.is_left_out,
        why=row.why,
        decide=DecideForm(prefix=f"d{row.number}", initial={"choice": row.choice}),
        table=_beside(row.checked.fields, others),
    )


def _beside(fields: Fields, others: Sequence[Alike]) -> Table:
    known = (
        [_("Already known")] if len(others) == 1 else [f"{_('Already known')} {n}" for n in range(1, len(others) + 1)]
    )
    columns = (Column(_("Field")), Column(_("This row")), *(Column(label) for label in known))
    rows = [
        (
            Cell(_(FIELD[name].label)),
            Cell(shown(name, fields.get(name))),
            *(Cell(shown(name, _known(name, other))) for other in others),
        )
        for name in _COMPARED
    ]
    return Table(_("What was delivered beside what is registered"), columns, rows)


def _known(name: str, other: Alike) -> Value:
    if name == "reference":
        return ", ".join(other.references)
    return other.bsn if name == "bsn" else value_of(other.registration, name)


def _changed(section: Section) -> Table:
    columns = (Column(_("Client")), Column(_("Field")), Column(_("Was")), Column(_("Becomes")))
    rows: list[tuple[Cell, ...]] = []
    for row in section.rows:
        fields = row.checked.fields
        meta = (Part(str(fields.get("reference") or ""), num=True), Part(_("row %(number)s") % {"number": row.number}))
        title = name_of_row(fields, row.number)
        rows += [
            (Cell(title, meta=meta), Cell(_(FIELD[change.field].label)), *_old_and_new(change))
            for change in section.judged[row.number].verdict.changes
        ]
    return Table(_("Changed fields, old and new"), columns, rows)


def _old_and_new(change: FieldChange) -> tuple[Cell, Cell]:
    old, new = shown(change.field, change.old) or _("(empty)"), shown(change.field, change.new) or _("(empty)")
    if change.kept_because_corrected:
        return Cell(old), Cell(old, meta=(Part(_("corrected before, stays; delivered: %(value)s") % {"value": new}),))
    return Cell(old=old), Cell(new=new)


def _new(rows: Sequence[Staged]) -> Table:
    columns = (
        Column(_("Client")),
        Column(_("Born")),
        Column(_("City")),
        Column(_("Service")),
        Column(_("Start date")),
    )
    cells = [
        (
            Cell(
                name_of_row(row.checked.fields, row.number),
                meta=(Part(str(row.checked.fields.get("reference") or ""), num=True),),
            ),
            Cell(shown("birth", row.checked.fields.get("birth")), num=True),
            Cell(_place(row.checked.fields)),
            Cell(shown("service", row.checked.fields.get("service"))),
            Cell(shown("starts_on", row.checked.fields.get("starts_on")), num=True),
        )
        for row in rows
    ]
    return Table(_("New clients in this delivery"), columns, cells)


def _place(fields: Fields) -> str:
    abroad = shown("country", fields.get("country")) if any(fields.get(f"foreign_line_{n}") for n in (1, 2, 3)) else ""
    return str(fields.get("city") or "") or abroad or _("not delivered")
