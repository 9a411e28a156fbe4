"""What the properties are drawn from: days that matter, and courses of events that can happen."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

Events = list[tuple[str, date]]

# King's Day is told as it is since 2014; a century is enough to meet every Easter and every leap day.
days = st.dates(date(2014, 1, 1), date(2114, 12, 31))
terms = st.builds(lambda n, unit: f"{n} {unit}", st.integers(1, 60), st.sampled_from(["weeks", "months"]))

_PAIRS = {"identity_asked": "identity_shown", "specification_asked": "specification_given"}


@st.composite
def courses(draw: st.DrawFn, *, extension: bool = True, end: bool = True) -> Events:
    """Draw events that raise nothing: questions within 20 days of receipt, answered or open, perhaps decided after."""
    received = draw(days)
    events = [("received", received)]
    last = 0
    for ask, answer in _PAIRS.items():
        offsets = sorted(draw(st.lists(st.integers(0, 20), max_size=5)))
        if len(offsets) % 2 == 0 and offsets:
            offsets[-1] += draw(st.integers(0, 60))
        events += [(answer if n % 2 else ask, received + timedelta(days=days)) for n, days in enumerate(offsets)]
        last = max([last, *offsets])
    if extension and draw(st.booleans()):
        told = draw(st.integers(0, 40))
        events.append(("extension_told", received + timedelta(days=told)))
        last = max(last, told)
    if end and draw(st.booleans()):
        ending = draw(st.sampled_from(["decision_sent", "withdrawn"]))
        events.append((ending, received + timedelta(days=last + draw(st.integers(0, 60)))))
    return events
