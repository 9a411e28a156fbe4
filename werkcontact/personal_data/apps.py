from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    name = "werkcontact.personal_data"
    label = "personal_data"
