from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "werkcontact.mail"
    label = "mail"
