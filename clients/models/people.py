"""Art. 4, 5.1, 6.1, 18: the person, the involvement, what a principal delivered, and its commissions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from clients.models.principals import Principal, Service
from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)  # the end of what has none, where an index must hold all that ends


class NameParts(models.Model):
    """A name and a birth date by the elements of the BRP; an unknown part of the date is NULL."""

    class Gender(models.TextChoices):
        MALE = "M", _("man")
        FEMALE = "V", _("woman")
        UNKNOWN = "O", _("unknown")

    class NameUse(models.TextChoices):
        OWN = "E", _("own name")
        PARTNER = "P", _("name of the partner")
        PARTNER_OWN = "V", _("name of the partner, then own name")
        OWN_PARTNER = "N", _("own name, then name of the partner")

    first_names = models.CharField(_("first names"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=2, blank=True)
    prefix = models.CharField(_("prefix"), max_length=10, blank=True)
    surname = models.CharField(_("surname"), max_length=200)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender.choices, default=Gender.UNKNOWN)
    name_use = models.CharField(_("name use"), max_length=1, choices=NameUse.choices, default=NameUse.OWN)
    partner_prefix = models.CharField(_("prefix of the partner"), max_length=10, blank=True)
    partner_surname = models.CharField(_("surname of the partner"), max_length=200, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(_("month of birth"), null=True, blank=True)
    birth_day = models.PositiveSmallIntegerField(_("day of birth"), null=True, blank=True)

    class Meta:
        abstract = True


class Client(NameParts):
    """The person, and no contact data: those belong to a principal. Ends with the last closure."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    died_on = models.DateField(_("died on"), null=True, blank=True)
    sort_name = models.CharField(max_length=450)
    search_name = models.TextField()
    history = tracked()

    objects = Visible.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_name", "id"], name="client_sort"),
            GinIndex(OpClass("search_name", name="gin_trgm_ops"), name="client_search"),
            models.Index(fields=["birth_year", "birth_month", "birth_day"], name="client_birth"),
        ]


class InvolvementQuerySet(Visible["Involvement"]):
    def open(self) -> InvolvementQuerySet:
        return self.filter(ended_on=None)

    def open_on(self, on: date) -> InvolvementQuerySet:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), opened_on__lte=on)


class Involvement(models.Model):
    """All that is done for one client on behalf of one principal; every page, tab and dossier belongs to one.

    `guided_until` is written by a trigger on the grants: the latest end of those that rest on an assignment, FOREVER
    when one has none, empty when there never was one. Whether their holder may still guide it does not know.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    client = models.ForeignKey(Client, models.DO_NOTHING, null=True, related_name="involvements")
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="involvements")
    opened_on = models.DateField(_("begun on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    guided_until = models.DateTimeField(null=True, editable=False)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        permissions = [("assigned", "assigned to guide"), ("lead", "leads who is assigned")]
        indexes = [
            models.Index(
                fields=["guided_until"],
                condition=Q(Q(guided_until=None) | Q(guided_until__lt=FOREVER), ended_on=None),
                name="involvement_unguided",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=False) | Q(client__isnull=False), name="involvement_open_has_client"
            ),
            models.UniqueConstraint(
                fields=["client", "principal"], condition=Q(ended_on=None), name="involvement_one_open"
            ),
        ]


class Registration(NameParts):
    """What one principal delivered about its client, each field with its source; gone at closure (art. 6.1)."""

    involvement = models.OneToOneField(Involvement, models.PROTECT, primary_key=True, related_name="registration")
    bsn_cipher = models.BinaryField(null=True)
    bsn_index = models.BinaryField(null=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    house_number = models.CharField(_("house number"), max_length=5, blank=True)
    house_letter = models.CharField(_("house letter"), max_length=1, blank=True)
    house_addition = models.CharField(_("addition"), max_length=10, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    foreign_line_1 = models.CharField(_("address abroad, line 1"), max_length=80, blank=True)
    foreign_line_2 = models.CharField(_("address abroad, line 2"), max_length=80, blank=True)
    foreign_line_3 = models.CharField(_("address abroad, line 3"), max_length=80, blank=True)
    secrecy = models.PositiveSmallIntegerField(_("secrecy code"), default=0)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    sources = models.JSONField(default=dict)
    registered_on = models.DateField(_("first registered on"))
    history = tracked()

    objects = Visible.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["bsn_index"], condition=Q(bsn_index__isnull=False), name="registration_bsn"),
            models.Index(fields=["birth_year", "birth_month", "birth_day"], name="registration_birth"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(secrecy__lte=7), name="registration_secrecy_known"),
            models.CheckConstraint(
                condition=Q(bsn_cipher=None, bsn_index=None) | Q(bsn_cipher__isnull=False, bsn_index__isnull=False),
                name="registration_bsn_whole",
            ),
        ]


class Trajectory(models.Model):
    """One commission of a principal for one client; gone at closure."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    involvement = models.ForeignKey(Involvement, models.PROTECT, related_name="trajectories")
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    reference = models.CharField(_("reference"), max_length=40)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", null=True)
    starts_on = models.DateField(_("starts on"), null=True)
    planned_end = models.DateField(_("planned end"), null=True)
    result = models.CharField(_("result"), max_length=200, blank=True)
    history = tracked()

    objects = Visible.as_manager()

    class Meta:
        indexes = [models.Index(Upper("reference"), name="trajectory_reference")]
        constraints = [
            models.UniqueConstraint(fields=["principal", "reference"], name="trajectory_reference_once"),
            models.CheckConstraint(
                condition=Q(planned_end=None) | Q(starts_on=None) | Q(planned_end__gte=models.F("starts_on")),
                name="trajectory_ends_after_start",
            ),
        ]


class UsedReference(models.Model):
    """A principal's reference as a blind index: outlives closure, ends with the dossier; used once, used for good."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    involvement = models.ForeignKey(Involvement, models.PROTECT, related_name="used_references")
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    reference_index = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principal", "reference_index"], name="used_reference_once")]
