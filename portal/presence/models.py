"""Who has which text open just now. A row says so for a short while and is worth nothing afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Presence(models.Model):
    """``user`` had ``place`` (``bulletins.entry:12:words``) open at ``seen_at``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.CharField(max_length=80)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "在场"
        verbose_name_plural = "在场"
        constraints = [models.UniqueConstraint(fields=["place", "user"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.place}"
