"""Art. 2: home, what must be done today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from werkcontact.access import StaffRequest, saw_ids, screen
from werkcontact.desk.context import remember
from werkcontact.desk.links import may_open, url
from werkcontact.desk.worklists import WHENS, When, last_day, mine, tally, when
from werkcontact.mail import digests
from werkcontact.ui import words
from werkcontact.ui.components import Choice, Filter, Group, Pages, Part, Row, State, Text, Total
from werkcontact.ui.dates import nl_day
from werkcontact.ui.work import Work

PAGE = 50
# How the parts of the list are called in the URL and on the page.
_IN_URL: dict[When, str] = {"late": "te-laat", "today": "vandaag", "week": "week", "later": "later"}
_TITLES: dict[When, Text] = {
    "late": gettext_lazy("Late"),
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("This week"),
    "later": gettext_lazy("Later"),
}


@screen("home.view", kind="list")
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """One's own work, nearest work-by date first, narrowed by `soort` and `wanneer`, in pages."""
    today = request.today
    works = mine(request.actor, today)
    remember(request, tally(works, today))
    part, kind = request.GET.get("wanneer", ""), request.GET.get("soort", "")
    of_kind = [work for work in works if kind in {"", work.kind}]
    of_part = [work for work in works if part in {"", _IN_URL[when(work, today)]}]
    chosen = [work for work in of_kind if part in {"", _IN_URL[when(work, today)]}]
    first = (_page(request) - 1) * PAGE
    shown = chosen[first : first + PAGE]
    saw_ids(request.actor, [pk for work in shown for pk in work.subjects])
    context = {
        "totals": _totals(of_kind, today, part, kind),
        "filter": _filter(works, of_part, part, kind),
        "groups": _groups(shown, chosen, today),
        "pages": _pages(first, len(shown), len(chosen), part, kind),
        "any_work": bool(works),
        "register_url": url("request.register") if may_open(request.actor, "request.register") else "",
        "search_url": url("client.list") if may_open(request.actor, "client.list") else "",
        "unsent": digests.unsent_of(request.actor.id),
        "today": today,
        "week": today.isocalendar().week,
    }
    return render(request, "desk/home.html", context)


def _page(request: StaffRequest) -> int:
    asked = request.GET.get("pagina", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _url(part: str, kind: str, page: int = 1) -> str:
    wanted = {"wanneer": part, "soort": kind, "pagina": str(page) if page > 1 else ""}
    return "?" + urlencode({name: value for name, value in wanted.items() if value})


def _totals(works: Sequence[Work], today: date, part: str, kind: str) -> list[Total]:
    counts = Counter(when(work, today) for work in works)
    totals = [
        Total(
            number=words.number(counts[each]),
            label=str(_TITLES[each]).lower(),
            url=_url(_IN_URL[each], kind),
            tone="late" if each == "late" and counts[each] else "",
            icon="clock" if each == "late" and counts[each] else "",
            current=part == _IN_URL[each],
        )
        for each in WHENS
    ]
    return [*totals, Total(words.number(len(works)), _("all, by date"), url=_url("", kind), current=not part)]


def _filter(works: Sequence[Work], of_part: Sequence[Work], part: str, kind: str) -> Filter:
    labels = {work.kind: work.label for work in works}
    counts = Counter(work.kind for work in of_part)
    everything = Choice(_url(part, ""), _("All kinds"), len(of_part), current=not kind)
    choices = [
        Choice(_url(part, each), labels[each], counts[each], current=kind == each)
        for each in sorted(labels, key=lambda each: str(labels[each]))
    ]
    return Filter(_("Filter by kind of work"), [everything, *choices], heading=_("Kind of work"), side=True)


def _groups(shown: Iterable[Work], chosen: Sequence[Work], today: date) -> list[Group]:
    counts = Counter(when(work, today) for work in chosen)
    rows: dict[When, list[Row]] = {}
    for work in shown:
        rows.setdefault(when(work, today), []).append(_row(work, today))
    return [
        Group(key=_IN_URL[each], title=_TITLES[each], rows=rows[each], count=counts[each], late=each == "late")
        for each in WHENS
        if each in rows
    ]


def _row(work: Work, today: date) -> Row:
    return Row(
        title=work.title,
        url=work.url,
        day=work.work_by_on,
        standing=_standing(work, today),
        meta=_meta(work),
        who=work.who,
        who_meta=work.who_meta,
        late=when(work, today) == "late",
    )


def _meta(work: Work) -> tuple[Part, ...]:
    """The line under the title, with the icon of its kind in front; the title says the kind, once."""
    if not work.meta or any(part.icon for part in work.meta):
        return work.meta
    return (replace(work.meta[0], icon=work.icon), *work.meta[1:])


def _standing(work: Work, today: date) -> State:
    end = last_day(work)
    if work.work_by_on is None or end is None:
        return State("", "", _("no date"))
    if work.work_by_on < today <= end:
        return State("wait", "clock", _("at the latest %(day)s") % {"day": nl_day(end)})
    return words.due(end if end < today else work.work_by_on, today)


def _pages(first: int, shown: int, total: int, part: str, kind: str) -> Pages:
    last = first + shown
    return Pages(
        shown=shown,
        total=total,
        first_url=_url(part, kind) if first else "",
        next_url=_url(part, kind, first // PAGE + 2) if last < total and shown else "",
    )
