from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "portal.reviews"
    verbose_name = "报送层级"

    def ready(self) -> None:
        from portal.reviews import rules  # noqa: F401  (declares permissions)
