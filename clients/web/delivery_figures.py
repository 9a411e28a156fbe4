"""Art. 5.1: a delivery as a whole on a page: its steps and counts, what we understood of it, its report, its list."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.delivery.sections import BESIDE
from clients.models import Delivery
from werkcontact.ui import words
from werkcontact.ui.components import Cell, Column, Fact, State, StepItem, Table, Tone, Total
from werkcontact.ui.icons import IconName

_STATES = {
    Delivery.State.CHECKED: State("wait", "open", ""),
    Delivery.State.APPLYING: State("info", "clock", ""),
    Delivery.State.APPLIED: State("ok", "ok", ""),
    Delivery.State.DROPPED: State("", "no", ""),
}


def steps_of(current: int) -> list[StepItem]:
    """The four steps of a delivery."""
    labels = (_("Choose a file"), _("Check the rows"), _("Apply"), _("Report"))
    return [StepItem(label, done=place < current, current=place == current) for place, label in enumerate(labels)]


def totals_of(delivery: Delivery) -> list[Total]:
    """The counts of the check."""
    counts = delivery.counts
    beside = len(counts["beside_correction"])
    looks: tuple[tuple[str, str, Tone, IconName], ...] = (
        ("wrong", _("wrong"), "no", "no"),
        ("doubtful", _("doubtful"), "wait", "warning"),
        ("changed", _("known, changed"), "", "refresh"),
        ("new", _("new"), "", "plus"),
    )
    found = [
        Total(words.number(counts[key]), label, f"#{key}" if counts[key] else "", tone if counts[key] else "", icon)
        for key, label, tone, icon in looks
    ]
    return [*found, Total(words.number(counts["known"]), _("known, unchanged"), f"#{BESIDE}" if beside else "")]


def understood_of(delivery: Delivery) -> list[Fact]:
    """What we understood of the file."""
    said = delivery.understood
    kind = _("Excel workbook") if said["kind"] == "xlsx" else _("CSV file")
    encoding = f"{kind}, {said['encoding']}, {_('separator')} {said['separator']!r}" if said["encoding"] else kind
    known = [header for header in said["headers"] if header and header not in said["unknown"]]
    return [
        Fact(_("File"), encoding),
        Fact(_("Columns read"), ", ".join(known)),
        Fact(_("Columns not read"), ", ".join(said["unknown"]) or _("none")),
        Fact(_("Columns not in the file"), ", ".join(said["missing"]) or _("none")),
    ]


def done_of(delivery: Delivery) -> list[Fact]:
    """What applying did, of what it will do while it is not ready."""
    done = delivery.counts["done"]
    labels = {
        "new": _("New"),
        "changed": _("Changed"),
        "known": _("Unchanged"),
        "left_out": _("Left out"),
        "rejected": _("Not applied: wrong or not decided"),
    }
    return [Fact(label, words.number(done[outcome]), num=True) for outcome, label in labels.items()]


def rejected_in(delivery: Delivery) -> int:
    """How many rows will not be applied, or were not."""
    if delivery.state == Delivery.State.CHECKED:
        return int(delivery.rows_total - delivery.counts["to_apply"])
    done = delivery.counts.get("done", {})
    return int(done.get("left_out", 0) + done.get("rejected", 0))


def table_of(deliveries: Sequence[Delivery]) -> Table:
    """The list of deliveries."""
    columns = (Column(_("Principal")), Column(_("Received")), Column(_("Rows"), num=True), Column(_("State")))
    rows = [
        (
            Cell(one.principal.name, url=reverse("delivery.view", args=[one.pk])),
            Cell(day=one.received_on),
            Cell(words.number(one.rows_total), num=True),
            Cell(state=_state(one)),
        )
        for one in deliveries
    ]
    return Table(_("Deliveries"), columns, rows)


def _state(delivery: Delivery) -> State:
    look = _STATES[Delivery.State(delivery.state)]
    return State(look.tone, look.icon, delivery.get_state_display())
