"""Art. 5.2: contact reports: what was discussed, how, how long, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers import contents, intake, once
from dossiers.intake import Particulars
from dossiers.models import ContactReport, Document, Dossier
from dossiers.models.document import Channel
from dossiers.transitions import DOCUMENT, GUIDES, next_state
from werkcontact.access import Actor, act
from werkcontact.refused import Refused
from werkcontact.vault.small import open_, seal

LONGEST_MINUTES = 1440
STEP_LENGTH = 200


@dataclass(frozen=True)
class Talk:
    """What a contact report says beside its text; `next_step_on` is an Amsterdam date."""

    channel: Channel
    minutes_spent: int
    next_step: str = ""
    next_step_on: date | None = None


def record(
    *,
    actor: Actor,
    dossier: Dossier,
    about: Particulars,
    talk: Talk,
    text: str,
    today: date,
    new_id: UUID | None = None,
) -> Document:
    """Write a contact report that is final at once. `today` is an Amsterdam date.

    Raises Refused("intake.*", "contact_reports.*") for what is missing or impossible, Refused("documents.closed"),
    and what the gate raises. The same `new_id` again is the same report, as `once` says.
    One that is kept as a draft first goes through `reports`.
    """
    with act(actor, "document.add", dossier, kind="create") as deed:
        contents.lock_open(dossier)
        state = next_state(DOCUMENT, None, "document.add", GUIDES)
        intake.check(about, today)
        intake.check_text(text)
        document = once.kept_document(actor, dossier, new_id, about, text, state)
        if document is None:
            document = contents.new_document(actor, dossier, about, text, state=state, new_id=new_id)
            put(document, talk)
        deed.saw([document])
    return document


def put(document: Document, talk: Talk) -> None:
    """Write what the report says beside its text, inside an act."""
    if not 0 <= talk.minutes_spent <= LONGEST_MINUTES:
        raise Refused(
            "contact_reports.minutes", "5.2", _("A conversation lasts no longer than a day."), field="minutes_spent"
        )
    if talk.next_step_on and not talk.next_step.strip():
        raise Refused("contact_reports.step", "5.2", _("Say what the next step is."), field="next_step")
    sealed = None
    if talk.next_step.strip():
        key = contents.dossier_key(document.dossier_id)
        sealed = seal(key, talk.next_step.strip(), f"contact_report.next_step|{document.pk}")
    ContactReport.objects.update_or_create(
        document=document,
        defaults={
            "channel": talk.channel,
            "minutes_spent": talk.minutes_spent,
            "next_step_cipher": sealed,
            "next_step_on": talk.next_step_on,
        },
    )


def next_step_of(report: ContactReport, key: bytes) -> str:
    """The next step in words, with the dossier's key."""
    if report.next_step_cipher is None:
        return ""
    return open_(key, report.next_step_cipher, f"contact_report.next_step|{report.document_id}").decode()
