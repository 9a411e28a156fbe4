from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "werkcontact.demo"
    label = "demo"
