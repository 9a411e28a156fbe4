"""The directie's admin: only the pages that a ModelAdmin of ours names have a URL, each under its act."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from werkcontact.access.screens import Screen, only

_SITE_SCREENS = {
    "index": Screen("jobs.view", kind="list"),
    "app_list": Screen("jobs.view"),
    "password_change": Screen("account.manage"),
    "logout": Screen("account.manage"),
}


class DirectorSite(AdminSite):
    """Behind the house's own sign-in; whoever may not enter gets the house's own answer."""

    site_header = site_title = _("Werkcontact for the management")
    index_title = _("What waits and what is late")
    final_catch_all_view = False
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """The door (access.middleware) has judged each page by its act; here only: somebody is signed in."""
        return getattr(request, "actor", None) is not None

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]  # Django's pages answer through a template
        """The house's own page: Django's would ask for no second factor and write beside the acts."""
        return redirect("account_change_password")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]  # likewise
        """The house's own page."""
        return redirect("account_logout")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take only what names its screens: no page of another package (they show secrets and go round the acts)."""
        if hasattr(admin_class, "screens"):
            super().register(model_or_iterable, admin_class, **options)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page: what waits, what is late, and whether the house runs."""
        from werkcontact.desk import director  # this site is made while the apps are still loading

        actor = request.actor  # type: ignore[attr-defined]  # ScreenMiddleware put it there
        return super().index(request, {**director.page(actor), **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        screens = dict(_SITE_SCREENS)
        for model, model_admin in self._registry.items():
            for verb, mark in model_admin.screens.items():  # type: ignore[attr-defined]  # see register
                screens[f"{model._meta.app_label}_{model._meta.model_name}_{verb}"] = mark
        return only(super().get_urls(), screens)
