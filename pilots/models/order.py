"""What became of a need: the activity in which a university met it. Links point down from the facts."""

from __future__ import annotations

from django.db import models


class NeedActivity(models.Model):
    """A need and an activity that met it; one activity may meet several needs."""

    need = models.ForeignKey("alliances.Need", models.CASCADE, related_name="activity_links")
    activity = models.ForeignKey("pilots.Activity", models.PROTECT, related_name="need_links", verbose_name="活动")

    class Meta:
        verbose_name = "需求与活动"
        verbose_name_plural = "需求与活动"
        constraints = [models.UniqueConstraint(fields=["need", "activity"], name="need_activity_once")]

    def __str__(self) -> str:
        return f"{self.need} → {self.activity}"
