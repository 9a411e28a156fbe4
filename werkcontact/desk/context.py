"""Art. 9, 16, 19: what stands around every page: who is here until when, where they may go, what it is printed for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from werkcontact.access import Actor
from werkcontact.access.screens import StaffRequest
from werkcontact.desk.links import may_open, url
from werkcontact.desk.worklists import Tally
from werkcontact.office import limits
from werkcontact.rulebook.models import Rulebook
from werkcontact.ui.components import Text

MOST_SHOWN = 999
_SESSION = "open_work"


@dataclass(frozen=True)
class _Entry:
    """One page of the main menu; `kind` is the work that is counted beside it ("*" is all)."""

    url_name: str
    label: Text
    act: str
    kind: str = ""


@dataclass(frozen=True)
class Link:
    """What components/top.html draws in the main menu."""

    url: str
    label: Text
    current: bool
    count: int | None = None
    late: int = 0


_MENU = (
    _Entry("home", gettext_lazy("Today"), "home.view", kind="*"),
    _Entry("client.list", gettext_lazy("Clients"), "client.list"),
    _Entry("delivery.list", gettext_lazy("Deliveries"), "delivery.view"),
    _Entry("notice.list", gettext_lazy("Notices"), "notice.send", kind="notice"),
    _Entry("request.list", gettext_lazy("Requests"), "request.view", kind="request"),
    _Entry("admin:index", gettext_lazy("Management"), "jobs.view"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what every page shows around its content; error pages and signing in have no actor and less of it."""
    if getattr(request, "actor", None) is None:
        return {}
    asked = cast("StaffRequest", request)
    actor = asked.actor
    rulebook = SimpleLazyObject(lambda: _rulebook(actor))
    return {
        "actor": actor,
        "nav": SimpleLazyObject(lambda: _menu(asked)),
        "session_ends_at": limits.ends_at(asked.session, timezone.now()),
        "search_allowed": bool(url("client.list")) and may_open(actor, "client.list"),
        "can_register_request": may_open(actor, "request.register"),
        "print_purpose": SimpleLazyObject(lambda: _purpose(asked, rulebook)),
        "rulebook_label": SimpleLazyObject(lambda: _("Rulebook, version %(label)s") % {"label": rulebook.label}),
    }


def remember(request: StaffRequest, tally: Tally) -> None:
    """Keep the counts of "Today" for the menu of other pages: what was last seen there, without asking again."""
    counted = {"kinds": dict(tally.kinds), "late": tally.late}
    if request.session.get(_SESSION) != counted:
        request.session[_SESSION] = counted


def _menu(request: StaffRequest) -> list[Link]:
    counted = request.session.get(_SESSION, {"kinds": {}, "late": 0})
    here = [(entry, where) for entry in _MENU if (where := url(entry.url_name)) and may_open(request.actor, entry.act)]
    current = max(
        (where for _entry, where in here if request.path.startswith(where) and (where != "/" or request.path == "/")),
        key=len,
        default="",
    )
    return [
        Link(where, entry.label, where == current, _count(entry, counted), counted["late"] if entry.kind == "*" else 0)
        for entry, where in here
    ]


def _count(entry: _Entry, counted: dict[str, Any]) -> int | None:
    kinds: dict[str, int] = counted["kinds"]
    found = sum(kinds.values()) if entry.kind == "*" else kinds.get(entry.kind, 0)
    return min(found, MOST_SHOWN) or None


def _rulebook(actor: Actor) -> Rulebook:
    return Rulebook.objects.defer("text", "rules").in_force(actor.today)


def _purpose(request: StaffRequest, rulebook: Any) -> str:
    """What the page is printed for: the purpose that was stated, or the first of art. 3, for which all work is done."""
    code = request.access_draft.purpose  # type: ignore[attr-defined]  # AccessLogMiddleware stands outside us
    titles = {entry["code"]: entry["title"] for entry in rulebook.purposes}
    if not code:
        return str(next(iter(titles.values()), ""))
    return str(titles.get(code, _("a running request or complaint")))
