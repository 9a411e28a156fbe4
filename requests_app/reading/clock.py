"""Art. 13: both clocks of a request side by side, and step by step why each date is what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from werkcontact.law.clocks import AvgClock, Kept, ReglementClock, Standing
from werkcontact.law.terms import Step
from werkcontact.ui import words
from werkcontact.ui.clock_figure import ClockBar, ClockFigure, Pause, clock_figure
from werkcontact.ui.components import Cell, Column, Fact, State, Table, Text
from werkcontact.ui.dates import nl_date_long, nl_day, nl_day_short

_BECAUSE: Mapping[str, Text] = {
    "saturday": gettext_lazy("Saturday"),
    "sunday": gettext_lazy("Sunday"),
    "decree_day": gettext_lazy("a day equated by decree"),
}
_QUESTIONS: Mapping[str, Text] = {
    "identity": gettext_lazy("proof of identity was asked for"),
    "specification": gettext_lazy("it was asked which data are meant"),
}
_ENDED: Mapping[str, Text] = {
    "decision_sent": gettext_lazy("The answer was sent."),
    "withdrawn": gettext_lazy("The request was taken back."),
    "refused_identity": gettext_lazy("Refused by letter for want of identity."),
}
_CLOCKS: Mapping[str, Text] = {
    "both": gettext_lazy("The earliest: both on the same day."),
    "avg": gettext_lazy("The earliest that runs: that of the AVG."),
    "reglement": gettext_lazy("The earliest that runs: that of the reglement."),
}


@dataclass(frozen=True)
class Clocks:
    """What the page draws of the clocks of one ask: the figure, the dates under it, the steps, and how it stands."""

    title: str
    figure: ClockFigure
    facts: tuple[Fact, ...]
    steps: Table
    standing: State
    extend_by: date | None
    asks_to_specify: bool


def clocks_of(standing: Standing, number: str, today: date) -> Clocks:
    """Lay out where the clocks of one ask stand today (Amsterdam)."""
    return Clocks(
        title=_title(standing),
        figure=clock_figure(
            title=_("Clocks of request %(number)s") % {"number": number},
            received=standing.received,
            today=today,
            bars=_bars(standing),
        ),
        facts=tuple(_facts(standing, today)),
        steps=Table(
            caption=_("How both dates were worked out, step by step"),
            columns=[Column(_("Clock")), Column(_("Step")), Column(_("Date")), Column(_("Rule"))],
            rows=list(_rows(standing)),
        ),
        standing=_standing(standing, today),
        extend_by=standing.avg.extend_by,
        asks_to_specify="specification" in _open_questions(standing.avg),
    )


def _standing(standing: Standing, today: date) -> State:
    if standing.ended_on is None:
        return state_of(standing.binding, today)
    by = next((str(step.params["by"]) for step in standing.avg.steps if step.code == "ended"), "")
    said = _("Taken back on %(day)s") if by == "withdrawn" else _("Answered on %(day)s")
    return State("ok", "ok", said % {"day": nl_date_long(standing.ended_on)}, box=True)


def _open_questions(avg: AvgClock) -> list[str]:
    """What the person was asked and has not answered; the last step of a clock that stands still says it."""
    return str(avg.steps[-1].params["questions"]).split(",") if avg.state == "paused" else []


def state_of(binding: date | None, today: date) -> State:
    """Say in one box how much time there is, or that no clock runs until the person does something."""
    if binding is None:
        return State("wait", "pause", _("Waits for the person"), box=True)
    said = {"left": words.days_left(binding, today).capitalize(), "day": nl_date_long(binding)}
    due = words.due(binding, today)
    return State(due.tone or "info", "clock", _("%(left)s, by %(day)s at the latest") % said, box=True)


def _title(standing: Standing) -> str:
    if standing.reglement is None:
        return _("The clock")
    return _("Two clocks, the first binds")


def _bars(standing: Standing) -> list[ClockBar]:
    bars = []
    if standing.reglement is not None:
        weeks = next((step.params["count"] for step in standing.reglement.steps if "count" in step.params), 4)
        note = ngettext("%(count)s week", "%(count)s weeks", int(str(weeks))) % {"count": weeks}
        bars.append(ClockBar(_("Reglement"), note, end=standing.reglement.end))
    bars.append(_avg_bar(standing.avg))
    return bars


def _avg_bar(avg: AvgClock) -> ClockBar:
    note = _("three months") if avg.extended else _("one month")
    if avg.paused_days:
        still = ngettext("%(count)s day standing still", "%(count)s days standing still", avg.paused_days)
        note = f"{note}, {still % {'count': avg.paused_days}}"
    pauses = [
        Pause(pause.since, None if avg.state == "paused" and pause is avg.pauses[-1] else pause.until)
        for pause in avg.pauses
    ]
    return ClockBar(_("AVG"), note, end=avg.unrolled, rolled=avg.rolled, pauses=pauses)


def _facts(standing: Standing, today: date) -> Iterator[Fact]:
    if standing.binding and standing.work_by:
        which = {"reglement": _("Binds: reglement"), "avg": _("Binds: AVG"), "both": _("Binds: both")}
        clock = str(standing.steps[0].params["clock"])
        yield Fact(which[clock], nl_date_long(standing.binding), strong=True)
        note = words.days_left(standing.work_by, today)
        yield Fact(_("Work towards"), nl_date_long(standing.work_by), note=note)
    if standing.avg.state == "paused":
        yield Fact(_("AVG"), _("stands still"))
    elif standing.avg.rolled:
        yield Fact(_("AVG"), nl_date_long(standing.avg.rolled))
    if standing.is_late and standing.avg.rolled and standing.avg.rolled >= today:
        until = {"day": nl_date_long(standing.avg.rolled)}
        yield Fact(_("Late"), _("The law forgives it until %(day)s.") % until)
    if standing.kept is not None:
        yield Fact(_("Kept"), lines=tuple(_kept(standing.kept)))


def _kept(kept: Kept) -> Iterator[str]:
    said = {True: _("in time"), False: _("too late")}
    if kept.reglement is not None:
        yield _("reglement: %(how)s") % {"how": said[kept.reglement]}
    if kept.avg is not None:
        yield _("AVG: %(how)s") % {"how": said[kept.avg]}


def _rows(standing: Standing) -> Iterator[Sequence[Cell]]:
    both = standing.reglement is not None
    first, *rest = standing.avg.steps
    yield _row(_("Both") if both else _("AVG"), first)
    if standing.reglement is not None:
        yield from (_row(_("Reglement"), step) for step in _later(standing.reglement))
    yield from (_row(_("AVG"), step) for step in rest)
    yield from (_row(_("Binds") if step.code == "binding" else _("Work"), step) for step in standing.steps)


def _later(clock: ReglementClock) -> Sequence[Step]:
    return clock.steps[1:]


def _row(clock: str, step: Step) -> Sequence[Cell]:
    strong = step.code in {"binding", "work_by"}
    return (Cell(clock), Cell(_words(step)), Cell(nl_day(step.on), num=True, strong=strong), Cell(_rule(step.source)))


def _words(step: Step) -> str:
    params = step.params
    if step.code == "received":
        return _("Received. This day does not count.")
    if step.code in {"term_added", "term_added_month_end"}:
        return _term(step)
    if step.code == "rolled":
        return _("%(why)s: on to the next working day.") % {"why": _because(str(params["because"]))}
    if step.code in {"pause_added", "paused"}:
        return _pause(step)
    if step.code == "ended":
        return str(_ENDED[str(params["by"])])
    if step.code == "binding":
        return str(_CLOCKS[str(params["clock"])])
    return str(_PLAIN[step.code])


_PLAIN: Mapping[str, Text] = {
    "not_rolled": gettext_lazy("Does not move on, whatever day it is."),
    "extended": gettext_lazy("Two months more, told within the first month."),
    "extension_too_late": gettext_lazy("More time was told too late and does not count."),
    "work_by": gettext_lazy("The last working day on or before it."),
}


def _term(step: Step) -> str:
    count, unit = int(str(step.params["count"])), str(step.params["unit"])
    if unit == "weeks":
        later = ngettext(
            "%(count)s week later: the same day of the week.", "%(count)s weeks later: the same day of the week.", count
        )
    elif step.code == "term_added_month_end":
        later = ngettext(
            "%(count)s month later: that month is shorter, so its last day.",
            "%(count)s months later: that month is shorter, so its last day.",
            count,
        )
    else:
        later = ngettext(
            "%(count)s month later: the same day of the month.",
            "%(count)s months later: the same day of the month.",
            count,
        )
    return later % {"count": count}


def _pause(step: Step) -> str:
    questions = ", ".join(str(_QUESTIONS[name]) for name in str(step.params["questions"]).split(","))
    since, until = step.params["since"], step.params.get("until")
    facts = {"days": step.params["days"], "questions": questions}
    facts["since"] = nl_day_short(since) if isinstance(since, date) else ""
    if isinstance(until, date):
        facts["until"] = nl_day_short(until)
        still = ngettext(
            "%(days)s day standing still: %(questions)s %(since)s, answered %(until)s.",
            "%(days)s days standing still: %(questions)s %(since)s, answered %(until)s.",
            int(str(step.params["days"])),
        )
        return still % facts
    return _("Stands still since %(since)s: %(questions)s.") % facts


def _because(why: str) -> str:
    return str(_BECAUSE.get(why, gettext_lazy("A public holiday")))


def _rule(source: str) -> str:
    """The source as the calculator names it, in Dutch: "Vo. 1182/71", "Reglement", "de vroegste open klok"."""
    if source == "house":
        return _("rule of the house")
    if source.startswith("1182/71"):
        return source.replace("1182/71", _("Reg. 1182/71"))
    return source[:1].upper() + source[1:].replace("recital", _("recital"))
