"""Art. 13: the clocks of a request drawn as lines with today on them. Plain data in, percentages out; no state.

Lengths are days from receipt, as percentages of the days shown, so that no style attribute is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from werkcontact.ui.components import Text
from werkcontact.ui.dates import nl_date_words, nl_day_short

_LAST_END_PERCENT = 87.5  # leaves room for the date to the right of the latest end
_ROOM_FOR_RECEIVED_PERCENT = 22  # nearer to the start, the words for receipt and today would overlap
_ROOM_FOR_LABEL_PERCENT = 45  # nearer to the start, the line of today keeps to the bars and leaves their labels free
_ROOM_FOR_DATE_PERCENT = 25  # a date as near as this before today stands behind the line of today
_ROW_EM, _TOP_EM, _BOTTOM_EM = 3.5, 3.1, 2.2


@dataclass(frozen=True)
class Pause:
    """The clock stood still from the day of asking to the day of the answer (None: it still does)."""

    start: date
    end: date | None = None


@dataclass(frozen=True)
class ClockBar:
    """One clock: `end` is its unrolled end (None while paused), `rolled` where the law would still forgive."""

    label: Text
    note: Text = ""
    end: date | None = None
    rolled: date | None = None
    pauses: Sequence[Pause] = ()


@dataclass(frozen=True)
class Span:
    """A piece of a bar, as percentages ready for an attribute."""

    x: str
    width: str
    x2: str


@dataclass(frozen=True)
class BarFigure:
    """One bar, with its heights in em and its lengths in percent."""

    label: Text
    note: Text
    text_y: str
    rail_y: str
    end_y1: str
    end_y2: str
    middle_y: str
    date_y: str
    rail: Span
    gone: tuple[Span, ...]
    pauses: tuple[Span, ...]
    roll: Span | None
    end_x: str
    end_text: str
    date_x: str


@dataclass(frozen=True)
class ClockFigure:
    """components/clock.html: everything that the drawing needs, and the same in words."""

    title: Text
    description: str
    height: str
    received_text: str
    today_text: str
    today_x: str
    today_lines: tuple[tuple[str, str], ...]
    today_anchor: Literal["start", "middle", "end"]
    bars: tuple[BarFigure, ...]


def clock_figure(*, title: Text, received: date, today: date, bars: Sequence[ClockBar]) -> ClockFigure:
    """Lay out the clocks of one request; the latest date shown stands at 87.5 %."""
    dates = [today, received, *(day for bar in bars for day in (bar.end, bar.rolled) if day)]
    shown = max((max(dates) - received).days, 1) / (_LAST_END_PERCENT / 100)
    scale = _Scale(received, shown)
    today_percent = scale.percent(today)
    tops = [_TOP_EM + _ROW_EM * place for place in range(len(bars))]
    height = _BOTTOM_EM + _ROW_EM * len(bars)
    return ClockFigure(
        title=title,
        description=_in_words(received, today, bars),
        height=_em(height),
        received_text=nl_day_short(received) if today_percent >= _ROOM_FOR_RECEIVED_PERCENT else "",
        today_text=nl_day_short(today),
        today_x=_percent(today_percent),
        today_lines=((_em(1.35), _em(height - 0.5)),)
        if today_percent >= _ROOM_FOR_LABEL_PERCENT
        else tuple((_em(top + 0.2), _em(top + 1.6)) for top in tops),
        today_anchor="start" if today_percent < 50 else "middle" if today_percent <= 75 else "end",
        bars=tuple(_bar(bar, scale, today, top) for bar, top in zip(bars, tops, strict=True)),
    )


@dataclass(frozen=True)
class _Scale:
    received: date
    days_shown: float

    def percent(self, day: date) -> float:
        return min(max((day - self.received).days * 100 / self.days_shown, 0), 100)

    def span(self, start: date, end: date) -> Span:
        a, b = self.percent(start), self.percent(end)
        return Span(x=_percent(a), width=_percent(b - a), x2=_percent(b))


def _bar(bar: ClockBar, scale: _Scale, today: date, y: float) -> BarFigure:
    rail_end = bar.end or today
    last = bar.rolled or bar.end
    pauses = [(pause.start, min(pause.end or today, today)) for pause in bar.pauses if pause.start <= today]
    return BarFigure(
        label=bar.label,
        note=bar.note,
        text_y=_em(y),
        rail_y=_em(y + 0.45),
        end_y1=_em(y + 0.25),
        end_y2=_em(y + 1.55),
        middle_y=_em(y + 0.9),
        date_y=_em(y + 1.25),
        rail=scale.span(scale.received, rail_end),
        gone=tuple(scale.span(a, b) for a, b in _between(scale.received, min(today, rail_end), pauses)),
        pauses=tuple(scale.span(a, b) for a, b in pauses),
        roll=scale.span(bar.end, bar.rolled) if bar.end and bar.rolled and bar.rolled > bar.end else None,
        end_x=_percent(scale.percent(last)) if last else "",
        end_text=nl_day_short(last) if last else "",
        date_x=_percent(_date_percent(scale.percent(last), scale.percent(today))) if last else "",
    )


def _date_percent(end: float, today: float) -> float:
    """Where a bar's date stands: at its end, unless the line of today would go through it."""
    return today if end < today < end + _ROOM_FOR_DATE_PERCENT else end


def _between(start: date, end: date, pauses: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """The stretches from start to end that are not paused."""
    stretches = []
    at = start
    for pause_start, pause_end in [*sorted(pauses), (end, end)]:
        until = min(pause_start, end)
        if until > at:
            stretches.append((at, until))
        at = max(at, pause_end)
    return stretches


def _in_words(received: date, today: date, bars: Sequence[ClockBar]) -> str:
    sentences = [
        _("Received on %(day)s.") % {"day": nl_date_words(received)},
        _("Today is %(day)s.") % {"day": nl_date_words(today)},
    ]
    for bar in bars:
        for pause in bar.pauses:
            words = {"clock": bar.label, "start": nl_date_words(pause.start)}
            if pause.end:
                words["end"] = nl_date_words(pause.end)
                sentences.append(_("%(clock)s: stood still from %(start)s to %(end)s.") % words)
            else:
                sentences.append(_("%(clock)s: stands still since %(start)s.") % words)
        if last := bar.rolled or bar.end:
            sentences.append(_("%(clock)s: ends on %(day)s.") % {"clock": bar.label, "day": nl_date_words(last)})
    return " ".join(sentences)


def _percent(value: float) -> str:
    return f"{round(value, 2):g}%"


def _em(value: float) -> str:
    return f"{round(value, 2):g}em"
