"""The tables of floor 3. What asks, why and in which words lies sealed under the key of the request or complaint.

Links to `clients.Client` are emptied by the database when the person goes (`werkcontact.walls`), and their
history does not carry them: nothing that survives closure points at a person.
"""

from requests_app.models.ask import RequestAsk, RequestEvent
from requests_app.models.complaint import Complaint, ComplaintDossier
from requests_app.models.correction import CorrectionLine, RecipientTold
from requests_app.models.item import AnswerPart, RequestItem
from requests_app.models.subject_request import RequestAssignment, RequestDossier, SubjectRequest

__all__ = [
    "AnswerPart",
    "Complaint",
    "ComplaintDossier",
    "CorrectionLine",
    "RecipientTold",
    "RequestAsk",
    "RequestAssignment",
    "RequestDossier",
    "RequestEvent",
    "RequestItem",
    "SubjectRequest",
]
