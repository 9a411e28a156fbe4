from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AppConfig):
    name = "werkcontact.desk"
    label = "desk"


class DirectorAdminConfig(AdminConfig):
    default_site = "werkcontact.desk.admin_site.DirectorSite"
