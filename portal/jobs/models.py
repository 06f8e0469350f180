"""Work as rows. The row is the truth, the message that wakes a worker is a hint."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class JobState(models.TextChoices):
    QUEUED = "queued", "等待中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未成功"


class Job(models.Model):
    """One piece of work. ``key`` makes asking twice the same as asking once.

    ``lease_until`` is how long the worker that claimed it may take; ``progress`` is 0–100; ``step`` and
    ``error`` are sentences for people. ``attempts`` doubles as the token of the worker that holds it.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=60, blank=True, default="")
    error = models.TextField(blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    woken_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "后台任务"
        verbose_name_plural = "后台任务"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["state", "lease_until"],
                name="job_open",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)
