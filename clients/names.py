"""Art. 4: the name of a person, as the BRP (the register of persons) writes it, and as lists and search need it.

Rules: RvIG, BRP-API/Haal-Centraal-BRP-bevragen, features/bevragen/persoon/adressering (EUPL-1.2); vectors in
tests/data/brp-names.json. An empty answer means: no value at all, the name may not be written that way.
Standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MAN, WOMAN = "M", "V"
OWN, PARTNER, PARTNER_OWN, OWN_PARTNER = "E", "P", "V", "N"
UNKNOWN_SURNAME = "."
SORT_LENGTH = 450  # what a sort key is cut off at; it only has to sort

# BRP table of titles: code -> (for a man, for a woman). No word: the form does not exist.
TITLE_WORDS: Mapping[str, tuple[str, str]] = {
    "B": ("baron", "barones"),
    "BS": ("baron", "barones"),
    "G": ("graaf", "gravin"),
    "GI": ("graaf", "gravin"),
    "H": ("hertog", "hertogin"),
    "HI": ("hertog", "hertogin"),
    "M": ("markies", "markiezin"),
    "MI": ("markies", "markiezin"),
    "P": ("prins", "prinses"),
    "PS": ("prins", "prinses"),
    "R": ("ridder", ""),
    "JH": ("jonkheer", "jonkvrouw"),
    "JV": ("jonkheer", "jonkvrouw"),
}
PREDICATES = frozenset({"JH", "JV"})  # they stand before the initials; a woman with a partner does not carry one
COURTESY_TITLES = frozenset({"B", "G", "H", "M", "P"})  # a partner's titles whose feminine form a woman may carry

# Letters that no Unicode decomposition turns into plain ones.
_PLAIN = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ĸ": "k",
        "ŋ": "n", "ŧ": "t", "ſ": "s", "'": "", "’": "", "‘": "", "ʼ": "", "`": "", "´": "",
    }
)  # fmt: skip
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Partner:
    """A partner or former partner: BRP 02.10-02.40, 06.10 (married on) and 07.10 (dissolved on), as yyyymmdd."""

    first_names: str = ""
    title: str = ""
    prefix: str = ""
    surname: str = ""
    married_on: str = ""
    dissolved_on: str = ""


@dataclass(frozen=True)
class PersonName:
    """The parts of a name as registered: BRP 02.10-02.40, 04.10 (sex M, V, O) and 61.10 (use: E, P, V, N)."""

    first_names: str = ""
    title: str = ""
    prefix: str = ""
    surname: str = ""
    gender: str = ""
    name_use: str = ""
    partners: tuple[Partner, ...] = field(default=())

    @classmethod
    def from_brp(cls, person: Mapping[str, str], partners: Iterable[Mapping[str, str]] = ()) -> PersonName:
        """The name from fields by BRP element number ("02.10" and so on); elements that are no name are left."""
        return cls(
            first_names=person.get("02.10", ""),
            title=person.get("02.20", ""),
            prefix=person.get("02.30", ""),
            surname=person.get("02.40", ""),
            gender=person.get("04.10", ""),
            name_use=person.get("61.10", ""),
            partners=tuple(
                Partner(
                    first_names=partner.get("02.10", ""),
                    title=partner.get("02.20", ""),
                    prefix=partner.get("02.30", ""),
                    surname=partner.get("02.40", ""),
                    married_on=partner.get("06.10", ""),
                    dissolved_on=partner.get("07.10", ""),
                )
                for partner in partners
            ),
        )


@dataclass(frozen=True)
class _Part:
    """One surname of a composed name: the title before it, its prefix, the surname itself."""

    title: str
    prefix: str
    surname: str

    @property
    def text(self) -> str:
        return _join(self.title, self.prefix, self.surname)


def initials(name: PersonName) -> str:
    """Voorletters: "J.F.R."; a given name of one letter stands without a point ("S.Q", "J P")."""
    out = ""
    for given in name.first_names.split():
        gap = " " if out and not out.endswith(".") else ""
        out += f"{gap}{given[0]}{'.' if len(given) > 1 else ''}"
    return out


def salutation(name: PersonName) -> str:
    """Aanhef of a letter: "Geachte mevrouw Van Velzen-in het Veld", "Hooggeboren heer"."""
    use = name.name_use or OWN
    # The partner's title counts here even where the partner's surname is unknown, so `use` and not _use().
    if title := _courtesy_title(name, use):
        return _upper_first(_rank(title, WOMAN))
    if (title := _own_title(name)) and (rank := _rank(title, name.gender)):
        return _upper_first(rank)
    parts = _parts(name, titles=False)
    if not parts:
        return ""
    if word := {MAN: "heer", WOMAN: "mevrouw"}.get(name.gender):
        return f"Geachte {word} {_upper_first(_compose(parts))}"
    return f"Geachte {_after_initials(name, parts)}"


def envelope_name(name: PersonName) -> str:
    """Aanschrijfwijze, the name on the envelope: "J.A. de Boer-jonkheer van den Aedel", "A. gravin van den Aedel"."""
    return _written(name, "-")


def envelope_form(name: PersonName) -> str:
    """The line above the name on the envelope, for the nobility only: "De hoogwelgeboren vrouwe"."""
    use = _use(name)
    if title := _courtesy_title(name, use):
        return f"De {_rank(title, WOMAN)}"
    title = _own_title(name)
    # A woman has no form of "ridder" and so no form of address on an envelope, though she has one in a salutation.
    if not title or (title == "R" and name.gender == WOMAN):
        return ""
    return f"De {rank}" if (rank := _rank(title, name.gender)) else ""


def running_name(name: PersonName) -> str:
    """The name in running text: "mevrouw De Boer-barones van den Aedel", "de heer Groenen", "J.R. in het Zonnetje"."""
    parts = _parts(name, titles=True)
    if not parts or parts[0].title:
        return _compose(parts)
    if word := _courtesy_word(name):
        return f"{word} {_upper_first(_compose(parts))}"
    return _after_initials(name, parts)


def full_name(name: PersonName) -> str:
    """The name in full on a page: "mevrouw C. van den Berg - de Vries". Never empty when any part is known."""
    written = _written(name, " - ")
    if not written:
        return name.first_names.strip() or name.surname.strip()
    word = _courtesy_word(name)
    if not word or any(part.title for part in _parts(name, titles=True)):
        return written
    return f"{word} {written if initials(name) else _upper_first(written)}"


def list_name(name: PersonName) -> str:
    """The name in a sorted list: "De Vries, C.". Without a surname the given names stand alone."""
    parts = _parts(name, titles=False)
    if not parts:
        return name.first_names.strip() or name.surname.strip()
    surname = _upper_first(_compose(parts))
    return f"{surname}, {letters}" if (letters := initials(name)) else surname


def sort_name(name: PersonName) -> str:
    """The folded key that lists sort on: core name first, prefix apart: "vries, jan de". Follows list_name's order."""
    parts = _parts(name, titles=False)
    if not parts:
        return fold(name.first_names)[:SORT_LENGTH].strip()
    rest = [part.text for part in parts[1:]]
    core = fold(" ".join([parts[0].surname, *rest]))
    behind = _join(fold(name.first_names), fold(parts[0].prefix))
    return (f"{core}, {behind}" if behind else core)[:SORT_LENGTH].strip()


def search_name(name: PersonName) -> str:
    """The folded words by which a person is found: own and partner's names, with and without prefix, initials.

    "van den berg", "berg" and "vandenberg" all find "van den Berg"; so do hyphens and accents typed or left out.
    """
    words: dict[str, None] = {}  # keeps the order, drops what is there twice
    for prefix, surname in [(name.prefix, name.surname), *((p.prefix, p.surname) for p in name.partners)]:
        whole = fold(_join(prefix, surname))
        for word in (*whole.split(), whole.replace(" ", ""), fold(surname).replace(" ", "")):
            words.setdefault(word)
    for word in (*fold(name.first_names).split(), fold(initials(name)).replace(" ", "")):
        words.setdefault(word)
    words.pop("", None)
    return " ".join(words)


def fold(text: str) -> str:
    """Text as it is compared and sorted: no accents, no capitals, apostrophes gone, other signs a single space."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    plain = unicodedata.normalize("NFKD", plain).casefold().translate(_PLAIN)
    plain = "".join(sign for sign in plain if not unicodedata.category(sign).startswith("M"))
    return _NOT_A_WORD.sub(" ", plain).strip()


def _partner(name: PersonName) -> Partner | None:
    """The partner whose name counts: of those now, the first (an unknown date is the first); else the last one left."""
    now = [partner for partner in name.partners if not partner.dissolved_on]
    if now:
        return min(now, key=lambda partner: partner.married_on or "00000000")
    return max(name.partners, key=lambda partner: partner.dissolved_on, default=None)


def _known(surname: str) -> bool:
    return surname.strip() not in ("", UNKNOWN_SURNAME)


def _use(name: PersonName) -> str:
    """How the name is used; own name where there is no (known) partner's name to use."""
    partner = _partner(name)
    if partner is None or not _known(partner.surname):
        return OWN
    return name.name_use or OWN


def _own_title(name: PersonName) -> str:
    """The code of the title or predicate that the person carries with their own surname, or nothing."""
    use, title = _use(name), name.title
    if use == PARTNER or title not in TITLE_WORDS:
        return ""
    if title in PREDICATES and name.gender == WOMAN:
        has_partner = any(not partner.dissolved_on for partner in name.partners)
        if has_partner or use != OWN:
            return ""
    return title


def _courtesy_title(name: PersonName, use: str) -> str:
    """The code of the partner's title that a woman carries with the partner's name (titre de courtoisie)."""
    partner = _partner(name)
    if partner is None or use == OWN or name.gender != WOMAN or partner.title not in COURTESY_TITLES:
        return ""
    return partner.title


def _rank(title: str, gender: str) -> str:
    """The form of address of a title: "hooggeboren vrouwe"; "hoogheid" for whatever sex; none for sex unknown."""
    if title in ("P", "PS"):
        return "hoogheid"
    word = {MAN: "heer", WOMAN: "vrouwe"}.get(gender)
    if not word:
        return ""
    return f"{'hooggeboren' if title in ('G', 'GI') else 'hoogwelgeboren'} {word}"


def _title_word(title: str, gender: str) -> str:
    man, woman = TITLE_WORDS.get(title, ("", ""))
    return {MAN: man, WOMAN: woman}.get(gender, "")


def _courtesy_word(name: PersonName) -> str:
    return {MAN: "de heer", WOMAN: "mevrouw"}.get(name.gender, "")


def _parts(name: PersonName, *, titles: bool) -> tuple[_Part, ...]:
    """The surnames in the order of their use. Empty when the own surname is needed and unknown."""
    use, partner = _use(name), _partner(name)
    if use != PARTNER and not _known(name.surname):
        return ()
    own = _Part(_title_word(_own_title(name), name.gender) if titles else "", name.prefix, name.surname)
    if use == OWN or partner is None:
        return (own,)
    courtesy = _title_word(_courtesy_title(name, use), WOMAN) if titles else ""
    theirs = _Part(courtesy, partner.prefix, partner.surname)
    return {PARTNER: (theirs,), PARTNER_OWN: (theirs, own), OWN_PARTNER: (own, theirs)}.get(use, (own,))


def _written(name: PersonName, joint: str) -> str:
    """Initials and surnames, a predicate before the initials: the name as an envelope has it."""
    parts = _parts(name, titles=True)
    if not parts:
        return ""
    predicate = ""
    if _own_title(name) in PREDICATES and _use(name) != PARTNER_OWN:
        predicate = parts[0].title
        parts = (_Part("", parts[0].prefix, parts[0].surname), *parts[1:])
    return _upper_first(_join(predicate, initials(name), _compose(parts, joint)))


def _after_initials(name: PersonName, parts: tuple[_Part, ...]) -> str:
    """For sex unknown: initials in the place of mevrouw or heer; without initials the prefix gets its capital."""
    letters = initials(name)
    return f"{letters} {_compose(parts)}" if letters else _upper_first(_compose(parts))


def _compose(parts: tuple[_Part, ...], joint: str = "-") -> str:
    return joint.join(part.text for part in parts)


def _join(*words: str) -> str:
    return " ".join(" ".join(words).split())


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
