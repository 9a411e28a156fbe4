"""The tables of floor 2. Below the word "cipher" lies only what the vault sealed under the owner's key.

Free text that staff type is always sealed: it may name anybody, and must end when its key does.
"""

from dossiers.models.archive import ArchiveCard
from dossiers.models.consent import ConsentForm, ConsentRecipient
from dossiers.models.destruction import DestroyedLedger, DestructionItem, DestructionList
from dossiers.models.disclosure import DeliveryEvent, DisclosedItem, Disclosure
from dossiers.models.document import ContactReport, Document, DocumentVersion
from dossiers.models.dossier import Dossier
from dossiers.models.hold import Hold
from dossiers.models.recipient import Recipient
from dossiers.models.urgent import UrgentReason
from dossiers.models.work_note import WorkNote

__all__ = [
    "ArchiveCard",
    "ConsentForm",
    "ConsentRecipient",
    "ContactReport",
    "DeliveryEvent",
    "DestroyedLedger",
    "DestructionItem",
    "DestructionList",
    "DisclosedItem",
    "Disclosure",
    "Document",
    "DocumentVersion",
    "Dossier",
    "Hold",
    "Recipient",
    "UrgentReason",
    "WorkNote",
]
