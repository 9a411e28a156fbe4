from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "werkcontact.letters"
    label = "letters"
