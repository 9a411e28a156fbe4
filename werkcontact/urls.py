"""Every URL of the house; each names its act (a system check holds it to that)."""

from __future__ import annotations

import allauth.urls
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from werkcontact.access.screens import Screen, only
from werkcontact.desk.health import health
from werkcontact.desk.home import home

_OPEN = Screen("account.manage", open_to_all=True)
_SIGN_IN = {
    "account_login": _OPEN,
    "account_logout": _OPEN,
    "account_signup": _OPEN,
    "account_inactive": _OPEN,
    "account_email": Screen("account.manage"),
    "account_change_password": Screen("account.manage"),
    "account_set_password": Screen("account.manage"),
    "account_reset_password": _OPEN,
    "account_reset_password_done": _OPEN,
    "account_reset_password_from_key": _OPEN,
    "account_reset_password_from_key_done": _OPEN,
    "account_reauthenticate": Screen("account.manage"),
    "mfa_authenticate": _OPEN,
    "mfa_reauthenticate": Screen("account.manage"),
    "mfa_index": Screen("account.manage"),
    "mfa_activate_totp": Screen("account.manage"),
    "mfa_view_recovery_codes": Screen("account.manage"),
    "mfa_generate_recovery_codes": Screen("account.manage"),
    "mfa_download_recovery_codes": Screen("account.manage"),
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("gezondheid", health, name="health"),
    path("inloggen/", include(only(allauth.urls.urlpatterns, _SIGN_IN))),
    path("clienten/", include("clients.web.urls")),
    path("beheer/", admin.site.urls),
]
