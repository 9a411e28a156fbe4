"""The shapes that component templates take: frozen data, so that screens decide and templates only draw.

Each names its template. Text comes ready to read (translated, names written out); dates are calendar days.
A tone only adds colour: ok, wait, no, late, info or none; the word beside it carries the meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from werkcontact.ui.icons import IconName

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"
Icon: TypeAlias = IconName | Literal[""]
Tone = Literal["ok", "wait", "no", "late", "info", ""]


@dataclass(frozen=True)
class State:
    """components/state.html: how something stands; without icon quiet text. `box` gives it a ground of its tone."""

    tone: Tone
    icon: Icon
    word: Text
    box: bool = False


@dataclass(frozen=True)
class Part:
    """One part of components/meta.html. `num` never breaks (references, numbers); a day is shown as a date."""

    text: Text = ""
    icon: Icon = ""
    day: date | None = None
    num: bool = False


def parts(*texts: Text) -> tuple[Part, ...]:
    """Plain parts of a meta line; empty texts are left out."""
    return tuple(Part(text) for text in texts if text)


@dataclass(frozen=True)
class Tab:
    """One tab of a client's page (components/tabs.html)."""

    url: str
    label: Text
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Band:
    """components/band.html: a band over the full width, for secrecy and the like. The action is a POST."""

    label: Text
    title: Text
    text: Text
    tone: Tone = "wait"
    icon: Icon = "lock"
    action_url: str = ""
    action_label: Text = ""
    action_icon: Icon = "eye"


@dataclass(frozen=True)
class Strip:
    """components/strip.html: whose file this is and why one sees it. `heading`: the name is the page's h1."""

    name: Text
    birth: Text
    reference: Text
    dossier_number: Text = ""
    age: Text = ""
    bsn_masked: str = ""
    reveal_url: str | None = None
    why_short: Text = ""
    why_long: Text = ""
    tabs: Sequence[Tab] = ()
    band: Band | None = None
    heading: bool = False


@dataclass(frozen=True)
class Fact:
    """A key with its value in components/facts.html; the value is text, a day, states, or lines below each other."""

    label: Text
    value: Text = ""
    day: date | None = None
    url: str = ""
    num: bool = False
    strong: bool = False
    lines: Sequence[Text] = ()
    states: Sequence[State] = ()
    note: Text = ""


@dataclass(frozen=True)
class Row:
    """One line of work in components/list.html: when, what, about whom."""

    title: Text
    url: str = ""
    day: date | None = None
    standing: State | None = None
    meta: Sequence[Part] = ()
    who: Text = ""
    who_meta: Sequence[Part] = ()
    late: bool = False


@dataclass(frozen=True)
class Item:
    """One thing in components/list.html with its state at the end; `open` marks what still waits for a decision."""

    title: Text
    url: str = ""
    meta: Sequence[Part] = ()
    note: Text = ""
    state: State | None = None
    open: bool = False
    late: bool = False


@dataclass(frozen=True)
class Group:
    """A headed part of components/list.html. `key` makes its id; Rows are ordered by day, Items are not."""

    key: str
    title: Text
    rows: Sequence[Row] = ()
    items: Sequence[Item] = ()
    count: int | None = None
    late: bool = False


@dataclass(frozen=True)
class TimelineItem:
    """One event of components/timeline.html."""

    icon: Icon
    title: Text
    day: date
    url: str = ""
    text: Text = ""
    states: Sequence[State] = ()
    note: Text = ""
    meta: Sequence[Part] = ()


@dataclass(frozen=True)
class StepItem:
    """One step of components/steps.html; done ones may lead back."""

    label: Text
    done: bool = False
    current: bool = False
    url: str = ""


@dataclass(frozen=True)
class Total:
    """One number of components/totals.html; with a URL it filters or jumps."""

    number: int | str
    label: Text
    url: str = ""
    tone: Tone = ""
    icon: Icon = ""
    current: bool = False


@dataclass(frozen=True)
class Choice:
    """One choice of a Filter."""

    url: str
    label: Text
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Filter:
    """components/filter.html: links that narrow a list, kept in the URL. `side`: beside the list on wide screens."""

    label: Text
    choices: Sequence[Choice]
    heading: Text = ""
    side: bool = False


@dataclass(frozen=True)
class Pages:
    """components/pagination.html: keyset pages. `total` None: not counted. URLs are empty where there is no page."""

    shown: int
    total: int | None = None
    first_url: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class Column:
    """A column of components/table.html. `sorted`: what aria-sort says; `hidden`: for screen readers only."""

    label: Text
    sort_url: str = ""
    sorted: Literal["ascending", "descending", ""] = ""
    num: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of components/table.html. `old` and `new` show a changed value."""

    text: Text | int = ""
    url: str = ""
    day: date | None = None
    num: bool = False
    strong: bool = False
    old: Text | None = None
    new: Text | None = None
    meta: Sequence[Part] = ()
    state: State | None = None


@dataclass(frozen=True)
class Table:
    """components/table.html: rows of cells, the first of each being its heading; stacks into cards when narrow."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Each cell with its column, since a card repeats the label."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]
