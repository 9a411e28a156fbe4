from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "werkcontact.office"
    label = "office"
