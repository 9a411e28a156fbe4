"""Django's entry for the vault itself (default database)."""

from __future__ import annotations

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Stored files and erasable texts."""

    name = "werkcontact.vault"
    label = "vault"

    def ready(self) -> None:
        """Register the vault's system checks."""
        from werkcontact.vault import checks  # noqa: F401 - importing registers them
