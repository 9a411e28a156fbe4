from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.transitions import ItemPhase, ListState
from werkcontact.ids import Uuid7, uuid7


class DestructionListQuerySet(models.QuerySet["DestructionList"]):
    """Lists hold numbers and counts, no content; who may see them is asked by act, not by record."""

    def unfinished(self) -> DestructionListQuerySet:
        """Those that a job must carry out, or go on with."""
        return self.filter(state__in=[ListState.APPROVED, ListState.EXECUTING])


class DestructionList(models.Model):
    """Art. 6.1: the dossiers whose five years end in one month, checked, frozen and decided by a second person.

    `month` is its first day. `frozen_hash` is over the items as frozen, and is what the approval decides on.
    `statement` are the facts of the statement of destruction once done: counts and days, no person. It outlives
    the dossiers.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    month = models.DateField(_("month"))
    state = models.CharField(max_length=9, choices=ListState.choices, default=ListState.PROPOSED)
    proposed_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_hash = models.CharField(max_length=64, blank=True)
    approval = models.OneToOneField("approvals.Approval", models.PROTECT, related_name="+", null=True)
    done_at = models.DateTimeField(null=True)
    statement = models.JSONField(null=True)

    objects = DestructionListQuerySet.as_manager()

    class Meta:
        verbose_name = _("destruction list")
        verbose_name_plural = _("destruction lists")
        constraints = [
            models.UniqueConstraint(fields=["month"], condition=~Q(state="done"), name="destruction_list_one_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="destruction_list_month"),
            models.CheckConstraint(
                condition=Q(state="proposed", frozen_by=None, frozen_at=None, frozen_hash="", approval=None)
                | (
                    ~Q(state="proposed")
                    & Q(frozen_by__isnull=False, frozen_at__isnull=False, approval__isnull=False)
                    & ~Q(frozen_hash="")
                ),
                name="destruction_list_frozen_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False, statement__isnull=False)
                | (~Q(state="done") & Q(done_at=None, statement=None)),
                name="destruction_list_done_stated",
            ),
        ]


class DestructionItemQuerySet(models.QuerySet["DestructionItem"]):
    """Words over the dossiers of a list."""

    def begun(self) -> DestructionItemQuerySet:
        """Those past the point of no return that are not yet whole gone; the next run goes on with them."""
        return self.filter(phase__in=[ItemPhase.EXECUTING, ItemPhase.KEYS_GONE, ItemPhase.FILES_GONE])


class DestructionItem(models.Model):
    """One dossier of a list, and how far its destruction has come; outlives the dossier.

    `dossier_id` is no foreign key, `number_hmac` stands for the number in the statement. `due_on` is the first day
    on which it may be destroyed (Amsterdam). `error` is the code of the last failure, without personal data. While
    `phase` is past the point of no return and the list's approval is granted, the triggers let its rows go.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    list = models.ForeignKey("dossiers.DestructionList", models.PROTECT, related_name="items")
    dossier_id = models.UUIDField()
    number_hmac = models.BinaryField(max_length=32)
    due_on = models.DateField(_("from"))
    phase = models.CharField(max_length=10, choices=ItemPhase.choices, default=ItemPhase.PROPOSED)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True)
    destroyed_at = models.DateTimeField(null=True)
    residue = models.JSONField(null=True)

    objects = DestructionItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "dossier_id"], name="destruction_item_once"),
            models.UniqueConstraint(
                fields=["dossier_id"], condition=~Q(phase="kept"), name="destruction_item_one_list"
            ),
            models.CheckConstraint(
                condition=Q(phase="proposed") | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="destruction_item_checked",
            ),
            models.CheckConstraint(
                condition=Q(phase="done", destroyed_at__isnull=False) | (~Q(phase="done") & Q(destroyed_at=None)),
                name="destruction_item_destroyed_at",
            ),
        ]


class DestroyedLedger(models.Model):
    """Art. 6.1: the ids of what was destroyed, kept with the backups and replayed before a restored system opens.

    A row lives until the last backup that held the dossier has expired; after that only counts remain.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    dossier_id = models.UUIDField(unique=True)
    number_hmac = models.BinaryField(max_length=32)
    destroyed_at = models.DateTimeField(db_index=True)
