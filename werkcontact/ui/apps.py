"""Application config of the user interface's building blocks; it has no models."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "werkcontact.ui"
    label = "ui"
