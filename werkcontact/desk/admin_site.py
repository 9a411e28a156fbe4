"""The directie's admin: only the pages that a ModelAdmin names have a URL, each under its act."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from werkcontact.access import may
from werkcontact.access.screens import Screen, only

_SITE_SCREENS = {
    "index": Screen("jobs.view"),
    "app_list": Screen("jobs.view"),
    "password_change": Screen("account.manage", open_to_all=True),
    "logout": Screen("account.manage", open_to_all=True),
}


class DirectorSite(AdminSite):
    """Behind the house's own sign-in; whoever may not enter gets the house's own answer."""

    site_header = site_title = _("Werkcontact for the management")
    index_title = _("What waits and what is late")
    final_catch_all_view = False
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        actor = getattr(request, "actor", None)
        return actor is not None and may(actor, "jobs.view")

    def get_urls(self) -> list[Any]:
        screens = dict(_SITE_SCREENS)
        for model, model_admin in self._registry.items():
            for verb, mark in getattr(model_admin, "screens", {}).items():
                screens[f"{model._meta.app_label}_{model._meta.model_name}_{verb}"] = mark
        return only(super().get_urls(), screens)
