from typing import Any

from django.apps import AppConfig
from django.db import models
from django.db.models.signals import post_delete


class FilesConfig(AppConfig):
    name = "portal.files"
    verbose_name = "附件"

    def ready(self) -> None:
        post_delete.connect(forget_files, dispatch_uid="files of a deleted owner")


def forget_files(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """The owner is deleted: its files follow it."""
    from portal.files.registry import is_registered
    from portal.files.services import forget_owner

    if is_registered(sender):
        forget_owner(instance)
