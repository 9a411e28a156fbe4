from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "werkcontact.rulebook"
    label = "rulebook"
