"""Art. 11-15: letters that go out: a row first, then rendered, then sent once.

A letter is its kind and its facts, sealed under the key of its owner (an involvement, a dossier, a request). Until it
is sent its PDF is made anew from those facts, which gives the same bytes; at sending it is stored, and nothing
changes it after. A print run is rendered on demand and stored nowhere; its letters are marked sent in one statement
and stored by a job soon after (`freeze`). Called inside acts of the apps above.

Which letter somebody has in hand is named by its `made_at`: whoever sends says it, and what was made anew since is
refused.
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
from werkcontact.letters import catalogue
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
RUN_AT_MOST = rendering.RUN_AT_MOST
LetterBroken = rendering.LetterBroken


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
        letter.facts_cipher = small.seal(found[owner], _content(addressee, facts), _context(letter))
        rows.append(letter)
    return OutgoingLetter.objects.bulk_create(rows)


def renew_many(
    *, actor: Actor, letters: Sequence[tuple[OutgoingLetter, Addressee | None, Mapping[str, object]]]
) -> list[OutgoingLetter]:
    """Make letters of one kind of owner anew that were not sent, where what they say or their day has changed.

    Returns those that changed, each with a new `made_at`. The caller holds their locks.
    """
    if not letters:
        return []
    found = _keys_of([letter for letter, _addressee, _facts in letters])
    changed = []
    for letter, addressee, facts in letters:
        content, key = _content(addressee, facts), found[letter.owner]
        same = small.open_(key, letter.facts_cipher, _context(letter)).decode() == content
        if letter.sent_on is None and not (same and _made_on(letter) == actor.today):
            letter.facts_cipher = small.seal(key, content, _context(letter))
            letter.made_at, letter.made_by_id = actor.at, actor.id
            changed.append(letter)
    OutgoingLetter.objects.bulk_update(changed, ["facts_cipher", "made_at", "made_by"])
    return changed


def pdf(letter: OutgoingLetter) -> bytes:
    """Return the letter: the stored file once it was sent, until then made from its facts."""
    if letter.file is not None:
        return files.read_bytes(letter.file)
    ((facts, addressee),) = _told([letter])
    return rendering.render(letter.kind, facts, addressee=addressee, sender=sender(), made_on=_made_on(letter))


def print_run(letters: Sequence[OutgoingLetter]) -> bytes:
    """Return one PDF of many letters of one kind and one day, each beginning on the front of a sheet.

    Raises ValueError for letters of several days, since each would be stored with another date than was printed.
    """
    (made_on,) = {_made_on(letter) for letter in letters}
    return rendering.render_many(letters[0].kind, _told(letters), sender=sender(), made_on=made_on)


def mark_sent(*, actor: Actor, letter: OutgoingLetter, on: date, way: str) -> OutgoingLetter:
    """Freeze the letter and say when and by which way it went out; refuses a second time, a day to come, or too early.

    `letter` is what the sender has in hand: refused when it was made anew since. Takes the row's lock: of two who send
    at once, the second is told.
    """
    locked = OutgoingLetter.objects.select_for_update().get(pk=letter.pk)
    _check_sending(actor, locked, letter, on)
    locked.sent_on, locked.way, locked.sent_by_id = on, way, actor.id
    locked.save(update_fields=["sent_on", "way", "sent_by"])
    freeze(locked)
    return locked


def mark_many_sent(*, actor: Actor, letters: Sequence[OutgoingLetter], on: date, way: str) -> None:
    """Say of many letters, all or none, when and by which way they went out; refuses as `mark_sent`.

    Their files are still to be stored: `freeze` each one soon.
    """
    in_hand = {letter.pk: letter for letter in letters}
    locked = list(OutgoingLetter.objects.select_for_update().filter(pk__in=in_hand).order_by("pk"))
    for letter in locked:
        _check_sending(actor, letter, in_hand[letter.pk], on)
    OutgoingLetter.objects.filter(pk__in=in_hand).update(sent_on=on, way=way, sent_by_id=actor.id)


def freeze(letter: OutgoingLetter) -> bytes:
    """Store the file of a letter that was sent, as it went out, and return its bytes. The caller holds its lock."""
    made = pdf(letter)
    if letter.file is None:
        letter.file = files.store([made], kind=KeyKind(letter.owner_kind), owner=letter.owner, media_type=PDF)
        letter.save(update_fields=["file"])
    return made


def fields_printed(letter: OutgoingLetter) -> tuple[str, ...]:
    """Return the registry's paths of the fields that this letter prints."""
    ((facts, _addressee),) = _told([letter])
    return catalogue.fields_printed(letter.kind, facts)


def _check_sending(actor: Actor, letter: OutgoingLetter, in_hand: OutgoingLetter, on: date) -> None:
    if letter.sent_on is not None:
        raise Refused("mail.sent", "11", _("This letter was sent already."))
    if letter.made_at != in_hand.made_at:
        raise Refused("mail.renewed", "11", _("This letter was made anew in the meantime. Print it again."))
    if on > actor.today:
        raise Refused("mail.future", "11", _("The day of sending lies in the future."), field="on")
    if on < _made_on(letter):
        raise Refused("mail.before_made", "11", _("The letter was made later than this day."), field="on")


def _told(letters: Iterable[OutgoingLetter]) -> list[tuple[Mapping[str, object], Addressee | None]]:
    letters = list(letters)
    found = _keys_of(letters)
    told = []
    for letter in letters:
        data = json.loads(small.open_(found[letter.owner], letter.facts_cipher, _context(letter)))
        addressee = data["addressee"]
        if addressee is not None:
            addressee = Addressee(**{**addressee, "address_lines": tuple(addressee["address_lines"])})
        told.append((data["facts"], addressee))
    return told


def _keys_of(letters: Sequence[OutgoingLetter]) -> dict[UUID, bytes]:
    """The keys of the owners of these letters; raises KeyGone when one has ended."""
    owners = {letter.owner for letter in letters}
    found = keys.fetch(KeyKind(letters[0].owner_kind), owners)
    if owners - found.keys():
        raise KeyGone
    return found


def _content(addressee: Addressee | None, facts: Mapping[str, object]) -> str:
    told = {"addressee": asdict(addressee) if addressee else None, "facts": facts}
    return json.dumps(told, default=_plain, sort_keys=True)


def _made_on(letter: OutgoingLetter) -> date:
    return letter.made_at.astimezone(AMSTERDAM).date()


def _context(letter: OutgoingLetter) -> str:
    return f"letter.facts|{letter.pk}"


def _plain(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
