"""How long letters take, as ratios that hold on any machine: python -m benchmarks.letters

A letter against an empty typst document, a letter of a print run against a letter by itself, and a page of a long
overview (tables, tagged) against a page of plain text. Bounds stand beside each; exit status 1 when one is broken.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import typst

from tests.letters.examples import ADDRESSEE, FACTS, MADE_ON, OVERVIEW, SENDER, item, seen
from tests.letters.reading import opened
from werkcontact.letters.render import render, render_many

LETTER = "registration_notice"
RUN = 300


def seconds(work: Callable[[int], object], times: int) -> float:
    """Return the median of some runs; each gets its number, so that no cache serves it."""
    taken = []
    for number in range(times + 1):
        begun = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[1:])


def empty(number: int) -> bytes:
    """Compile a tagged document with one word in it."""
    source = f'#set document(title: "leeg")\n#set text(lang: "nl")\n{number}'
    return bytes(typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1", "a-2a"], ignore_system_fonts=True))


def letter(number: int) -> bytes:
    """Render one letter."""
    facts = FACTS[LETTER] | {"reference": f"D-2026-{number:06}", "principal": f"Opdrachtgever {number}"}
    return render(LETTER, facts, addressee=ADDRESSEE, sender=SENDER, made_on=MADE_ON)


def print_run(number: int) -> bytes:
    """Render a print run."""
    letters = [(FACTS[LETTER] | {"reference": f"D-{number}-{one:06}"}, ADDRESSEE) for one in range(RUN)]
    return render_many(LETTER, letters, sender=SENDER, made_on=MADE_ON)


def overview(number: int) -> bytes:
    """Render an overview of some hundred pages."""
    facts = OVERVIEW | {"items": [item(n) for n in range(1000)], "seen": [seen(number + n) for n in range(2600)]}
    return render("inspection_overview", facts, addressee=ADDRESSEE, sender=SENDER, made_on=MADE_ON)


def plain(number: int) -> bytes:
    """Render a plain document of some hundred pages."""
    text = "\n\n".join(f"{number}.{part} " + "Zij zoekt werk voor 24 uur per week. " * 20 for part in range(650))
    facts = FACTS["plain_document"] | {"text": text}
    return render("plain_document", facts, addressee=None, sender=SENDER, made_on=MADE_ON)


def main() -> int:
    """Measure, print and judge."""
    base, one = seconds(empty, 20), seconds(letter, 20)
    run, long, text = seconds(print_run, 3), seconds(overview, 3), seconds(plain, 3)
    pages = len(opened(overview(0)).pages), len(opened(plain(0)).pages)
    rows = [
        ("letter / empty document", one / base, 10.0),
        ("letter of a run of 300 / letter by itself", run / RUN / one, 1.0),
        (
            f"overview ({pages[0]} pages) / plain text ({pages[1]} pages), by page",
            (long / pages[0]) / (text / pages[1]),
            4.0,
        ),
    ]
    print(f"empty {base * 1000:.1f} ms, letter {one * 1000:.1f} ms, run of {RUN} {run:.2f} s, overview {long:.2f} s")
    for name, ratio, bound in rows:
        print(f"{name}: {ratio:.2f} (at most {bound}){'' if ratio <= bound else '  TOO SLOW'}")
    return int(any(ratio > bound for _, ratio, bound in rows))


if __name__ == "__main__":
    sys.exit(main())
