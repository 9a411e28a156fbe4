"""Art. 2, 9: the admin's pages of principals, their services and layouts, and of teams; rules are the acts'."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.assignments import GUIDES
from clients.models import DeliveryLayout, Principal
from clients.principals import edit_principal
from clients.teams import edit_team
from werkcontact.access import StaffRequest
from werkcontact.office.admin_base import ActAdmin, ActForm, editing, reading
from werkcontact.staff.models import Role, Staff, Team

_LONGEST_SERVICE = 80


class PrincipalForm(ActForm):
    services = forms.CharField(
        label=gettext_lazy("Services"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One on each line, under the name that the principal uses in its deliveries."),
    )

    class Meta:
        model = Principal
        fields = ["name", "kind", "layout", "bsn_basis", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            names = self.instance.services.order_by("name").values_list("name", flat=True)
            self.initial["services"] = "\n".join(names)

    def clean_services(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["services"].splitlines() if line.strip()]
        if any(len(line) > _LONGEST_SERVICE for line in lines):
            raise forms.ValidationError(_("The name of a service has at most 80 characters."))
        return lines


@admin.register(Principal)
class PrincipalAdmin(ActAdmin):
    screens = editing("principal.edit")
    form = PrincipalForm
    list_display = ["name", "kind", "layout", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name"]
    list_select_related = ["layout"]
    ordering = ["name"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["name", "kind", "layout", "bsn_basis", "services", *(["is_active"] if obj else [])]

    def perform(self, request: StaffRequest, form: forms.ModelForm[Any], record: Any | None) -> Principal:
        return edit_principal(actor=request.actor, principal=record, **form.cleaned_data)


@admin.register(DeliveryLayout)
class DeliveryLayoutAdmin(ActAdmin):
    screens = reading("principal.edit")
    list_display = ["name"]
    fields = ["name", "columns", "required"]


def _appointed(roles: Collection[str], today: date | None) -> QuerySet[Staff]:
    """Whoever has one of these roles today or will have it; not those whose appointment has ended."""
    lasts = Q(appointments__until_on=None) | Q(appointments__until_on__gte=today)
    return Staff.objects.filter(lasts, is_active=True, appointments__role__in=roles).distinct().order_by("display_name")


class TeamForm(ActForm):
    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Members"), queryset=Staff.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Team
        fields = ["name", "lead"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = _appointed(GUIDES, self.today)  # type: ignore[attr-defined]
        if not self.instance._state.adding:
            self.initial["members"] = self.instance.members.all()


@admin.register(Team)
class TeamAdmin(ActAdmin):
    screens = editing("staff.edit")
    form = TeamForm
    list_display = ["name", "lead"]
    list_select_related = ["lead"]
    search_fields = ["name", "lead__display_name"]
    ordering = ["name"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["name", "lead", "members"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Who may lead: whoever is appointed team lead."""
        kwargs["queryset"] = _appointed([Role.LEAD], cast("StaffRequest", request).today)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def perform(self, request: StaffRequest, form: forms.ModelForm[Any], record: Any | None) -> Team:
        return edit_team(actor=request.actor, team=record, **form.cleaned_data)
