from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "dossiers"
    label = "dossiers"
    verbose_name = _("Dossiers")

    def ready(self) -> None:
        from clients.involvements import on_opened
        from dossiers import access  # noqa: F401 - tells the gate about our records
        from dossiers.opening import open_dossiers

        on_opened(open_dossiers)
