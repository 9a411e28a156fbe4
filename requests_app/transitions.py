"""Art. 12-15, 17: the states of a request, of each thing asked in it, of a line to correct, and of a complaint.

One enum and one table per aggregate, as in `dossiers.transitions`, which explains the rows.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dossiers.transitions import ANYONE, Step, next_state

__all__ = [
    "ASK",
    "COMPLAINT",
    "REQUEST",
    "TOLD",
    "AskState",
    "ComplaintState",
    "RequestState",
    "ToldState",
    "next_state",
]

HANDLERS = ("requests",)
APPOINTEES = ("archivist", "disputes")
"""They look inside what is in the archive (art. 6.2)."""
SECONDS = ("requests", "directie", *APPOINTEES)
"""They decide as the second person, never on what they prepared."""


class RequestState(models.TextChoices):
    """Where a request as a whole stands."""

    REGISTERED = "registered", _("registered")
    IN_HAND = "in_hand", _("in hand")
    CLOSED = "closed", _("closed")


REQUEST = (
    Step(None, "request.register", ANYONE, RequestState.REGISTERED),
    Step(RequestState.REGISTERED, "request.assign", ("requests", "directie"), RequestState.IN_HAND),
    Step(RequestState.IN_HAND, "request.assign", ("requests", "directie"), RequestState.IN_HAND),
    # the last of its asks has ended: answered, withdrawn or refused for want of identity
    Step(RequestState.IN_HAND, "request.handle", HANDLERS, RequestState.CLOSED, "all_ended"),
    Step(RequestState.IN_HAND, "correction.tell", HANDLERS, RequestState.CLOSED, "all_ended"),
    Step(RequestState.CLOSED, "request.handle", HANDLERS, RequestState.IN_HAND, "identity_shown"),
    # only what was refused for want of identity: whoever has it records the proof that comes after all
    Step(RequestState.CLOSED, "request.assign", ("requests", "directie"), RequestState.CLOSED),
)


class AskState(models.TextChoices):
    """Where one thing asked stands; its clocks follow from its events, not from its state."""

    RECEIVED = "received", _("registered")
    COLLECTING = "collecting", _("collecting")
    DECIDING = "deciding", _("deciding")
    SECOND = "second", _("waits for a second person")
    WRITING = "writing", _("letter to be sent")
    TELLING = "telling", _("answered; recipients are being told")
    ANSWERED = "answered", _("answered")
    NO_IDENTITY = "no_identity", _("refused for want of identity")
    WITHDRAWN = "withdrawn", _("withdrawn")


ASK = (
    Step(None, "request.register", ANYONE, AskState.RECEIVED),
    # identity is shown and the person found, or found not to be registered
    Step(AskState.RECEIVED, "request.handle", HANDLERS, AskState.COLLECTING, "collect"),
    Step(AskState.RECEIVED, "request.collect", APPOINTEES, AskState.COLLECTING, "collect"),
    Step(AskState.COLLECTING, "request.handle", HANDLERS, AskState.DECIDING, "collected"),
    Step(AskState.COLLECTING, "request.collect", APPOINTEES, AskState.DECIDING, "collected"),
    # what turns up later is collected and decided too: an answer is complete or it does not go
    Step(AskState.DECIDING, "request.handle", HANDLERS, AskState.COLLECTING, "collect"),
    Step(AskState.DECIDING, "request.collect", APPOINTEES, AskState.COLLECTING, "collect"),
    Step(AskState.DECIDING, "request.handle", HANDLERS, AskState.WRITING, "all_given"),
    Step(AskState.DECIDING, "request.handle", HANDLERS, AskState.SECOND, "to_second"),
    Step(AskState.SECOND, "request.decide_second", SECONDS, AskState.WRITING, "approve"),
    Step(AskState.SECOND, "request.decide_second", SECONDS, AskState.DECIDING, "send_back"),
    Step(AskState.WRITING, "request.handle", HANDLERS, AskState.DECIDING, "reopen"),
    Step(AskState.WRITING, "request.handle", HANDLERS, AskState.ANSWERED, "sent"),
    # a correction that was granted goes on: its recipients are told (art. 14.2)
    Step(AskState.WRITING, "request.handle", HANDLERS, AskState.TELLING, "sent_and_tell"),
    Step(AskState.TELLING, "correction.tell", HANDLERS, AskState.ANSWERED, "all_told"),
    # want of identity (art. 12.2): by letter, by a second person; proof that comes later takes it up again
    Step(AskState.RECEIVED, "request.handle", HANDLERS, AskState.SECOND, "refuse_identity"),
    Step(AskState.SECOND, "request.decide_second", SECONDS, AskState.RECEIVED, "send_back_identity"),
    Step(AskState.SECOND, "request.handle", HANDLERS, AskState.RECEIVED, "identity_shown"),
    Step(AskState.WRITING, "request.handle", HANDLERS, AskState.RECEIVED, "identity_shown"),
    Step(AskState.WRITING, "request.handle", HANDLERS, AskState.NO_IDENTITY, "sent_no_identity"),
    Step(AskState.NO_IDENTITY, "request.handle", HANDLERS, AskState.RECEIVED, "identity_shown"),
    *(
        Step(state, "request.handle", HANDLERS, AskState.WITHDRAWN, "withdraw")
        for state in (
            AskState.RECEIVED,
            AskState.COLLECTING,
            AskState.DECIDING,
            AskState.SECOND,
            AskState.WRITING,
            AskState.NO_IDENTITY,
        )
    ),
)

ASK_ENDED = (AskState.ANSWERED, AskState.NO_IDENTITY, AskState.WITHDRAWN)
"""The states in which nothing more is done, unless proof of identity comes after all."""


class ToldState(models.TextChoices):
    """Where the telling of one correction to one recipient stands (art. 14.2, AVG 19)."""

    WAITING = "waiting", _("to be told")
    SENT = "sent", _("told")
    ACKNOWLEDGED = "acknowledged", _("has acknowledged")
    EXCUSE_ASKED = "excuse_asked", _("waits for management")
    EXCUSED = "excused", _("not told, by decision")


TOLD = (
    Step(None, "correction.apply", (*HANDLERS, *APPOINTEES), ToldState.WAITING),
    Step(ToldState.WAITING, "correction.tell", HANDLERS, ToldState.SENT, "sent"),
    Step(ToldState.SENT, "correction.tell", HANDLERS, ToldState.ACKNOWLEDGED, "acknowledged"),
    Step(ToldState.WAITING, "correction.tell", HANDLERS, ToldState.EXCUSE_ASKED, "ask_excuse"),
    Step(ToldState.EXCUSE_ASKED, "request.decide_second", ("directie",), ToldState.EXCUSED, "approve"),
    Step(ToldState.EXCUSE_ASKED, "request.decide_second", ("directie",), ToldState.WAITING, "send_back"),
)


class ComplaintState(models.TextChoices):
    """Where a complaint stands (art. 17; acknowledged in two weeks, decided in six)."""

    REGISTERED = "registered", _("registered")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    DECIDED = "decided", _("decided")
    WITHDRAWN = "withdrawn", _("withdrawn")


COMPLAINT_HANDLERS = ("disputes", "directie")
COMPLAINT = (
    Step(None, "complaint.register", ANYONE, ComplaintState.REGISTERED),
    Step(ComplaintState.REGISTERED, "complaint.handle", COMPLAINT_HANDLERS, ComplaintState.ACKNOWLEDGED, "acknowledge"),
    Step(ComplaintState.ACKNOWLEDGED, "complaint.handle", COMPLAINT_HANDLERS, ComplaintState.DECIDED, "decide"),
    Step(ComplaintState.REGISTERED, "complaint.handle", COMPLAINT_HANDLERS, ComplaintState.WITHDRAWN, "withdraw"),
    Step(ComplaintState.ACKNOWLEDGED, "complaint.handle", COMPLAINT_HANDLERS, ComplaintState.WITHDRAWN, "withdraw"),
)
