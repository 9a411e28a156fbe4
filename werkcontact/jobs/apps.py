from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "werkcontact.jobs"
    label = "jobs"
