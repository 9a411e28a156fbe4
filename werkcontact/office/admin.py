"""Art. 9, 19: the admin's pages of staff, appointments, rulebook, decree days and job runs; rules are the acts'."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from werkcontact.access import StaffRequest
from werkcontact.jobs.models import JobRun
from werkcontact.office import accounts, appointments, decree_days
from werkcontact.office.adapter import Adapter
from werkcontact.office.admin_base import ActAdmin, ActForm, editing, reading
from werkcontact.rulebook.models import DecreeDay, Rulebook
from werkcontact.staff.models import Appointment, Staff
from werkcontact.ui.dates import nl_date
from werkcontact.ui.fields import DateField


class StaffForm(ActForm):
    class Meta:
        model = Staff
        fields = ["email", "display_name", "firm", "is_active"]


@admin.register(Staff)
class StaffAdmin(ActAdmin):
    screens = editing("staff.edit", "invite", "reset_factor")
    form = StaffForm
    list_display = ["display_name", "email", "firm", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["display_name", "email", "firm"]
    ordering = ["display_name"]
    change_form_template = "admin/staff_change.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Staff]:
        return Staff.objects.filter(is_system=False)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["email", "display_name", "firm", *(["is_active"] if obj else [])]

    def perform(self, request: StaffRequest, form: forms.ModelForm[Any], record: Any | None) -> Staff:
        typed = form.cleaned_data
        if record is None:
            return accounts.hire(actor=request.actor, **typed)
        return accounts.edit_staff(actor=request.actor, staff=record, **typed)

    def response_add(self, request: HttpRequest, obj: Staff, post_url_continue: str | None = None) -> HttpResponse:
        """On to the page where the link for a password is made, since without one nobody comes in."""
        text = _("The account is there. Make a link for a password below, and give an appointment.")
        messages.success(request, text)
        return redirect("admin:staff_staff_change", obj.pk)

    def get_urls(self) -> list[Any]:
        return [
            path("<path:object_id>/uitnodigen/", self.admin_site.admin_view(self.invite), name="staff_staff_invite"),
            path(
                "<path:object_id>/tweede-factor/",
                self.admin_site.admin_view(self.reset_factor),
                name="staff_staff_reset_factor",
            ),
            *super().get_urls(),
        ]

    def invite(self, request: StaffRequest, object_id: str) -> HttpResponse:
        """Mail the link with which somebody chooses a password; without a mail server show it, this once."""
        staff = self.record_for_post(request, object_id)
        link = settings.BASE_URL.rstrip("/") + accounts.invite(actor=request.actor, staff=staff)
        if settings.EMAIL_URL:
            Adapter().send_password_reset_mail(staff, staff.email, {"password_reset_url": link})
            messages.success(request, _("The link has been mailed."))
            return redirect("admin:staff_staff_change", staff.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Link for a password"),
            "link": link,
            "record": staff,
        }
        return TemplateResponse(request, "admin/invitation.html", context)

    def reset_factor(self, request: StaffRequest, object_id: str) -> HttpResponse:
        """Take away a lost authenticator app."""
        staff = self.record_for_post(request, object_id)
        accounts.reset_factor(actor=request.actor, staff=staff)
        messages.success(request, _("Saved. A new app is set up at the next sign-in."))
        return redirect("admin:staff_staff_change", staff.pk)


class AppointmentEndForm(ActForm):
    until_on = DateField(label=gettext_lazy("Until and including"), required=False)

    class Meta:
        model = Appointment
        fields = ["until_on", "reason"]


class AppointmentForm(AppointmentEndForm):
    from_on = DateField(label=gettext_lazy("From"))

    class Meta:
        model = Appointment
        fields = ["staff", "role", "from_on", "until_on", "reason"]


@admin.register(Appointment)
class AppointmentAdmin(ActAdmin):
    screens = editing("appointment.give")
    form = AppointmentEndForm
    add_form = AppointmentForm
    list_display = ["who", "role", "from_day", "until_day", "reason", "by"]
    list_display_links = ["who", "role"]
    list_filter = ["role"]
    search_fields = ["staff__display_name", "reason"]
    list_select_related = ["staff", "by"]
    ordering = ["-from_on", "staff__display_name"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return (
            ["staff", "role", "from_on", "until_on", "reason"]
            if obj is None
            else ["who", "role", "from_day", "by", "until_on", "reason"]
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["who", "role", "from_day", "by"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Whom one may appoint: who may sign in, but oneself."""
        kwargs["queryset"] = (
            Staff.objects.filter(is_active=True)
            .exclude(pk=cast("StaffRequest", request).user.pk)
            .order_by("display_name")
        )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def perform(self, request: StaffRequest, form: forms.ModelForm[Any], record: Any | None) -> Appointment:
        if record is None:
            return appointments.appoint(actor=request.actor, **form.cleaned_data)
        return appointments.end_appointment(actor=request.actor, appointment=record, **form.cleaned_data)

    @admin.display(description=gettext_lazy("Member of staff"), ordering="staff__display_name")
    def who(self, obj: Appointment) -> str:
        return obj.staff.display_name

    @admin.display(description=gettext_lazy("From"), ordering="from_on")
    def from_day(self, obj: Appointment) -> str:
        return nl_date(obj.from_on)

    @admin.display(description=gettext_lazy("Until and including"), ordering="until_on")
    def until_day(self, obj: Appointment) -> str:
        return nl_date(obj.until_on) if obj.until_on else "-"


class DecreeDayForm(ActForm):
    on = DateField(label=gettext_lazy("Day"))

    class Meta:
        model = DecreeDay
        fields = ["on", "decree"]


@admin.register(DecreeDay)
class DecreeDayAdmin(ActAdmin):
    screens = editing("rulebook.adopt")
    add_form = DecreeDayForm
    list_display = ["day", "decree", "withdrawn", "by"]
    list_select_related = ["by"]
    ordering = ["-on"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["on", "decree"] if obj is None else ["day", "decree", "withdrawn"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["day"]

    def perform(self, request: StaffRequest, form: forms.ModelForm[Any], record: Any | None) -> DecreeDay:
        if record is None:
            return decree_days.enter_day(actor=request.actor, **form.cleaned_data)
        return decree_days.correct_day(actor=request.actor, day=record, **form.cleaned_data)

    @admin.display(description=gettext_lazy("Day"), ordering="on")
    def day(self, obj: DecreeDay) -> str:
        return nl_date(obj.on)


@admin.register(Rulebook)
class RulebookAdmin(ActAdmin):
    screens = reading("rulebook.view")
    list_display = ["label", "in_force_on"]
    fields = ["label", "in_force_on", "text", "rules", "purposes"]


@admin.register(JobRun)
class JobRunAdmin(ActAdmin):
    screens = reading("jobs.view")
    list_display = ["job", "on", "state", "started_at", "ended_at", "counts", "error"]
    list_filter = ["state", "job"]
    fields = ["job", "on", "state", "started_at", "ended_at", "counts", "error"]
    ordering = ["-started_at"]
