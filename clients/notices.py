"""Art. 11: whoever is registered is told so within four weeks: the notice, its clock, and the ways in which it ends.

It ends by a letter that was sent, by being told in another form (11.2), by being known already (11.1.a), or by an
exception that the directie decides (`notice_exceptions`). Print runs are `notice_runs`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clients import notice_letters
from clients.addressing import address_of, is_secret
from clients.bulk import copy_in
from clients.models import Notice
from clients.models.notices import NoticeQuerySet
from werkcontact.access import Actor, act
from werkcontact.approvals import four_eyes
from werkcontact.ids import uuid7
from werkcontact.law.holidays import Calendar
from werkcontact.law.rules import Rules
from werkcontact.law.terms import notice_due
from werkcontact.mail import letters as mail
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused
from werkcontact.ui.components import Text
from werkcontact.vault import texts
from werkcontact.vault.keys import KeyKind
from werkcontact.vault.models import ErasableText

EXCEPTION = "notice.except"  # the kind of the approval
LONGEST_WORDS = 1_000


@dataclass(frozen=True)
class SentLetter:
    """A notice that went out: whose, the letter's row and bytes, its Amsterdam date, and the fields that it prints."""

    involvement: UUID
    letter: UUID
    pdf: bytes
    on: date
    field_paths: tuple[str, ...]


Filer = Callable[[Actor, SentLetter], None]
Numbers = Callable[[Collection[UUID]], Mapping[UUID, str]]
_filers: list[Filer] = []
_numbers: list[Numbers] = []


def on_sent(filer: Filer) -> None:
    """Register the one subscriber (the dossier) that files a letter that went out, in the same transaction."""
    if _filers:
        raise ValueError("notices have one subscriber")
    _filers.append(filer)


def numbers_from(numbers: Numbers) -> None:
    """Register the one who knows the numbers of the dossiers of involvements: the reference in our letters."""
    if _numbers:
        raise ValueError("dossiers have one register of numbers")
    _numbers.append(numbers)


def numbers_of(involvements: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the numbers of their dossiers; raises LookupError when nobody knows them."""
    if not _numbers:
        raise LookupError("nobody knows the numbers of dossiers")
    return _numbers[0](involvements)


def register_many(involvements: Sequence[UUID], registered_on: date, rules: Rules, calendar: Calendar) -> None:
    """Start the clock of each involvement, inside the act that opens them: one deadline for all, in one statement.

    `registered_on` is the Amsterdam day of first registration; `rules` and `calendar` are those in force. The end is
    not rolled unless the rulebook says so; `work_by_on` is the last working day on or before it.
    """
    due = notice_due(registered_on, rules, calendar)
    copy_in(
        Notice,
        ("id", "involvement_id", "registered_on", "due_on", "work_by_on", "way", "ground", "carrier"),
        ((uuid7(), involvement, registered_on, due.rolled, due.work_by, "", "", "") for involvement in involvements),
    )


def make_letter(*, actor: Actor, notice: Notice, secret_seen: bool, today: date) -> OutgoingLetter:
    """Make the letter of one notice, or make it anew before it is sent; `today` is an Amsterdam date.

    `secret_seen`: who makes it has read that the address is secret. Raises Refused: notices.ended, .died, .secret.
    """
    with act(actor, "notice.send", notice, kind="create"):
        locked = lock_open(notice)
        client = locked.involvement.client
        if client is None or client.died_on:
            raise Refused("notices.died", "11", _("This person has died. No letters go out any more."))
        if is_secret(locked.involvement.registration) and not secret_seen:
            raise _refused("secret", _("Say that you know that this address is secret."), "secret_seen")
        numbers = numbers_of([locked.involvement_id])
        notice_letters.make(actor=actor, notices=[locked], numbers=numbers, today=today)
    assert locked.letter is not None  # noqa: S101 - it was just made
    return locked.letter


def mark_sent(*, actor: Actor, notice: Notice, made_at: datetime, on: date, way: str, today: date) -> Notice:
    """Say that the letter went out: its clock ends, it is frozen, and it lies in the dossier, all in one act.

    `made_at` names the letter in hand, `on` is the Amsterdam date of sending, `way` an OutgoingLetter.Way. Raises
    Refused: notices.ended, .no_letter, .future, .before_registered, .no_address; mail.sent, .renewed, .before_made.
    """
    with act(actor, "notice.send", notice, kind="send"):
        locked = lock_open(notice)
        if locked.letter is None:
            raise Refused("notices.no_letter", "11", _("First make the letter."))
        check_day(locked, on, today)
        if way == OutgoingLetter.Way.POST and address_of(locked.involvement.registration) is None:
            raise _refused("no_address", _("There is no usable address, so it cannot go by post."), "way")
        in_hand = copy(locked.letter)
        in_hand.made_at = made_at
        locked.letter = mail.mark_sent(actor=actor, letter=in_hand, on=on, way=way)
        locked.way, locked.sent_on = Notice.Way.LETTER, on
        _end(actor, locked, "way", "sent_on")
        file_letter(actor, locked)
    return locked


def tell_otherwise(*, actor: Actor, notice: Notice, on: date, how: str, today: date) -> Notice:
    """Record that somebody was told in another form, since a weighty interest of theirs asked for it (11.2).

    `how` says in which form and why. Raises Refused: notices.ended, .future, .before_registered, .words.
    """
    with act(actor, "notice.send", notice, kind="send"):
        locked = lock_open(notice)
        check_day(locked, on, today)
        locked.words = write_words(locked, how, "how")
        locked.way, locked.sent_on = Notice.Way.ADAPTED, on
        _end(actor, locked, "way", "sent_on", "words")
    return locked


def mark_known(*, actor: Actor, notice: Notice, on: date, how: str, today: date) -> Notice:
    """Record that the person knows already, how, and since which Amsterdam date `on` (11.1.a, AVG 14.5.a).

    Raises Refused: notices.ended, .future, .words.
    """
    with act(actor, "notice.known", notice):
        locked = lock_open(notice)
        if on > today:
            raise _refused("future", _("This day is still to come. Fill in today or earlier."), "on")
        locked.words = write_words(locked, how, "how")
        locked.known_on = on
        _end(actor, locked, "known_on", "words")
    return locked


def whole(notices: NoticeQuerySet) -> NoticeQuerySet:
    """With everything that a letter needs, in one query."""
    return notices.select_related(
        "involvement__client", "involvement__principal", "involvement__registration", "letter__file", "asked"
    )


def lock_open(notice: Notice) -> Notice:
    """Lock a notice and read it anew; Refused when its clock has ended."""
    locked = whole(Notice.objects.filter(pk=notice.pk)).select_for_update(of=("self",)).get()
    if locked.sent_on or locked.known_on or locked.exception_id:
        raise Refused("notices.ended", "11", _("This was done already, by somebody else or in another window."))
    return locked


def check_day(notice: Notice, on: date, today: date) -> None:
    """Refuse a day of sending that is still to come, or that lies before the registration."""
    if on > today:
        raise _refused("future", _("This day is still to come. Fill in today or earlier."), "on")
    if on < notice.registered_on:
        raise _refused("before_registered", _("This day lies before the registration."), "on")


def write_words(notice: Notice, words: str, field: str) -> ErasableText:
    """Seal the words under the involvement's key; Refused when there are none, or too many."""
    if not words.strip() or len(words) > LONGEST_WORDS:
        raise _refused("words", _("Write it in a few sentences; at most 1,000 characters."), field)
    return texts.write(KeyKind.INVOLVEMENT, notice.involvement_id, words.strip())


def file_letter(actor: Actor, notice: Notice) -> None:
    """Hand a sent letter to the dossier, in the running act; raises LookupError when nobody files."""
    letter = notice.letter
    if letter is None or letter.sent_on is None:
        raise ValueError("only a letter that was sent is filed")
    if not _filers:
        raise LookupError("nobody files letters")
    sent = SentLetter(
        notice.involvement_id, letter.pk, mail.freeze(letter), letter.sent_on, mail.fields_printed(letter)
    )
    _filers[0](actor, sent)


def _end(actor: Actor, notice: Notice, *fields: str) -> None:
    notice.ended_by_id = actor.id
    notice.save(update_fields=[*fields, "ended_by"])
    four_eyes.void(kind=EXCEPTION, subject=notice.pk)


def _refused(what: str, text: Text, field: str) -> Refused:
    return Refused(f"notices.{what}", "11", text, field=field)
