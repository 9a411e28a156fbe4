from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "werkcontact.access"
    label = "access"
