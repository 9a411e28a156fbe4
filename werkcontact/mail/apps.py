from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "werkcontact.mail"
    label = "mail"

    def ready(self) -> None:
        from werkcontact.mail import checks  # noqa: F401 - registers
