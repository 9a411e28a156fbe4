"""Which signs can be printed, and what stands where one cannot.

PDF/UA and PDF/A refuse a whole document for one sign without a glyph (an emoji, Chinese) or one that may not be
in it (a control character), and without those standards the reader would see an empty box and never know. So every
text is looked at before it is rendered: what cannot be printed becomes `MARK`, and the letter says so at its end,
with the code points, so that nothing is lost in silence.

No table of glyphs that could grow stale: below U+0250 every letter is there (a test proves it), wide signs
(Chinese, Japanese, Korean, emoji) are not in the fonts of the typst wheel, and about the others the compiler itself
is asked, once per process and sign.
"""

from __future__ import annotations

import json
import re
import unicodedata

from werkcontact.letters.compiling import compile_pdf

MARK = "□"

# Overriding the direction of text can make a line read otherwise than it was written.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_UNBROKEN = re.compile(r"\S{20}(?=\S{20})")
_known: dict[str, bool] = {MARK: True}


class Signs:
    """Cleans the texts of one letter and remembers what had to be replaced."""

    def __init__(self, *, strict: bool = False) -> None:
        """`strict` keeps nothing that the compiler would have to be asked about: the last resort."""
        self._strict = strict
        self.replaced: set[str] = set()

    def clean(self, text: str) -> str:
        """Return `text` composed (NFC), with plain line ends, printable signs only and long words made breakable."""
        text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
        unprintable = self._unprintable(text)
        if unprintable:
            self.replaced |= unprintable
            text = "".join(MARK if sign in unprintable else sign for sign in text)
        return _UNBROKEN.sub(lambda found: found[0] + "\u200b", text)

    def note(self) -> list[str]:
        """Return the code points that were replaced, in order, as "U+1F600"."""
        return [f"U+{ord(sign):04X}" for sign in sorted(self.replaced)]

    def _unprintable(self, text: str) -> set[str]:
        doubtful = {sign for sign in text if not (" " <= sign <= "~" or sign == "\n" or "\xa0" <= sign < "\u0250")}
        if self._strict:
            return doubtful - {MARK}
        new = sorted(doubtful - _known.keys())
        ask = []
        for sign in new:
            if _never(sign):
                _known[sign] = False
            else:
                ask.append(sign)
        _ask(ask)
        return {sign for sign in doubtful if not _known[sign]}


def _never(sign: str) -> bool:
    if sign in _DIRECTION or unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn"):
        return True
    return unicodedata.east_asian_width(sign) in "WF"


def _ask(signs: list[str]) -> None:
    """Learn from the compiler which of these it can print, by halves."""
    if not signs:
        return
    if compile_pdf("probe.typ", {"signs": json.dumps(signs)}):
        _known.update(dict.fromkeys(signs, True))
    elif len(signs) == 1:
        _known[signs[0]] = False
    else:
        half = len(signs) // 2
        _ask(signs[:half])
        _ask(signs[half:])
