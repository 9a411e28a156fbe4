"""Art. 11: to whom a letter goes and who sends it. Both are made by the caller; nothing is looked up here."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Who reads the letter, as the envelope and the first line show it.

    `name_envelope` and `salutation` come from `clients.names` ("De heer J. de Vries"; "Geachte heer De Vries",
    without the comma). `address_lines` are the lines under the name, in order; they may be empty when the letter
    goes by electronic mail. `country` is set for an address abroad only, and is printed in capitals.
    """

    name_envelope: str
    salutation: str = "Geachte heer, mevrouw"
    address_lines: tuple[str, ...] = ()
    country: str | None = None

    def __post_init__(self) -> None:
        if not self.name_envelope.strip():
            raise ValueError("an addressee without a name")
        if not self.salutation.strip():
            raise ValueError("an addressee without a salutation")


@dataclass(frozen=True, kw_only=True)
class Sender:
    """The controller, as art. 11.1 and AVG 14.1 want it named; `privacy_contact` reaches the privacy officer."""

    name: str
    address: str
    postcode: str
    city: str
    telephone: str
    email: str
    website: str
    privacy_contact: str

    def __post_init__(self) -> None:
        empty = [name for name in (f.name for f in fields(self)) if not getattr(self, name).strip()]
        if empty:
            raise ValueError(f"a sender without {', '.join(empty)}")
