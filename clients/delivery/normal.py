"""Art. 4: one cell of a delivery made into the form in which it is kept and compared, or the word for what is wrong.

Sources: BRP tables (Logisch Ontwerp) for codes; Wabb for the BSN's eleven-test. Standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from clients.birth import BirthDate, UnreadableDate, read_parts
from clients.delivery.fields import FIELD, Value
from clients.names import TITLE_WORDS

WIDEST_SECRECY = 7  # BRP table of secrecy: 0 none, 7 to nobody at all
BSN_LENGTH = 9
ELEVEN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
OLDEST_YEAR = 1850  # nobody alive was born before; a year below it is a slip of the keyboard
_FAR_TOO_LONG = 5_000  # characters; beyond this a cell is not even normalised
_GENDERS = {"m": "M", "man": "M", "v": "V", "vrouw": "V", "o": "O", "onbekend": "O"}
_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
_MAIL_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}")
_MAIL_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_PHONE = re.compile(r"\+?[0-9()./ -]+")
# Bidirectional overrides turn the order of what is read: a name or reference never needs one.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Wrong(Exception):  # noqa: N818 - what it says of a cell
    """A cell is wrong: `code` as in the list of wording.py, `params` for its sentence. Never the cell itself."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def normalise(field: str, raw: str, today: date) -> Value:
    """The value of a field as it is kept; "" when empty, None for an empty code. Raises Wrong."""
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in _REORDERING for sign in raw):
        raise Wrong("control_character")
    longest = FIELD[field].max_length
    if len(raw) > _FAR_TOO_LONG:
        raise Wrong("too_long", max=longest)
    text = " ".join(unicodedata.normalize("NFC", raw).split())
    # A leading + - or @ is a formula to a spreadsheet too, but also how real names and additions begin.
    if text.startswith("="):
        raise Wrong("formula")
    if field == "birth":
        return _birth(text, today)
    reader = READERS.get(field)
    value = reader(text) if reader else text
    if isinstance(value, str) and len(value) > longest:
        raise Wrong("too_long", max=longest)
    return value


def read_bsn(text: str) -> str:
    """A BSN of nine digits that passes the eleven-test; a numeric cell lost its leading zeros, so they are put back."""
    digits = re.sub(r"[ .]", "", text)
    if not digits:
        return ""
    if not re.fullmatch(rf"[0-9]{{1,{BSN_LENGTH}}}", digits) or not passes_eleven_test(digits.zfill(BSN_LENGTH)):
        raise Wrong("bsn_invalid")
    return digits.zfill(BSN_LENGTH)


def passes_eleven_test(digits: str) -> bool:
    """Whether nine digits can be a BSN: the weighted sum (the last digit counts -1) is a multiple of eleven."""
    weighted = sum(weight * int(digit) for weight, digit in zip(ELEVEN_WEIGHTS, digits, strict=True))
    return weighted % 11 == 0 and digits.strip("0") != ""


def _birth(text: str, today: date) -> str:
    if not text:
        return ""
    try:
        born = BirthDate.parse(text)
    except UnreadableDate:
        raise Wrong("date_unreadable") from None
    if not born.is_possible or (born.year is not None and born.year < OLDEST_YEAR):
        raise Wrong("date_impossible")
    if born.is_future(today):
        raise Wrong("date_future")
    return born.text


def _day(text: str) -> str:
    """A whole date as ISO text; unknown parts are allowed in a birth date only."""
    if not text:
        return ""
    parts = read_parts(text)
    if parts is None:
        raise Wrong("date_unreadable")
    try:
        day = date(*parts)
    except ValueError:
        raise Wrong("date_impossible") from None
    if day.year < OLDEST_YEAR:
        raise Wrong("date_impossible")
    return day.isoformat()


def _postcode(text: str) -> str:
    joined = text.replace(" ", "").upper()
    if joined and not _POSTCODE.fullmatch(joined):
        raise Wrong("postcode_invalid")
    return joined


def _house_number(text: str) -> str:
    if text and not re.fullmatch(r"[1-9][0-9]{0,4}", text):
        raise Wrong("house_number_invalid")
    return text


def _email(text: str) -> str:
    if not text:
        return ""
    if len(text) > FIELD["email"].max_length:
        raise Wrong("too_long", max=FIELD["email"].max_length)
    local, _, domain = text.rpartition("@")
    labels = domain.split(".")
    well_formed = (
        _MAIL_LOCAL.fullmatch(local)
        and not local.startswith(".")
        and not local.endswith(".")
        and ".." not in local
        and len(labels) > 1
        and all(_MAIL_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )
    if not well_formed:
        raise Wrong("email_invalid")
    return f"{local}@{domain.lower()}"


def _telephone(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    if text and (not _PHONE.fullmatch(text) or not 8 <= len(digits) <= 15):
        raise Wrong("telephone_invalid")
    # A numeric cell lost the zero with which every Dutch number begins.
    return f"0{text}" if text == digits and len(digits) == 9 and not text.startswith("0") else text


def _secrecy(text: str) -> int | None:
    """BRP code 0-7. "ja" without a code is kept as the widest; "nee" as none. Empty: not delivered."""
    if not text:
        return None
    if text.casefold() in ("ja", "nee"):
        return WIDEST_SECRECY if text.casefold() == "ja" else 0
    if not re.fullmatch(r"[0-7]", text):
        raise Wrong("code_unknown")
    return int(text)


def _gender(text: str) -> str | None:
    if text and text.casefold() not in _GENDERS:
        raise Wrong("code_unknown")
    return _GENDERS.get(text.casefold())


def _name_use(text: str) -> str | None:
    if text.upper() not in ("", "E", "P", "V", "N"):
        raise Wrong("code_unknown")
    return text.upper() or None


def _title(text: str) -> str:
    if text and text.upper() not in TITLE_WORDS:
        raise Wrong("code_unknown")
    return text.upper()


def _country(text: str) -> str:
    """The BRP's code of four digits; a numeric cell lost its leading zeros."""
    if text and not re.fullmatch(r"[0-9]{1,4}", text):
        raise Wrong("code_unknown")
    return text.zfill(4) if text else ""


def _service(text: str) -> str:
    """Principals shout ("WERKFIT MAKEN") or do not; it is the same service."""
    return text.capitalize() if text.isupper() else text


READERS: Mapping[str, Callable[[str], Value]] = {
    "bsn": read_bsn,
    "title": _title,
    "gender": _gender,
    "name_use": _name_use,
    "postcode": _postcode,
    "house_number": _house_number,
    "country": _country,
    "secrecy": _secrecy,
    "email": _email,
    "telephone": _telephone,
    "service": _service,
    "starts_on": _day,
    "planned_end": _day,
}
