"""Art. 9: what every page of the admin has in common: acts do the work, the gate decides, nothing is deleted.

A ModelAdmin names its `screens`; a verb without one has no URL. Its `perform` calls one act with what the form holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from werkcontact.access import StaffRequest, may
from werkcontact.access.screens import Screen
from werkcontact.office.recent import require_recent_sign_in
from werkcontact.refused import Refused
from werkcontact.ui.fields import DateField


def editing(act: str, *more: str) -> dict[str, Screen]:
    """The screens of a model that is kept in the admin; `more` are POST-only pages of its own."""
    kinds = {"changelist": "list", "add": "create", "change": "read", "history": "read"}
    return {verb: Screen(act, kind=kind) for verb, kind in (kinds | dict.fromkeys(more, "change")).items()}


def reading(act: str) -> dict[str, Screen]:
    """The screens of a model that is only looked at."""
    return {"changelist": Screen(act, kind="list"), "change": Screen(act)}


class ActForm(forms.ModelForm):  # type: ignore[type-arg]  # for whichever model its admin names
    """A form whose rules are the act's; what the act refused stands at its field."""

    today: ClassVar[date | None] = None
    refused: ClassVar[Refused | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = self.today

    def _get_validation_exclusions(self) -> set[str]:
        """Leave every constraint to the act, which meets it in the database; Django's check knows no `by`, and falls
        over a range that runs backwards."""
        return {field.name for field in self._meta.model._meta.get_fields()}

    def clean(self) -> dict[str, Any]:
        if self.refused is not None:
            at = self.refused.field if self.refused.field in self.fields else None
            self.add_error(at, str(self.refused.text))
        return self.cleaned_data


class ActAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """Base of every ModelAdmin; `screens` is what has a URL."""

    screens: ClassVar[Mapping[str, Screen]] = {}
    form = ActForm
    add_form: ClassVar[type[ActForm] | None] = None  # where a new one asks for more than a later change
    actions = None
    list_per_page = 50
    show_full_result_count = False
    object_history_list_template = "admin/history_list.html"

    def perform(self, request: StaffRequest, form: forms.ModelForm[Any], record: Any | None) -> models.Model:
        """Call the act; `record` is None for a new one. Returns what it made or changed."""
        raise NotImplementedError

    # what may be done: the gate's answer, per verb that has a screen
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "changelist")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "changelist")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return "add" in self.screens and self._may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def _may(self, request: HttpRequest, verb: str) -> bool:
        actor = getattr(request, "actor", None)
        return verb in self.screens and actor is not None and may(actor, self.screens[verb].act)

    # the form, and what the act says
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        """Django's, without its transaction around it: an act opens its own, the only one."""
        if self.has_change_permission(request):
            require_recent_sign_in(request)
        extra_context = {"show_save_and_add_another": False, "show_save_and_continue": False, **(extra_context or {})}
        try:
            return cast("HttpResponseBase", self._changeform_view(request, object_id, form_url, extra_context))
        except Refused as refused:
            request.refused = refused  # type: ignore[attr-defined]  # the form is made once more, and says it
            request.access_draft.outcome = f"refused:{refused.code}"  # type: ignore[attr-defined]
            response: HttpResponse = self._changeform_view(request, object_id, form_url, extra_context)
            response.status_code = 422
            return response

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        chosen = self.add_form if obj is None and self.add_form else self.form
        form = super().get_form(request, obj, change=change, form=chosen, **kwargs)
        known = {"today": cast("StaffRequest", request).today, "refused": getattr(request, "refused", None)}
        return type(form)(form.__name__, (form,), known)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without Django's little links beside a choice: they open windows by script."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.pk = self.perform(cast("StaffRequest", request), form, obj if change else None).pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The act took everything."""

    # what is said and kept of it: the access log and the history have it already, and no message holds a name
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Django's own log would be a third record."""

    log_change = log_addition

    def message_user(self, request: HttpRequest, message: Any, level: Any = messages.INFO, *_a: Any, **_k: Any) -> None:
        messages.add_message(request, level, _("Saved.") if level == messages.SUCCESS else message)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def record_for_post(self, request: HttpRequest, object_id: str) -> Any:
        """The record of one of the POST-only pages; 404 when there is none."""
        if request.method != "POST":
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        require_recent_sign_in(request)
        if (record := self.get_object(request, object_id)) is None:
            raise Http404
        return record
