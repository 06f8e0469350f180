"""What waits for whom. Rows are written by the mutator only, in the transaction that changes the state."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from portal.accounts.roles import Role

#: What has a day by which it must be done comes first, then what has waited longest.
MOST_URGENT_FIRST: list[models.OrderBy | str] = [models.F("due").asc(nulls_last=True), "since", "pk"]


class Waiting(models.Model):
    """One thing that waits for the holders of ``role`` in ``unit``, or for one ``user``."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    unit = models.ForeignKey("accounts.Unit", models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=30, choices=Role, blank=True, default="")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    title = models.CharField("事项", max_length=200)
    what = models.CharField("要做什么", max_length=40)
    url = models.CharField(max_length=200)
    since = models.DateTimeField("自", db_default=Now())
    due = models.DateField("截止", null=True)

    class Meta:
        verbose_name = "待办"
        verbose_name_plural = "待办"
        ordering = MOST_URGENT_FIRST
        indexes = [models.Index(fields=["unit", "role"]), models.Index(fields=["content_type", "object_id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | (models.Q(unit__isnull=False) & ~models.Q(role="")),
                name="waiting_for_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}：{self.title}"

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

    #: With whom all rows that wait for the same lie, where that was looked up (queries.opened_by).
    lies_with: str = ""

    @property
    def holder(self) -> str:
        """With whom it lies: a person by name, or a post in a unit."""
        if self.lies_with:
            return self.lies_with
        if self.user is not None:
            return str(self.user)
        return f"{self.unit.label if self.unit else ''} · {self.get_role_display()}"
