"""Art. 13.4: the items of a request as they are shown: in groups, what is open first, what is decided in short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.collecting import Collected
from requests_app.holdings import GROUPS, NOTES, Thing
from requests_app.inspection import author_left
from requests_app.models import RequestDossier, RequestItem
from requests_app.models.item import ItemKind, Verdict
from requests_app.refusal import ground_words
from requests_app.sealed import open_many_words
from werkcontact.ui.components import Cell, Column, Item, Part, State, Table, Text, parts

Pair = tuple[RequestItem, Thing]
_DECIDED: Mapping[str, tuple[str, Text]] = {
    Verdict.GIVE: ("ok", gettext_lazy("give")),
    Verdict.IN_PART: ("info", gettext_lazy("give in part")),
    Verdict.WITHHOLD: ("no", gettext_lazy("withhold")),
}


@dataclass(frozen=True)
class ItemGroup:
    """A group of things of one dossier: those still open, and those decided with the verdicts in short.

    Fields of the registration stand in tables, the rest in lists.
    """

    key: str
    title: str
    open: tuple[Item, ...]
    decided: tuple[Item, ...]
    open_table: Table | None
    decided_table: Table | None
    total: int
    standing: State
    can_give_all: bool
    ids: tuple[UUID, ...]


@dataclass(frozen=True)
class Withheld:
    """What a second person looks at: what is not given or not whole, on what ground and why."""

    title: str
    verdict: State
    ground: str
    words: str
    meta: tuple[Part, ...]
    url: str
    copy_url: str


@dataclass(frozen=True)
class Items:
    """All items of a request, and how many of them are decided; `new` counts what has no item yet."""

    groups: tuple[ItemGroup, ...]
    total: int
    decided: int
    new: int

    @property
    def left(self) -> int:
        """How many still need a decision."""
        return self.total - self.decided

    @property
    def open_groups(self) -> list[ItemGroup]:
        """Groups in which something is open."""
        return [group for group in self.groups if group.open]

    @property
    def decided_groups(self) -> list[ItemGroup]:
        """Groups in which something is decided."""
        return [group for group in self.groups if group.decided]


def items_of(request_id: UUID, found: Collected, linked: Sequence[RequestDossier], *, links: bool) -> Items:
    """Lay out the items; `links` lead to where the handler decides."""
    several = {part.pk: part.dossier.number for part in linked} if len(linked) > 1 else {}
    order = {part.pk: place for place, part in enumerate(linked)}
    pairs = sorted(found.pairs, key=lambda pair: order[pair[1].part])
    groups = [
        _group(request_id, key, part, list(group), several.get(part, ""), links=links)
        for (part, key), group in groupby(pairs, key=lambda pair: (pair[1].part, pair[1].group))
    ]
    decided = sum(item.verdict != Verdict.UNDECIDED for item, _thing in found.pairs)
    return Items(tuple(groups), total=len(found.pairs), decided=decided, new=len(found.new))


def withheld_of(request_id: UUID, pairs: Iterable[Pair]) -> list[Withheld]:
    """Return what is not given, or not whole, with its reasons; the words are opened with one key."""
    rows = [(item, thing) for item, thing in pairs if item.verdict in (Verdict.IN_PART, Verdict.WITHHOLD)]
    words = open_many_words(request_id, {f"item|{item.pk}": item.words_cipher for item, _thing in rows})
    return [
        Withheld(
            title=thing.title,
            verdict=_state(item),
            ground=ground_words(item.ground),
            words=words[f"item|{item.pk}"],
            meta=tuple(_meta(thing)),
            url=reverse("request.open_item", args=[request_id, item.pk]) if thing.version else "",
            copy_url=reverse("request.redacted", args=[request_id, item.pk]) if item.redacted_copy_id else "",
        )
        for item, thing in rows
    ]


def _group(request_id: UUID, key: str, part: UUID, pairs: Sequence[Pair], number: str, *, links: bool) -> ItemGroup:
    open_pairs = [pair for pair in pairs if pair[0].verdict == Verdict.UNDECIDED]
    done_pairs = [pair for pair in pairs if pair[0].verdict != Verdict.UNDECIDED]
    title = capfirst(str(GROUPS[key]))
    return ItemGroup(
        key=f"{key}-{part.hex[-6:]}",
        title=_("%(group)s, dossier %(number)s") % {"group": title, "number": number} if number else title,
        open=tuple(_item(request_id, *pair, links=links) for pair in open_pairs),
        decided=tuple(_item(request_id, *pair, links=links) for pair in done_pairs),
        open_table=_table(request_id, title, open_pairs, links=links, decided=False),
        decided_table=_table(request_id, title, done_pairs, links=links, decided=True),
        total=len(pairs),
        standing=_standing(done_pairs, len(pairs)),
        can_give_all=key != NOTES,
        ids=tuple(item.pk for item, _thing in open_pairs),
    )


def _table(request_id: UUID, title: str, pairs: Sequence[Pair], *, links: bool, decided: bool) -> Table | None:
    """The fields of a group with their values and sources; None for what is no field."""
    if not pairs or any(item.kind != ItemKind.FIELD for item, _thing in pairs):
        return None
    columns = [Column(_("Data")), Column(_("What it says")), Column(_("From whom"))]
    columns += [Column(_("Decision"))] if decided else []
    return Table(caption=title, columns=columns, rows=[_cells(request_id, *pair, links=links) for pair in pairs])


def _cells(request_id: UUID, item: RequestItem, thing: Thing, *, links: bool) -> list[Cell]:
    url = reverse("request.decide", args=[request_id, item.pk]) if links else ""
    cells = [Cell(capfirst(thing.title), url=url), Cell(thing.value), Cell(thing.source)]
    return cells if item.verdict == Verdict.UNDECIDED else [*cells, Cell(state=_state(item))]


def _item(request_id: UUID, item: RequestItem, thing: Thing, *, links: bool) -> Item:
    # a note is decided by its author, as long as they work here
    theirs = item.kind == ItemKind.NOTE and not author_left(thing.note)
    return Item(
        title=capfirst(thing.title),
        url=reverse("request.decide", args=[request_id, item.pk]) if links and not theirs else "",
        meta=tuple(_meta(thing)),
        note=thing.value,
        state=_waits_for_author(thing) if theirs and item.verdict == Verdict.UNDECIDED else _state(item),
        open=item.verdict == Verdict.UNDECIDED,
    )


def _meta(thing: Thing) -> Iterator[Part]:
    if thing.version is not None or thing.note is not None:
        yield Part(thing.kind_word, day=thing.on)
    if thing.health:
        yield Part(_("health"), icon="heart")
    if thing.note is not None:
        left = _("its author has left: it can only be given, and unread")
        yield from parts(left if author_left(thing.note) else _("its author decides on it"))
    elif thing.source:
        yield from parts(thing.source if thing.version else _("from %(whom)s") % {"whom": thing.source})


def _waits_for_author(thing: Thing) -> State:
    name = thing.note.author.display_name if thing.note else ""
    return State("wait", "pause", _("Waits for %(name)s") % {"name": name}, box=True)


def _state(item: RequestItem) -> State:
    if item.verdict == Verdict.UNDECIDED:
        return State("wait", "open", _("To be decided"), box=True)
    tone, word = _DECIDED[item.verdict]
    return (
        State("ok", "ok", word)
        if tone == "ok"
        else State("no" if tone == "no" else "info", "no" if tone == "no" else "pencil", word)
    )


def _standing(done: Sequence[Pair], total: int) -> State:
    counts = {"done": len(done), "total": total}
    verdicts = {item.verdict for item, _thing in done}
    if len(done) < total:
        return State("wait", "open", _("%(done)s of %(total)s decided") % counts)
    if verdicts == {Verdict.GIVE}:
        return State("ok", "ok", _("%(done)s of %(total)s: give") % counts)
    return State("info", "info", _("%(done)s of %(total)s, not all whole") % counts)
