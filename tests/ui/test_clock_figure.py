"""Art. 13: the drawn clocks show what the dates say, on the first day and after the last."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from werkcontact.ui.clock_figure import ClockBar, Pause, Span, clock_figure

RECEIVED, TODAY = date(2026, 11, 2), date(2026, 11, 24)
REGLEMENT = ClockBar("Reglement", "vier weken", date(2026, 11, 30))
AVG = ClockBar("AVG", "één maand", date(2026, 12, 5), date(2026, 12, 7), (Pause(date(2026, 11, 6), date(2026, 11, 9)),))


def test_two_clocks_with_a_pause_and_a_rolled_end() -> None:
    figure = clock_figure(title="V-2026-0017", received=RECEIVED, today=TODAY, bars=[REGLEMENT, AVG])
    reglement, avg = figure.bars
    assert (figure.height, figure.today_x, figure.today_anchor) == ("9.2em", "55%", "middle")
    assert (figure.received_text, figure.today_text, figure.today_lines) == ("2 nov", "24 nov", (("1.35em", "8.7em"),))
    assert (reglement.rail, reglement.end_x, reglement.end_text) == (Span("0%", "70%", "70%"), "70%", "30 nov")
    assert (reglement.gone, reglement.roll) == ((Span("0%", "55%", "55%"),), None)
    assert avg.rail.width == "82.5%"
    assert avg.gone == (Span("0%", "10%", "10%"), Span("17.5%", "37.5%", "55%"))
    assert avg.pauses == (Span("10%", "7.5%", "17.5%"),)
    assert avg.roll == Span("82.5%", "5%", "87.5%")
    assert (avg.end_x, avg.end_text) == ("87.5%", "7 dec")


def test_the_same_is_said_in_words() -> None:
    figure = clock_figure(title="V-2026-0017", received=RECEIVED, today=TODAY, bars=[REGLEMENT, AVG])
    assert figure.description == (
        "Ontvangen op 2 november 2026. Vandaag is 24 november 2026. Reglement: eindigt op 30 november 2026. "
        "AVG: stond stil van 6 november 2026 tot 9 november 2026. AVG: eindigt op 7 december 2026."
    )


def test_a_clock_that_stands_still_has_no_end_and_says_so() -> None:
    bar = ClockBar("AVG", pauses=(Pause(date(2026, 11, 16)),))
    figure = clock_figure(title="", received=RECEIVED, today=TODAY, bars=[bar])
    assert (figure.bars[0].end_x, figure.bars[0].end_text) == ("", "")
    assert figure.bars[0].pauses[0].x2 == figure.today_x
    assert "AVG: staat stil sinds 16 november 2026." in figure.description


def test_on_the_day_of_receipt_words_and_line_do_not_overlap() -> None:
    figure = clock_figure(title="", received=TODAY, today=TODAY, bars=[ClockBar("Reglement", end=date(2026, 12, 22))])
    assert (figure.received_text, figure.today_x, figure.today_anchor) == ("", "0%", "start")
    assert figure.today_lines == (("3.3em", "4.7em"),)
    assert figure.bars[0].gone == ()


def test_a_date_just_passed_stands_behind_the_line_of_today() -> None:
    figure = clock_figure(
        title="", received=RECEIVED, today=TODAY, bars=[ClockBar("Reglement", end=date(2026, 11, 20))]
    )
    assert figure.bars[0].end_x != figure.today_x == figure.bars[0].date_x == "87.5%"
    assert figure.today_anchor == "end"


@given(
    st.integers(0, 400),
    st.integers(0, 400),
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=4),
)
def test_everything_stays_within_the_drawing(
    today_day: int, end_day: int, roll: int, pauses: list[tuple[int, int]]
) -> None:
    def at(days: int) -> date:
        return RECEIVED + timedelta(days=days)

    bar = ClockBar("AVG", "", at(end_day), at(end_day + roll), tuple(Pause(at(a), at(a + b)) for a, b in pauses))
    figure = clock_figure(title="", received=RECEIVED, today=at(today_day), bars=[bar])
    drawn = figure.bars[0]
    spans = [drawn.rail, *drawn.gone, *drawn.pauses, *([drawn.roll] if drawn.roll else [])]
    for text in [figure.today_x, drawn.end_x, *(value for span in spans for value in (span.x, span.width, span.x2))]:
        assert 0 <= float(text.removesuffix("%")) <= 87.51
    ends = [(float(span.x[:-1]), float(span.x2[:-1])) for span in drawn.gone]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
