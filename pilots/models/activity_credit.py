"""Which units an activity counts for; and what it is linked with."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now

from pilots.models.activity import Activity


class ActivityCredit(models.Model):
    """An activity counts for each unit that took part in it, and for all that stood above these on its first day.

    Derived (``services.activity_credit`` writes it, and can make it again from scratch): only what counts has rows,
    each event once, the partners of both sides' records together. ``is_direct`` is who took part itself.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="credits")
    unit = models.ForeignKey("accounts.Unit", models.CASCADE, related_name="activity_credits", verbose_name="单位")
    start = models.DateField("开始日期")
    is_direct = models.BooleanField("直接参与")

    class Meta:
        verbose_name = "活动计入单位"
        verbose_name_plural = "活动计入单位"
        constraints = [models.UniqueConstraint(fields=["activity", "unit"], name="activity_credited_once")]
        indexes = [models.Index(fields=["unit", "start"])]

    def __str__(self) -> str:
        return f"{self.unit_id}"


class ActivityLink(models.Model):
    """An activity is evidence of something: a partnership, a work item, a need, a meeting, a task, a community.

    Apps say through ``pilots.linking`` what can be linked and who may link it.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="links")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "活动关联"
        verbose_name_plural = "活动关联"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "content_type", "object_id"], name="activity_linked_once")
        ]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.content_type_id}:{self.object_id}"
