"""Outgoing letters under the key of their owner, and the digests of the night, which hold no names."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from werkcontact.ids import Uuid7, uuid7


class OutgoingLetter(models.Model):
    """One letter: its kind (`letters.catalogue`), sealed facts and file under the key of its owner, and its sending.

    The owner is an involvement, a dossier or a request, named by kind and id without a foreign key, since letters
    stand below them. `sent_on` is set once, with proof of how (`way`).
    """

    class Way(models.TextChoices):
        POST = "post", _("by post")
        EMAIL = "email", _("by e-mail")
        HANDED = "handed", _("handed over")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    kind = models.CharField(max_length=40)
    owner_kind = models.CharField(max_length=20)
    owner = models.UUIDField()
    facts_cipher = models.BinaryField()
    file = models.ForeignKey("vault.StoredFile", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=Way.choices, blank=True)
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "kind"], name="letter_owner"),
            models.Index(fields=["sent_on"], condition=Q(sent_on__isnull=False, file=None), name="letter_to_freeze"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on=None, way="", sent_by=None)
                | (Q(sent_on__isnull=False, sent_by__isnull=False) & ~Q(way="")),
                name="letter_sent_whole",
            )
        ]


class Digest(models.Model):
    """One e-mail to one person on one day: counts and dates, never names. Without a mail server it waits and shows.

    `sent_at` is set once. `next_try_at` is the earliest moment of the next try after one that failed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="digests")
    on = models.DateField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "on"], name="digest_once_a_day")]
        indexes = [models.Index(fields=["made_at"], condition=Q(sent_at=None), name="digest_waiting")]


class Reminder(models.Model):
    """One threshold of one deadline that was told to one person; so nothing is told twice and nothing is skipped."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    work_by_on = models.DateField()
    threshold = models.SmallIntegerField(help_text=_("Days before the work-by date; -1 is overdue."))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "staff", "work_by_on", "threshold"], name="reminder_once"
            )
        ]
