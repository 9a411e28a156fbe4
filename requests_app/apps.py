"""Floor 3: the data subject's rights: requests, corrections, overviews, complaints, breaches."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "requests_app"
    label = "requests_app"
    verbose_name = _("Requests and complaints")

    def ready(self) -> None:
        """Tell the gate about requests and the purpose that each is; spare the notes that they ask for."""
        from dossiers.work_notes import spare
        from requests_app import access  # noqa: F401 - importing registers them
        from requests_app.collecting import notes_asked_for

        spare(notes_asked_for)
