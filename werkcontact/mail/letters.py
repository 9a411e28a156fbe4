"""Art. 11-15: letters that go out: a row first, then rendered, then sent once.

A letter is its kind and its facts, sealed under the key of its owner (an involvement, a dossier, a request). Until it
is sent its PDF is made anew from those facts, which gives the same bytes; at sending it is stored, and nothing
changes it after. A print run is rendered on demand and stored nowhere. Called inside acts of the apps above.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from werkcontact.access import Actor
from werkcontact.ids import uuid7
from werkcontact.letters import render as rendering
from werkcontact.letters.addressee import Addressee, Sender
from werkcontact.letters.catalogue import CATALOGUE
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused
from werkcontact.vault import files, keys, small
from werkcontact.vault.errors import KeyGone
from werkcontact.vault.keys import KeyKind

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PDF = "application/pdf"


def sender() -> Sender:
    """Return the controller as letters name it (art. 11.1)."""
    ours = settings.CONTROLLER
    return Sender(
        name=ours["name"],
        address=ours["address"],
        postcode=ours["postcode"],
        city=ours["city"],
        telephone=ours["telephone"],
        email=ours["email"],
        website=ours["website"],
        privacy_contact=ours["privacy_officer"],
    )


def write(
    *,
    actor: Actor,
    kind: str,
    owner_kind: KeyKind,
    owner: UUID,
    addressee: Addressee | None,
    facts: Mapping[str, object],
) -> OutgoingLetter:
    """Make a letter's row, not sent yet; the owner's key must exist. Raises KeyError for an unknown kind."""
    return write_many(actor=actor, kind=kind, owner_kind=owner_kind, letters=[(owner, addressee, facts)])[0]


def write_many(
    *,
    actor: Actor,
    kind: str,
    owner_kind: KeyKind,
    letters: Sequence[tuple[UUID, Addressee | None, Mapping[str, object]]],
) -> list[OutgoingLetter]:
    """Make the rows of many letters of one kind: one query for the keys, one for the rows."""
    code = CATALOGUE[kind].code
    found = keys.fetch(owner_kind, {owner for owner, _addressee, _facts in letters})
    rows = []
    for owner, addressee, facts in letters:
        if owner not in found:
            raise KeyGone
        letter = OutgoingLetter(
            id=uuid7(), kind=code, owner_kind=owner_kind, owner=owner, made_at=actor.at, made_by_id=actor.id
        )
        told = {"addressee": asdict(addressee) if addressee else None, "facts": facts}
        letter.facts_cipher = small.seal(found[owner], json.dumps(told, default=_plain), _context(letter))
        rows.append(letter)
    return OutgoingLetter.objects.bulk_create(rows)


def pdf(letter: OutgoingLetter) -> bytes:
    """Return the letter: the stored file once it was sent, until then made from its facts."""
    if letter.file is not None:
        return files.read_bytes(letter.file)
    (told,) = _told([letter])
    facts, addressee = told
    return rendering.render(letter.kind, facts, addressee=addressee, sender=sender(), made_on=_made_on(letter))


def print_run(letters: Sequence[OutgoingLetter]) -> bytes:
    """Return one PDF of many letters of one kind, each beginning on the front of a sheet."""
    return rendering.render_many(
        letters[0].kind, _told(letters), sender=sender(), made_on=max(_made_on(letter) for letter in letters)
    )


def mark_sent(*, actor: Actor, letter: OutgoingLetter, on: date, way: str) -> OutgoingLetter:
    """Freeze the letter and say when and by which way it went out; refuses a second time, a day to come, or too early.

    Takes the row's lock: of two who send at once, the second is told.
    """
    letter = OutgoingLetter.objects.select_for_update().get(pk=letter.pk)
    _check_sending(actor, letter, on)
    letter.file = files.store([pdf(letter)], kind=KeyKind(letter.owner_kind), owner=letter.owner, media_type=PDF)
    letter.sent_on, letter.way, letter.sent_by_id = on, way, actor.id
    letter.save(update_fields=["file", "sent_on", "way", "sent_by"])
    return letter


def _check_sending(actor: Actor, letter: OutgoingLetter, on: date) -> None:
    if letter.sent_on is not None:
        raise Refused("mail.sent", "11", _("This letter was sent already."))
    if on > actor.today:
        raise Refused("mail.future", "11", _("The day of sending lies in the future."), field="on")
    if on < _made_on(letter):
        raise Refused("mail.before_made", "11", _("The letter was made later than this day."), field="on")


def _told(letters: Iterable[OutgoingLetter]) -> list[tuple[Mapping[str, object], Addressee | None]]:
    letters = list(letters)
    found = keys.fetch(KeyKind(letters[0].owner_kind), {letter.owner for letter in letters})
    told = []
    for letter in letters:
        if letter.owner not in found:
            raise KeyGone
        data = json.loads(small.open_(found[letter.owner], letter.facts_cipher, _context(letter)))
        addressee = data["addressee"]
        if addressee is not None:
            addressee = Addressee(**{**addressee, "address_lines": tuple(addressee["address_lines"])})
        told.append((data["facts"], addressee))
    return told


def _made_on(letter: OutgoingLetter) -> date:
    return letter.made_at.astimezone(AMSTERDAM).date()


def _context(letter: OutgoingLetter) -> str:
    return f"letter.facts|{letter.pk}"


def _plain(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
