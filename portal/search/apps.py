from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "portal.search"
    verbose_name = "查找"

    def ready(self) -> None:
        from portal.search import attachments, jobs  # noqa: F401  (both fill registries)
        from portal.search.triggers import install

        post_migrate.connect(install, sender=self, dispatch_uid="triggers of the search index")
