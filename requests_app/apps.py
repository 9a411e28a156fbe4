"""Floor 3: the data subject's rights: requests, corrections, overviews, complaints, breaches."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "requests_app"
    label = "requests_app"
    verbose_name = _("Requests and complaints")

    def ready(self) -> None:
        """Tell the gate about requests, and which of them are a purpose to look into a file."""
        from requests_app import access  # noqa: F401 - importing registers them
