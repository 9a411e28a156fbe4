"""Art. 11.1: no letter goes out with the address of the example: `check --deploy` says so."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

_EXAMPLE = "Voorbeeldstraat 1"


@register(Tags.security, deploy=True)
def letters_name_the_controller(**_kwargs: Any) -> list[CheckMessage]:
    """Warn while the controller is still that of the example."""
    if settings.CONTROLLER["address"] != _EXAMPLE:
        return []
    text = "Letters name the address of the example as the controller's."
    return [Warning(text, hint="Set the CONTROLLER_ variables; .env.example names them.", id="mail.W001")]
