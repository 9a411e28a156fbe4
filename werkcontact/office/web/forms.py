"""The library's forms in the house's words, and the forms of one's own account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from django import forms
from django.utils.translation import gettext_lazy as _

from werkcontact.office.adapter import FactorAdapter
from werkcontact.staff.models import Staff
from werkcontact.ui.components import Text

_PASSWORD_RULES = _("At least 12 characters, and not one that many people use. A short sentence works well.")
_AS_THE_DEVICE = "system"
_CODE_HINT = _("6 digits. A new one comes every half minute.")
_CODE_OR_RECOVERY_HINT = _("6 digits from your app, or one of your recovery codes.")


class _OurWords:
    """Labels and hints of ours; no placeholder, which vanishes when one types and is hard to read."""

    labels: ClassVar[Mapping[str, Text]] = {}
    hints: ClassVar[Mapping[str, Text]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name == "code":
                field.widget.attrs.update({"inputmode": "numeric", "class": "wc-w-9 wc-code"})
            else:
                field.widget.attrs["class"] = "wc-w-full"


class SignInForm(_OurWords, account.LoginForm):  # type: ignore[misc]
    labels = {"login": _("E-mail address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(_OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": _("Password")}


class ChangePasswordForm(_OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    labels = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    hints = {"password1": _PASSWORD_RULES}


class SetPasswordForm(_OurWords, account.SetPasswordForm):  # type: ignore[misc]
    labels = {"password1": _("New password"), "password2": _("New password, once more")}
    hints = {"password1": _PASSWORD_RULES}


class ResetPasswordForm(_OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    labels = {"email": _("E-mail address")}


class ResetPasswordKeyForm(_OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    labels = {"password1": _("New password"), "password2": _("New password, once more")}
    hints = {"password1": _PASSWORD_RULES}


class CodeForm(_OurWords, factor.AuthenticateForm):  # type: ignore[misc]
    labels = {"code": _("Code from your app")}
    hints = {"code": _CODE_HINT}


class CodeAgainForm(_OurWords, factor.ReauthenticateForm):  # type: ignore[misc]
    labels = {"code": _("Code from your app")}
    hints = {"code": _CODE_OR_RECOVERY_HINT}


class SetUpFactorForm(_OurWords, ActivateTOTPForm):  # type: ignore[misc]
    labels = {"code": _("Code from your app")}
    hints = {"code": _CODE_HINT}

    def clean_code(self) -> str:
        """The code that set the app up counts as used: nobody signs in with it again."""
        code: str = super().clean_code()
        sealed = {"secret": FactorAdapter().encrypt(self.secret)}
        if not TOTP(Authenticator(user=self.user, type=Authenticator.Type.TOTP, data=sealed)).validate_code(code):
            raise FactorAdapter().validation_error("incorrect_code")
        return code


class DisplayForm(forms.Form):
    """One's own colours and keys."""

    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=[(theme.value or _AS_THE_DEVICE, theme.label) for theme in Staff.Theme],
        widget=forms.RadioSelect,
    )
    shortcuts_off = forms.BooleanField(label=_("Single keys do nothing (n, / and ?)"), required=False)

    @classmethod
    def of(cls, staff: Staff, data: Mapping[str, Any] | None) -> DisplayForm:
        """The form with what somebody has now."""
        return cls(data, initial={"theme": staff.theme or _AS_THE_DEVICE, "shortcuts_off": staff.shortcuts_off})

    def clean_theme(self) -> str:
        """As the device is kept as nothing."""
        return str(self.cleaned_data["theme"]).replace(_AS_THE_DEVICE, "")


class DeclarationForm(forms.Form):
    """The signature under the promise of secrecy."""

    promise = forms.BooleanField(
        label=_("I have read this and I promise it."),
        error_messages={"required": _("Tick this, or ask the management your questions first.")},
    )
