"""One look for every form: label, hint, error and control in one order, errors listed on top with links."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from werkcontact.ui.fields import DateField

_TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
_SELECT = "utrecht-select utrecht-select--html-select"
_TEXTAREA = "utrecht-textarea utrecht-textarea--html-textarea"
_WIDTHS = ((5, "wc-w-5"), (10, "wc-w-9"), (20, "wc-w-14"))


class HouseField(BoundField):
    """A bound field that knows how components/field.html draws it."""

    @property
    def is_single_choice(self) -> bool:
        """One checkbox, whose label stands behind it."""
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @property
    def says_optional(self) -> bool:
        """What need not be filled in says so; a single checkbox never does."""
        return not self.field.required and not self.is_single_choice and not self.field.disabled

    @property
    def in_a_row(self) -> bool:
        """Two or three short choices stand side by side."""
        options = self.subwidgets if self.use_fieldset else []
        return 0 < len(options) <= 3 and all(len(str(option.choice_label)) <= 24 for option in options)

    @property
    def anchor(self) -> str:
        """The id that an error links to: the control, or the first of a group."""
        if self.use_fieldset:
            return str(self.subwidgets[0].id_for_label) if self.subwidgets else ""
        return str(self.id_for_label or self.auto_id)

    @property
    def label_in_list(self) -> str:
        """The label before an error's words; a question loses its mark."""
        return str(self.label).rstrip("?:")

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for a group's fieldset."""
        ids = [f"{self.auto_id}_helptext"] if self.help_text else []
        return " ".join([*ids, f"{self.auto_id}_error"] if self.errors else ids)

    def control(self) -> str:
        """The control with the house's classes; a class set on the widget is kept."""
        return self.as_widget(attrs={"class": " ".join(filter(None, self._classes()))})

    def _classes(self) -> list[str]:
        widget = self.field.widget
        own = str(widget.attrs.get("class", ""))
        if isinstance(widget, widgets.CheckboxInput) or self.use_fieldset:
            return [own]
        if isinstance(widget, widgets.Select):
            return [_SELECT, "utrecht-select--invalid" if self.errors else "", own]
        if isinstance(widget, widgets.Textarea):
            return [_TEXTAREA, "utrecht-textarea--invalid" if self.errors else "", own or "wc-w-full"]
        return [_TEXTBOX, "utrecht-textbox--invalid" if self.errors else "", own or self._width()]

    def _width(self) -> str:
        """As wide as what is expected, where the field says how long that is."""
        longest = getattr(self.field, "typed_length", None) or getattr(self.field, "max_length", None)
        return next((css for length, css in _WIDTHS if longest and longest <= length), "")


class Renderer(TemplatesSetting):
    """FORM_RENDERER: forms, fields and error lists through the project's own templates."""

    form_template_name = "components/form_fields.html"
    field_template_name = "components/field.html"
    bound_field_class = HouseField


class DatedForm(forms.Form):
    """A form with date fields; `today` (Europe/Amsterdam) tells them what vandaag and gisteren are."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = today
