"""Django's entry for the data keys, the only app whose tables live in the database `keys`."""

from __future__ import annotations

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Data keys."""

    name = "werkcontact.vault.keys"
    label = "keys"
