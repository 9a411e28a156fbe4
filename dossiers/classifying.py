"""Art. 5.2: what a document is about, why it is kept and its health mark are put right; history keeps what was.

To protect more is free; to take the health mark away needs a reason, and somebody who may read what it protects.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from dossiers import contents, documents, intake
from dossiers.models import Document
from dossiers.models.document import Sensitivity
from dossiers.transitions import DOCUMENT, GUIDES, DocumentState, next_state
from werkcontact.access import Actor, act
from werkcontact.personal_data.categories import Category
from werkcontact.refused import Refused
from werkcontact.vault import texts
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.small import seal


@dataclass(frozen=True)
class Marks:
    """What is said of a document beside its content, as it should be."""

    category: Category
    why: str
    health: bool

    @property
    def sensitivity(self) -> Sensitivity:
        """As for what comes in: the category alone is enough."""
        return intake.sensitivity_of(self.category, health=self.health)


def classify(*, actor: Actor, document: Document, marks: Marks, reason: str = "") -> Document:
    """Put the marks of a final document right; its title and content stay as they are.

    Raises Refused("classifying.reason") when the health mark would go without a reason, "documents.as_sent",
    "documents.closed" and "intake.*", and what the gate raises.
    """
    with act(actor, "document.revise", document) as deed:
        contents.lock_open(document.dossier)
        locked = contents.lock_document(document)
        documents.enter_health(actor, locked)
        documents.check_kind(locked)
        next_state(DOCUMENT, DocumentState(locked.state), "document.revise", GUIDES)
        intake.check_line("why", marks.why, intake.WHY_LENGTH)
        if locked.sensitivity == Sensitivity.HEALTH and marks.sensitivity == Sensitivity.NORMAL:
            if not reason.strip():
                raise Refused("classifying.reason", "5.2", _("Say why this is not about health."), field="reason")
            intake.check_line("reason", reason, documents.REASON_LENGTH)
            kept = texts.write(KeyKind.DOSSIER, locked.dossier_id, reason.strip())
            deed.because(kept.pk, bytes(kept.hash))
        key = contents.dossier_key(locked.dossier_id)
        locked.category, locked.sensitivity = marks.category, marks.sensitivity
        locked.why_cipher = seal(key, marks.why.strip(), f"document.why|{locked.pk}")
        locked.save(update_fields=["category", "sensitivity", "why_cipher"])
    return locked
