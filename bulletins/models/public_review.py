"""公开审查: the checklist that is gone through before an issue becomes public."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class ReviewItem(models.Model):
    """One thing to be checked. The office keeps the list; an item taken off stays where it was ticked."""

    periodical = models.ForeignKey("bulletins.Periodical", models.CASCADE, related_name="review_items")
    text = models.CharField("审查事项", max_length=100)
    order = models.PositiveSmallIntegerField("排列顺序", default=0)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "公开审查事项"
        verbose_name_plural = "公开审查事项"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["periodical", "text"], name="review_item_once")]

    def __str__(self) -> str:
        return self.text


class ReviewTick(models.Model):
    """Who has checked an item for an issue, and when."""

    issue = models.ForeignKey("bulletins.Issue", models.CASCADE, related_name="review_ticks")
    item = models.ForeignKey(ReviewItem, models.PROTECT, related_name="ticks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "公开审查记录"
        verbose_name_plural = "公开审查记录"
        ordering = ["item__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "item"], name="review_tick_once")]

    def __str__(self) -> str:
        return f"{self.issue} {self.item}"
