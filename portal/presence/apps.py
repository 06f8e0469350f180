from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "portal.presence"
    verbose_name = "在场"
