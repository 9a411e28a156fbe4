"""Art. 12, 16: who asks and in which words: sealed under the key of the request, opened behind the gate alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from requests_app.models import SubjectRequest
from werkcontact.vault import keys, small
from werkcontact.vault.keys import KeyKind

FIELDS = ("asked", "name", "birth", "address", "email", "telephone", "about")


@dataclass(frozen=True)
class Asker:
    """Who asks, as they wrote it: `birth` as dd-mm-jjjj with zeros for what is unknown, `address` in lines.

    `asked` is the question in their own words; `about` for whom, where one asks for another. What was not said is "".
    """

    name: str
    asked: str
    birth: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    about: str = ""

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The address as the envelope shows it."""
        return tuple(line.strip() for line in self.address.splitlines() if line.strip())


def seal_asker(asker: Asker, request_id: UUID) -> dict[str, bytes | None]:
    """Return the sealed columns of a new request; its key must exist."""
    key = keys.get(KeyKind.REQUEST, request_id)
    return {
        f"{name}_cipher": small.seal(key, text, _context(name, request_id)) if (text := getattr(asker, name)) else None
        for name in FIELDS
    }


def open_asker(subject_request: SubjectRequest) -> Asker:
    """Return who asks; raises KeyGone when the request has ended for good."""
    return open_askers([subject_request])[subject_request.pk]


def open_askers(requests: Iterable[SubjectRequest]) -> Mapping[UUID, Asker]:
    """Return who asks for each request, with one query for the keys; those whose key is gone are left out."""
    wanted = list(requests)
    found = keys.fetch(KeyKind.REQUEST, {one.pk for one in wanted})
    return {one.pk: _open(one, found[one.pk]) for one in wanted if one.pk in found}


def seal_words(request_id: UUID, what: str, text: str) -> bytes:
    """Seal words of ours (reasons, necessity) for one row; `what` names model and id, such as "item|<id>"."""
    return small.seal(keys.get(KeyKind.REQUEST, request_id), text, f"request.words|{what}")


def open_words(request_id: UUID, what: str, cipher: bytes | memoryview | None) -> str:
    """Return words that were sealed with the same `what`; "" where there are none."""
    return open_many_words(request_id, {what: cipher})[what]


def open_many_words(request_id: UUID, ciphers: Mapping[str, bytes | memoryview | None]) -> dict[str, str]:
    """Return the words of many rows of one request, with one query for its key."""
    if not any(ciphers.values()):
        return dict.fromkeys(ciphers, "")
    key = keys.get(KeyKind.REQUEST, request_id)
    return {
        what: small.open_(key, cipher, f"request.words|{what}").decode() if cipher else ""
        for what, cipher in ciphers.items()
    }


def _open(subject_request: SubjectRequest, key: bytes) -> Asker:
    texts = {}
    for name in FIELDS:
        cipher = getattr(subject_request, f"{name}_cipher")
        texts[name] = small.open_(key, cipher, _context(name, subject_request.pk)).decode() if cipher else ""
    return Asker(**texts)


def _context(name: str, request_id: UUID) -> str:
    return f"request.{name}|{request_id}"
