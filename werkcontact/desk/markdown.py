"""Art. 19: the reglement's text as simple HTML: headings, paragraphs, numbered and lettered lists, bold, one table.

Everything is escaped; of tags in the text nothing is left but their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString

_HEADING = re.compile(r"(#{1,6}) +(.*)")
_ITEM = re.compile(r"(?P<indent> *)(?:[-*] +(?:(?P<letter>[a-z])\. )?|(?P<number>[0-9]+)\. +)(?P<text>.*)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_FRAMES = {"letter": '<ol type="a">{}</ol>', "number": "<ol>{}</ol>", "dot": "<ul>{}</ul>"}


def html(text: str) -> SafeString:
    """Return the text as HTML; its highest heading becomes an h2, since the page has its own h1."""
    parts: list[SafeString] = []
    for kind, group in groupby(text.splitlines(), key=_kind):
        parts += list(_PARTS[kind](list(group)))
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if _HEADING.match(line):
        return "heading"
    if _ITEM.match(line):
        return "list"
    return "table" if "\t" in line else "paragraph"


def _nothing(_lines: list[str]) -> Iterator[SafeString]:
    return iter(())


def _headings(lines: list[str]) -> Iterator[SafeString]:
    for line in lines:
        found = _HEADING.match(line)
        if found:
            # the source marks the articles by two, three or four signs; they are all one level below the title
            level = 3 if "Artikel" in found[2] or "Versiebeheer" in found[2] else 2
            yield format_html('<h{0} class="utrecht-heading-{0}">{1}</h{0}>', level, strip_tags(found[2].strip("*")))


def _paragraphs(lines: list[str]) -> Iterator[SafeString]:
    for line in lines:
        yield format_html("<p>{}</p>", _inline(line))


def _table(lines: list[str]) -> Iterator[SafeString]:
    """The first line is the table's caption, the second its head; cells stand apart by tabs. Stacks when narrow."""
    caption, head, *body = [[cell.strip() for cell in line.split("\t")] for line in lines]
    yield format_html(
        '<table class="utrecht-table wc-table wc-table--stack" role="table"><caption>{}</caption>'
        '<thead role="rowgroup"><tr class="utrecht-table__row" role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>',
        strip_tags(caption[0]),
        format_html_join(
            "",
            '<th class="utrecht-table__header-cell" scope="col" role="columnheader">{}</th>',
            ((strip_tags(cell),) for cell in head),
        ),
        format_html_join("", '<tr class="utrecht-table__row" role="row">{}</tr>', ((_cells(head, r),) for r in body)),
    )


def _cells(head: list[str], row: list[str]) -> SafeString:
    return format_html_join(
        "",
        '<td class="utrecht-table__cell" role="cell" data-label="{}"><span>{}</span></td>',
        ((strip_tags(label), _inline(cell)) for label, cell in zip(head, row, strict=False)),
    )


def _list(lines: list[str]) -> Iterator[SafeString]:
    items = [found for line in lines if (found := _ITEM.match(line))]
    yield _nested(items)


def _nested(items: list[re.Match[str]]) -> SafeString:
    """One list of the items that are indented least, with those below each inside it."""
    least = min(len(item["indent"]) for item in items)
    rows: list[tuple[re.Match[str], list[re.Match[str]]]] = []
    for item in items:
        if len(item["indent"]) == least or not rows:
            rows.append((item, []))
        else:
            rows[-1][1].append(item)
    first = rows[0][0]
    frame = _FRAMES["letter" if first["letter"] else "number" if first["number"] else "dot"]
    return format_html(frame, format_html_join("", "{}", ((_item(*row),) for row in rows)))


def _item(item: re.Match[str], below: list[re.Match[str]]) -> SafeString:
    """An item keeps the number or letter that the text gives it."""
    inner = _nested(below) if below else ""
    value = item["number"] or (ord(item["letter"]) - ord("a") + 1 if item["letter"] else "")
    if not value:
        return format_html("<li>{}{}</li>", _inline(item["text"]), inner)
    return format_html('<li value="{}">{}{}</li>', value, _inline(item["text"]), inner)


def _inline(text: str) -> SafeString:
    """Every second part of the text, cut at the signs of bold, is bold."""
    parts = enumerate(_BOLD.split(strip_tags(text)))
    return format_html_join(
        "", "{}", ((format_html("<strong>{}</strong>", part) if n % 2 else part,) for n, part in parts)
    )


_PARTS = {"blank": _nothing, "heading": _headings, "list": _list, "table": _table, "paragraph": _paragraphs}
