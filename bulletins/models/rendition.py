"""A compiled file of an issue: a proof, or the one final PDF."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Rendition(models.Model):
    """What a compile made. ``content_digest`` says of exactly which words; ``sha256`` is the file's hash.

    ``entry_pages`` maps an entry's key to the page it starts on; page pictures of a proof lie beside
    the file. ``positions`` says where every entry's lines stand: page (from 1) → rows of entry key, left, top,
    width, height, all in fractions of the page. An issue has one final rendition, and the
    database refuses to change it (migration 0002).
    """

    class Kind(models.TextChoices):
        PROOF = "proof", "校样"
        FINAL = "final", "正式文件"

    issue = models.ForeignKey("bulletins.Issue", models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=10, choices=Kind)
    job = models.OneToOneField("jobs.Job", models.PROTECT, null=True, related_name="rendition")
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    content_digest = models.CharField(max_length=64)
    entry_pages = models.JSONField(default=dict)
    positions = models.JSONField(default=dict)
    missing_characters = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue"], condition=models.Q(kind="final"), name="one_final_rendition")
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.get_kind_display()}"
