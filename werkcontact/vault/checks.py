"""Art. 16: what `manage.py check` says about the vault before anything is kept in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

from werkcontact.vault import file_types, master


@register(Tags.security, deploy=True)
def master_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Refuse a master key that is missing, damaged or readable by others."""
    try:
        master.current()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="vault.E001")]
    return []


@register(Tags.security)
def libmagic(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Say so when uploaded files are judged by their first bytes alone."""
    if file_types.libmagic_loaded():
        return []
    return [
        Warning(
            "libmagic cannot be loaded: the kind of uploaded files is judged by their first bytes only.",
            hint="Install the pylibmagic wheel or the system's libmagic.",
            id="vault.W001",
        )
    ]
