from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from dossiers.transitions import WorkNoteState
from werkcontact.access.records import Visible
from werkcontact.ids import Uuid7, uuid7


class WorkNoteQuerySet(Visible["WorkNote"]):
    """Words over work notes; `visible_to(actor)` shows everybody their own only."""

    def still_open(self) -> WorkNoteQuerySet:
        """Those that still have their text; they block closure."""
        return self.filter(state=WorkNoteState.OPEN)

    def due_on(self, on: date) -> WorkNoteQuerySet:
        """Those whose six weeks have passed on this day (Amsterdam; on `expires_on` itself it is still there)."""
        return self.filter(state=WorkNoteState.OPEN, expires_on__lt=on)


class WorkNote(models.Model):
    """Art. 7.6: the author's own note, read by nobody else, never given to third parties, gone after six weeks.

    Its text is under a key of its own (owner: its id), and goes with that key as soon as the note is dropped, made
    a contact report (`became`) or expires; what stays until the dossier ends is that there was one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="work_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=WorkNoteState.choices, default=WorkNoteState.OPEN)
    text_cipher = models.BinaryField(null=True)
    written_at = models.DateTimeField()
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    became = models.OneToOneField("dossiers.Document", models.PROTECT, related_name="+", null=True)

    objects = WorkNoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["expires_on"], condition=Q(state="open"), name="work_note_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", text_cipher__isnull=False, ended_at=None)
                | Q(state__in=["dropped", "converted"], text_cipher=None, ended_at__isnull=False),
                name="work_note_text_while_open",
            ),
            models.CheckConstraint(
                condition=Q(state="converted", became__isnull=False) | (~Q(state="converted") & Q(became=None)),
                name="work_note_became",
            ),
        ]
