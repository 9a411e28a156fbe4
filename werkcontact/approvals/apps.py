from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "werkcontact.approvals"
    label = "approvals"
