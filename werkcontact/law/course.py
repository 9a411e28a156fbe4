"""Art. 12-15: what has happened to one thing asked: its events read in order, checked, and turned into pauses.

Only `clocks.replay` uses it. Events are taken by date, on one day in the order given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from werkcontact.law.holidays import Calendar
from werkcontact.law.rules import Rules
from werkcontact.law.terms import add_term

QUESTIONS = {"identity_asked": "identity", "specification_asked": "specification"}
ANSWERS = {"identity_shown": "identity", "specification_given": "specification"}
ENDS = ("decision_sent", "withdrawn")
EVENTS = ("received", *QUESTIONS, *ANSWERS, "extension_told", "refused_identity", *ENDS)


@dataclass(frozen=True)
class Pause:
    """Days on which a question was open: from the day of asking up to `until`, that day not counted."""

    since: date
    until: date
    questions: tuple[str, ...]

    @property
    def days(self) -> int:
        """The number of days that are added to the AVG clock."""
        return (self.until - self.since).days


@dataclass
class Course:
    """The facts so far. `happen` takes the next event; ValueError when it cannot follow what came before."""

    received: date
    rules: Rules
    calendar: Calendar
    open: dict[str, date] = field(default_factory=dict)
    answered: list[Pause] = field(default_factory=list)
    extended_on: date | None = None
    too_late: list[tuple[date, date]] = field(default_factory=list)
    refused_on: date | None = None
    ended_on: date | None = None
    ended_by: str = ""

    def happen(self, event: str, on: date) -> None:
        """Take one event."""
        if self.ended_on:
            raise ValueError(f"{event} after the end")
        if event == "received":
            raise ValueError("received twice")
        if event in QUESTIONS:
            self._ask(QUESTIONS[event], on)
        elif event in ANSWERS:
            self._answer(ANSWERS[event], on)
        elif event == "extension_told":
            self._extend(on)
        elif event == "refused_identity":
            self._refuse(on)
        else:
            self.ended_on, self.ended_by = on, event

    def _ask(self, question: str, on: date) -> None:
        # While a question is open there is no end that a second one could come after.
        if not self.open and on > self.rolled(on):
            raise ValueError("a question after the end of the AVG clock")
        self.open.setdefault(question, on)

    def _answer(self, question: str, on: date) -> None:
        if question not in self.open:
            raise ValueError(f"an answer without its question: {question}")
        self.answered.append(Pause(self.open.pop(question), on, (question,)))

    def _extend(self, on: date) -> None:
        if self.extended_on:
            return
        last_day = self.rolled(on)
        if on <= last_day:
            self.extended_on = on
        else:
            self.too_late.append((on, last_day))

    def _refuse(self, on: date) -> None:
        if "identity" not in self.open:
            raise ValueError("refused for want of identity that was not asked for")
        self.refused_on = self.refused_on or on

    def pauses(self, upto: date) -> tuple[Pause, ...]:
        """Return the pauses up to a day (not counted), overlapping ones joined; an open one ends on that day."""
        still_open = [Pause(asked_on, upto, (question,)) for question, asked_on in self.open.items()]
        return joined(pause for pause in (*self.answered, *still_open) if pause.days)

    @property
    def term(self) -> str:
        """The AVG term from receipt: the month, or the three months in one step."""
        return f"{self.rules.avg_extended_months if self.extended_on else self.rules.avg_months} months"

    def unrolled(self, upto: date) -> date:
        """Return the AVG clock's end with the pauses up to a day (an open question taken as answered then)."""
        paused = sum(pause.days for pause in self.pauses(upto))
        try:
            return add_term(self.received, self.term) + timedelta(days=paused)
        except OverflowError as error:
            raise ValueError("the AVG clock ends after the last day of the calendar") from error

    def rolled(self, upto: date) -> date:
        """Return the same end, rolled once under 1182/71."""
        return self.calendar.first_workday_on_or_after(self.unrolled(upto), "eu_1182_71")


def joined(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Join pauses that overlap or touch, so that no day counts twice."""
    result: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: (each.since, each.until)):
        if result and pause.since <= result[-1].until:
            last = result.pop()
            questions = tuple(sorted({*last.questions, *pause.questions}))
            pause = Pause(last.since, max(last.until, pause.until), questions)
        result.append(pause)
    return tuple(result)
