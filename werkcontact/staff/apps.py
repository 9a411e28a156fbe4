from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "werkcontact.staff"
    label = "staff"
