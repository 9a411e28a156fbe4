from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    name = "clients"
    verbose_name = _("Principals and deliveries")

    def ready(self) -> None:
        from clients import access  # noqa: F401 - tells the gate about our records
        from clients.web.tabs import register_tab

        register_tab("overview", _("Overview"), "registration.view", "registration.view")
