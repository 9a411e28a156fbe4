from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "dossiers"
    label = "dossiers"
    verbose_name = _("Dossiers")

    def ready(self) -> None:
        """Tell the gate about our records, the clients' pages about our tab, and be told of what opens."""
        from clients.involvements import on_opened
        from clients.notices import numbers_from, on_sent
        from clients.web.strip import dossier_numbers
        from clients.web.tabs import register_tab
        from dossiers import access  # noqa: F401 - importing registers them
        from dossiers.notices import file_notice
        from dossiers.opening import number_of, numbers_of, open_dossiers
        from dossiers.timeline import count_of

        on_opened(open_dossiers)
        dossier_numbers(number_of)
        numbers_from(numbers_of)
        on_sent(file_notice)
        register_tab("dossier", _("Dossier"), "document.list", "document.list", count_of)
