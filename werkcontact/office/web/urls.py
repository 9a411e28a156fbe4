"""Signing in (of allauth only what is named here) and one's own account."""

from __future__ import annotations

import allauth.urls
from django.urls import URLPattern, URLResolver, include, path

from werkcontact.access.screens import Screen, only
from werkcontact.office.web import views

_OPEN = Screen("account.manage", open_to_all=True)
_OWN = Screen("account.manage")
SIGN_IN = {
    "account_login": _OPEN,
    "account_logout": _OPEN,
    "account_inactive": _OPEN,
    "account_change_password": _OWN,
    "account_set_password": _OWN,
    "account_reset_password": _OPEN,
    "account_reset_password_done": _OPEN,
    "account_reset_password_from_key": _OPEN,
    "account_reset_password_from_key_done": _OPEN,
    "account_reauthenticate": _OWN,
    "mfa_authenticate": _OPEN,
    "mfa_reauthenticate": _OWN,
    "mfa_index": _OWN,
    "mfa_view_recovery_codes": _OWN,
    "mfa_generate_recovery_codes": _OWN,
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("mijn-gegevens/", views.account, name="account.manage"),
    path("geheimhouding/", views.declaration, name="declaration.record"),
    path("inloggen/verder/", views.kept_form, name="account_continue"),
    path("inloggen/2fa/totp/activate/", views.set_up_factor, name="mfa_activate_totp"),
    path("inloggen/2fa/totp/deactivate/", views.take_factor_away, name="mfa_deactivate_totp"),
    path("inloggen/", include(only(allauth.urls.urlpatterns, SIGN_IN))),
]
