"""A certificate that a report was printed (采用证明)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Certificate(models.Model):
    """The one certificate of a printed report; made again it is the same.

    ``content`` is what it says, as it was when it was asked for (``layout.certificate.CertificateContent``
    as JSON): later names of the unit change nothing in it. The file's fields are empty until it is made.
    """

    submission = models.OneToOneField("bulletins.Submission", models.PROTECT, related_name="certificate")
    token = models.CharField(max_length=32, unique=True, editable=False)
    content = models.JSONField(editable=False)
    job = models.OneToOneField("jobs.Job", models.PROTECT, null=True, related_name="certificate")
    file = models.CharField(max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "采用证明"
        verbose_name_plural = "采用证明"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"采用证明：{self.submission}"
