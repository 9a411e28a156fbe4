"""Art. 11: telling somebody that they are registered, within four weeks."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models.people import Involvement
from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7


class NoticeQuerySet(Visible["Notice"]):
    def open(self) -> NoticeQuerySet:
        """Neither sent, nor known, nor excepted; nobody writes to who has died, or reminds of it."""
        return self.filter(sent_on=None, known_on=None, exception=None, involvement__client__died_on=None)

    def due_by(self, on: date) -> NoticeQuerySet:
        return self.open().filter(work_by_on__lte=on)


class Notice(models.Model):
    """The registration notice of one involvement: when it is due, and how its clock ended.

    `due_on` is the last day by the reglement, `work_by_on` the last working day on or before it. It ends by a letter
    that went out, by being told in another form (11.2), by being known already (11.1.a), or by an exception that the
    directie decided (11.1.b, c). `asked` is the asking for one, `exception` the same once granted, on a ground of the
    catalogue and the law that carries it. `words` say how it is known, in which form it was told or why it is not
    told, under the key of the involvement.
    """

    class Way(models.TextChoices):
        LETTER = "letter", _("by letter")
        ADAPTED = "adapted", _("in another form, adapted to the interest of the person (11.2)")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    involvement = models.OneToOneField(Involvement, models.PROTECT, related_name="notice")
    registered_on = models.DateField()
    due_on = models.DateField()
    work_by_on = models.DateField()
    letter = models.ForeignKey("mail.OutgoingLetter", models.SET_NULL, null=True, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices, blank=True)
    sent_on = models.DateField(null=True)
    known_on = models.DateField(null=True)
    words = models.ForeignKey("vault.ErasableText", models.SET_NULL, null=True, related_name="+")
    ground = models.CharField(max_length=12, blank=True)
    carrier = models.CharField(max_length=12, blank=True)
    asked = models.ForeignKey("approvals.Approval", models.PROTECT, null=True, related_name="+")
    exception = models.ForeignKey("approvals.Approval", models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    history = tracked()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["work_by_on"],
                condition=Q(sent_on=None, known_on=None, exception=None),
                name="notice_open_by_date",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on=None, known_on=None)
                | Q(sent_on=None, exception=None)
                | Q(known_on=None, exception=None),
                name="notice_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(sent_on__gte=models.F("registered_on")),
                name="notice_sent_after_registered",
            ),
            models.CheckConstraint(condition=Q(sent_on=None) | ~Q(way=""), name="notice_sent_some_way"),
            models.CheckConstraint(
                condition=Q(asked=None, exception=None) | (~Q(ground="") & ~Q(carrier="")),
                name="notice_exception_has_ground",
            ),
        ]
