"""Words that the office keeps an eye on: not to be printed, to be replaced, set phrases that may be struck."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class HouseWord(models.Model):
    """One line of the office's list (用词表).

    A ``replaced`` word has what stands instead in ``replacement``; a ``forbidden`` one has nothing. A
    ``set_phrase`` opens a clause that may be struck as a whole (``replacement`` empty) or be said shorter.
    ``note`` tells editors why.
    """

    class Kind(models.TextChoices):
        FORBIDDEN = "forbidden", "禁用词"
        REPLACED = "replaced", "替换词"
        SET_PHRASE = "set_phrase", "套话"

    kind = models.CharField("类别", max_length=12, choices=Kind)
    word = models.CharField("词语", max_length=60)
    replacement = models.CharField("改为", max_length=60, blank=True, default="")
    note = models.CharField("说明", max_length=200, blank=True, default="")
    is_active = models.BooleanField("在用", default=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField("修改时间", db_default=Now())

    class Meta:
        verbose_name = "用词"
        verbose_name_plural = "用词"
        ordering = ["kind", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "word"], name="house_word_once", violation_error_message="这个词已在同一类别中。"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="replaced", replacement=""),
                name="replaced_word_has_replacement",
                violation_error_message="替换词要写明改为什么。",
            ),
        ]

    def __str__(self) -> str:
        return self.word
