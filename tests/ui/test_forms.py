"""Every form: label, hint and error belong to their control, mistakes are listed with links, what was typed stays."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string

from werkcontact.ui.dates import PartialDate
from werkcontact.ui.fields import DateField, PartialDateField
from werkcontact.ui.forms import DatedForm

TODAY = date(2026, 11, 24)


class Registration(DatedForm):
    surname = forms.CharField(label="Geslachtsnaam", help_text="Zoals in de BRP.", max_length=200)
    particle = forms.CharField(label="Voorvoegsel", max_length=10, required=False)
    born = PartialDateField(label="Geboortedatum")
    received = DateField(label="Ontvangen", allow_future=False)
    secret = forms.ChoiceField(
        label="Is het adres geheim?", choices=[("0", "Nee"), ("7", "Ja")], widget=forms.RadioSelect, help_text="Code 7."
    )
    agreed = forms.BooleanField(label="Toepassen zonder de foute regel")
    remark = forms.CharField(label="Opmerking", widget=forms.Textarea, required=False)
    after = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("surname") == "dubbel":
            raise forms.ValidationError("Deze persoon is al geregistreerd.")
        return self.cleaned_data


GOOD = {"surname": "De Jager", "born": "00-03-1980", "received": "v", "secret": "0", "agreed": "on"}


def drawn(form: forms.Form) -> str:
    return render_to_string("components/form.html", {"form": form, "submit": "Bewaar"})


def test_dates_come_out_as_what_was_meant() -> None:
    form = Registration(GOOD, today=TODAY)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == PartialDate(1980, 3, None)
    assert form.cleaned_data["received"] == TODAY


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("received", "25-11-2026", "Deze dag moet nog komen. Vul vandaag of een eerdere dag in."),
        ("received", "00-11-2026", "Vul de dag, de maand en het jaar in."),
        ("received", "31-2-1967", "31 februari 1967 bestaat niet."),
        ("born", "1-13-1980", "Maand 13 bestaat niet."),
        ("born", "1-3-80", "Schrijf het jaar met vier cijfers."),
        ("born", "ooit", "Schrijf een datum als 1-3-1980 of 1 maart 1980."),
        ("born", "32-00-1980", "Dag 32 bestaat niet in die maand."),
    ],
)
def test_a_wrong_date_says_why_and_stays_as_it_was_typed(field: str, typed: str, said: str) -> None:
    form = Registration({**GOOD, field: typed}, today=TODAY)
    assert form.errors[field] == [said]
    assert f'value="{typed}"' in drawn(form)


def test_a_stored_date_is_shown_the_dutch_way_and_counts_as_unchanged() -> None:
    form = Registration(
        {**GOOD, "received": "1 maart 2026"},
        today=TODAY,
        initial={"received": date(2026, 3, 1), "born": PartialDate(1980, 3, None)},
    )
    assert "received" not in form.changed_data
    assert "born" not in form.changed_data
    html = drawn(
        Registration(today=TODAY, initial={"received": date(2026, 3, 1), "born": PartialDate(1980, None, None)})
    )
    assert 'value="01-03-2026"' in html
    assert 'value="00-00-1980"' in html


def test_each_mistake_is_listed_with_a_link_to_its_control() -> None:
    html = drawn(Registration({"surname": "dubbel", "agreed": "on"}, today=TODAY))
    listed = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html)
    assert [target for target, _ in listed] == ["id_born", "id_received", "id_secret_0"]
    assert all(f'id="{target}"' in html for target, _ in listed)
    assert listed[2][1] == "Is het adres geheim: Dit veld is verplicht."
    assert "<li>Deze persoon is al geregistreerd.</li>" in html
    assert "Nog niet bewaard: 4 dingen kloppen niet" in html
    assert 'role="alert" tabindex="-1" id="errors" data-focus' in html


def test_a_form_that_was_not_sent_lists_no_mistakes() -> None:
    assert 'id="errors"' not in drawn(Registration(today=TODAY))


def test_hint_and_error_are_tied_to_their_control() -> None:
    html = drawn(Registration({}, today=TODAY))
    described = re.findall(r'aria-describedby="([^"]+)"', html)
    assert "id_surname_helptext id_surname_error" in described
    assert "id_secret_helptext id_secret_error" in described
    assert all(f'id="{one}"' in html for both in described for one in both.split())
    assert re.search(r'<input[^>]*name="surname"[^>]*aria-invalid="true"', html)


def test_every_control_has_its_label_and_groups_their_legend() -> None:
    html = drawn(Registration(today=TODAY))
    controls = re.findall(r'<(?:input|select|textarea)(?=[^>]*\bid="([^"]+)")(?![^>]*type="hidden")', html)
    assert controls
    assert all(f'for="{one}"' in html for one in controls)
    assert html.count("<fieldset") == html.count("<legend") == 1


def test_what_need_not_be_filled_in_says_so() -> None:
    html = drawn(Registration(today=TODAY))
    assert html.count("(hoeft niet)") == 2  # particle and remark; never the checkbox


def test_hidden_fields_are_sent_and_not_drawn() -> None:
    html = drawn(Registration(today=TODAY, initial={"after": "/clienten"}))
    assert '<input type="hidden" name="after" value="/clienten"' in html
    assert 'for="id_after"' not in html


def test_what_is_typed_is_shown_as_text_only() -> None:
    html = drawn(Registration({**GOOD, "born": '"><script>x</script>'}, today=TODAY))
    assert "<script>" not in html


def test_only_a_form_with_a_file_is_sent_in_parts() -> None:
    class Upload(forms.Form):
        file = forms.FileField(label="Bestand")

    assert 'enctype="multipart/form-data"' in drawn(Upload())
    assert "enctype" not in drawn(Registration(today=TODAY))


def test_fields_have_the_houses_look_and_a_width_that_fits() -> None:
    html = drawn(Registration(today=TODAY))
    assert re.search(r'name="particle"[^>]*class="utrecht-textbox utrecht-textbox--html-input wc-w-9"', html)
    assert re.search(r'name="remark"[^>]*class="utrecht-textarea[^"]* wc-w-full"', html)
