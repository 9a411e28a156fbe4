from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "werkcontact.numbers"
    label = "numbers"
