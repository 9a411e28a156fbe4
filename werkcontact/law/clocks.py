"""Art. 11-15, AVG 12.3: the clocks of one thing asked: from its events to the dates on which they end.

The reglement's clock and the AVG's run side by side; the earliest unrolled end of those that run binds. The reglement's
never pauses or extends; the AVG's pauses while identity must be proved (12.6) or a large request specified (recital
63), and is extended once (12.3). Nothing is stored here: clocks are replayed from their events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from werkcontact.law.course import ENDS, EVENTS, Course, Pause
from werkcontact.law.holidays import SEEDED_CALENDAR, Calendar
from werkcontact.law.rules import DECEMBER_2017, KINDS, Rules
from werkcontact.law.terms import Step, deadline, plain_day, roll_steps, term_steps

__all__ = [
    "DECEMBER_2017",
    "ENDS",
    "EVENTS",
    "KINDS",
    "AvgClock",
    "Kept",
    "Pause",
    "ReglementClock",
    "Rules",
    "Standing",
    "reminder",
    "replay",
]

# The rule of the reglement that sets the term of each kind.
REGLEMENT_SOURCES = {
    "confirmation": "reglement art. 13.1",
    "inspection": "reglement art. 13.2",
    "copy": "reglement art. 13.2",
    "disclosures": "reglement art. 15.1",
    "correction": "reglement art. 14.3",
    "erasure": "reglement art. 14.3",
}
PAUSE_SOURCES = {"identity": "AVG art. 12.6", "specification": "AVG recital 63"}


@dataclass(frozen=True)
class AvgClock:
    """The clock of the law. `unrolled` and `rolled` are None while paused.

    `pauses` are for drawing; while paused the last one ends on the day one looks. `extend_by` is the last day on
    which an extension may be told, None once extended, ended or past.
    """

    state: Literal["running", "paused", "ended"]
    extended: bool
    paused_days: int
    unrolled: date | None
    rolled: date | None
    pauses: tuple[Pause, ...]
    extend_by: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class ReglementClock:
    """The clock of the house's own promise; `end` differs from `unrolled` only if the rulebook lets it roll."""

    state: Literal["running", "ended"]
    unrolled: date
    end: date
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Kept:
    """Whether each clock was answered in time; None: undecided, or no such clock."""

    avg: bool | None
    reglement: bool | None


@dataclass(frozen=True)
class Standing:
    """Where the clocks of one thing asked stand on a day. `steps` are those of binding and work_by."""

    kind: str
    as_of: date
    received: date
    avg: AvgClock
    reglement: ReglementClock | None
    binding: date | None
    work_by: date | None
    kept: Kept | None
    ended_on: date | None
    steps: tuple[Step, ...]

    @property
    def is_late(self) -> bool:
        """Whether the binding day has passed without an answer."""
        return self.binding is not None and self.as_of > self.binding

    def to_dict(self) -> dict[str, Any]:
        """Return the dates as plain data, ISO strings; `kept` only once there is something to keep."""
        plain: dict[str, Any] = {
            "avg": {
                "state": self.avg.state,
                "extended": self.avg.extended,
                "paused_days": self.avg.paused_days,
                "unrolled": _iso(self.avg.unrolled),
                "rolled": _iso(self.avg.rolled),
            },
            "reglement": self.reglement and {"state": self.reglement.state, "end": _iso(self.reglement.end)},
            "binding": _iso(self.binding),
            "work_by": _iso(self.work_by),
        }
        if self.kept:
            plain["kept"] = {"avg": self.kept.avg, "reglement": self.kept.reglement}
        return plain


def replay(
    kind: str,
    events: Sequence[tuple[str, date]],
    as_of: date,
    *,
    rules: Rules = DECEMBER_2017,
    calendar: Calendar = SEEDED_CALENDAR,
) -> Standing:
    """Return where the clocks of one thing asked stand on a day, from its events up to that day.

    Events are (name, day in Europe/Amsterdam); those after `as_of` have not happened yet, whatever they are.
    ValueError: an unknown kind or event, no `received` or two, anything before it, an answer without its question, a
    question after the AVG clock's end, a refusal without an open question of identity, anything after the end.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of request: {kind!r}")
    course = _read(events, plain_day(as_of), rules, calendar)
    avg = _avg_clock(course, as_of)
    reglement = _reglement_clock(kind, course)
    ends = {"avg": avg.unrolled if avg.state == "running" else None}
    ends["reglement"] = reglement.unrolled if reglement and reglement.state == "running" else None
    steps = _binding_steps({name: end for name, end in ends.items() if end}, calendar)
    return Standing(
        kind=kind,
        as_of=as_of,
        received=course.received,
        avg=avg,
        reglement=reglement,
        binding=steps[0].on if steps else None,
        work_by=steps[1].on if steps else None,
        kept=_kept(course, avg, reglement),
        ended_on=course.ended_on,
        steps=steps,
    )


def reminder(work_by: date, today: date, thresholds: Sequence[int] = (14, 7, 2, 0)) -> int | None:
    """Return the nearest threshold passed: the fewest days before `work_by` that today has reached; None: not yet."""
    return min((days for days in thresholds if work_by - timedelta(days=days) <= today), default=None)


def _read(events: Sequence[tuple[str, date]], as_of: date, rules: Rules, calendar: Calendar) -> Course:
    happened = sorted(((event, on) for event, on in events if plain_day(on) <= as_of), key=lambda each: each[1])
    for event, _ in happened:
        if event not in EVENTS:
            raise ValueError(f"unknown event: {event!r}")
    if not happened or happened[0][0] != "received":
        raise ValueError("the first event must be received")
    course = Course(happened[0][1], rules, calendar)
    for event, on in happened[1:]:
        course.happen(event, on)
    return course


def _avg_clock(course: Course, as_of: date) -> AvgClock:
    upto = course.ended_on or as_of
    pauses = course.pauses(upto)
    state: Literal["running", "paused", "ended"] = "paused" if course.open else "running"
    if course.ended_on:
        state = "ended"
    unrolled, rolled = course.unrolled(upto), course.rolled(upto)
    steps = _avg_steps(course, pauses, still=state == "paused", upto=upto)
    if state != "paused":
        steps += roll_steps(unrolled, "eu_1182_71", course.calendar)
    if course.ended_on:
        steps += (Step("ended", course.ended_on, "AVG art. 12.3", {"by": course.ended_by}),)
    extensible = not (course.ended_on or course.extended_on) and as_of <= rolled
    return AvgClock(
        state=state,
        extended=course.extended_on is not None,
        paused_days=sum(pause.days for pause in pauses),
        unrolled=None if state == "paused" else unrolled,
        rolled=None if state == "paused" else rolled,
        pauses=pauses,
        extend_by=rolled if extensible else None,
        steps=steps,
    )


def _avg_steps(course: Course, pauses: tuple[Pause, ...], *, still: bool, upto: date) -> tuple[Step, ...]:
    """Return the steps to the unrolled end: receipt, extension, term, and each pause added to it.

    While the clock stands still no end is known: the last step then says since when, and for what.
    """
    received, added = term_steps(course.received, course.term, "AVG art. 12.3")
    steps = [received]
    steps += [Step("extension_too_late", told, "AVG art. 12.3", {"until": last}) for told, last in course.too_late]
    if course.extended_on:
        steps.append(Step("extended", course.extended_on, "AVG art. 12.3"))
    steps.append(added)
    end = added.on
    for pause in pauses:
        if still and pause.until == upto:
            break
        end += timedelta(days=pause.days)
        steps.append(
            Step("pause_added", end, _pause_source(pause.questions), _pause_params(pause) | {"until": pause.until})
        )
    if still:
        # A question of today has no days yet, and so no pause of its own.
        last = pauses[-1] if pauses and pauses[-1].until == upto else Pause(upto, upto, tuple(sorted(course.open)))
        steps.append(Step("paused", last.since, _pause_source(last.questions), _pause_params(last)))
    return tuple(steps)


def _pause_params(pause: Pause) -> dict[str, str | int | date]:
    return {"days": pause.days, "since": pause.since, "questions": ",".join(pause.questions)}


def _pause_source(questions: tuple[str, ...]) -> str:
    return ", ".join(PAUSE_SOURCES[question] for question in questions)


def _reglement_clock(kind: str, course: Course) -> ReglementClock | None:
    rules = course.rules
    weeks = rules.reglement_weeks[kind]
    if weeks is None:
        return None
    source = REGLEMENT_SOURCES.get(kind, "reglement")
    due = deadline(course.received, f"{weeks} weeks", rules.reglement_roll, calendar=course.calendar, source=source)
    steps = due.steps
    if rules.reglement_roll == "none":
        steps += (Step("not_rolled", due.unrolled, "reglement"),)
    if course.refused_on:
        steps += (Step("ended", course.refused_on, "reglement art. 12.2", {"by": "refused_identity"}),)
    elif course.ended_on:
        steps += (Step("ended", course.ended_on, source, {"by": course.ended_by}),)
    ended = course.refused_on or course.ended_on
    return ReglementClock("ended" if ended else "running", due.unrolled, due.rolled, steps)


def _binding_steps(ends: dict[str, date], calendar: Calendar) -> tuple[Step, ...]:
    """Return which clock binds and the day to work by; empty when none runs."""
    if not ends:
        return ()
    binding = min(ends.values())
    clocks = [name for name, end in ends.items() if end == binding]
    return (
        Step("binding", binding, "house", {"clock": clocks[0] if len(clocks) == 1 else "both"}),
        Step("work_by", calendar.last_workday_on_or_before(binding), "house"),
    )


def _kept(course: Course, avg: AvgClock, reglement: ReglementClock | None) -> Kept | None:
    decided_on = course.ended_on if course.ended_by == "decision_sent" else None
    # The refusal, if there was one, came first: it needs an open question, and nothing follows the decision.
    answered_on = course.refused_on or decided_on
    if answered_on is None:
        return None
    return Kept(
        avg=None if decided_on is None or avg.rolled is None else decided_on <= avg.rolled,
        reglement=None if reglement is None else answered_on <= reglement.end,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
