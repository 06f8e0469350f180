"""Who really receives an issue (发送范围), kept apart from the wording of its imprint, and who confirmed it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class ReaderGroup(models.TextChoices):
    """Readers that are named as a group; who belongs to it is looked up when an issue is printed."""

    COUNTIES = "counties", "全部县（市、区）"
    PAIRED_COUNTIES = "paired_counties", "已结对的县（市、区）"
    UNIVERSITIES = "universities", "全部联盟高校"
    PREFECTURES = "prefectures", "全部设区市"
    SCHOOLS = "schools", "全部学校（园）"
    PARTNERS = "partners", "全部合作单位"
    LEADERS = "leaders", "全体领导（呈阅）"


class ReadershipLine(models.Model):
    """One line of the list that every issue of a periodical starts from: a group, a unit, or a leader."""

    periodical = models.ForeignKey("bulletins.Periodical", models.CASCADE, related_name="readership")
    group = models.CharField("范围", max_length=20, choices=ReaderGroup, blank=True, default="")
    unit = models.ForeignKey("accounts.Unit", models.CASCADE, null=True, related_name="+", verbose_name="单位")
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = "默认发送范围"
        verbose_name_plural = "默认发送范围"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True, leader__isnull=True) & ~models.Q(group="")
                | models.Q(group="", unit__isnull=False, leader__isnull=True)
                | models.Q(group="", unit__isnull=True, leader__isnull=False),
                name="readership_line_names_one",
            ),
            models.UniqueConstraint(
                fields=["periodical", "group", "unit", "leader"], nulls_distinct=False, name="readership_line_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_group_display() if self.group else str(self.unit or self.leader)


class Delivery(models.Model):
    """One recipient of an issue: a unit, which may confirm (签收), or a leader, who is only shown it (呈阅).

    Until ``sent_at`` it is a line of a list that the office edits; from then on it opens the issue to its
    recipient and stays. ``read_at`` is when somebody of the recipient first opened the issue.
    """

    issue = models.ForeignKey("bulletins.Issue", models.CASCADE, related_name="deliveries")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="deliveries")
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="deliveries")
    sent_at = models.DateTimeField("发送时间", null=True)
    read_at = models.DateTimeField("首次阅读时间", null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "发送"
        verbose_name_plural = "发送"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, leader__isnull=True)
                | models.Q(unit__isnull=True, leader__isnull=False),
                name="delivery_to_one",
            ),
            models.UniqueConstraint(fields=["issue", "unit", "leader"], nulls_distinct=False, name="delivered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.issue} → {self.unit or self.leader}"


class Receipt(models.Model):
    """签收: a unit's own word that the issue has arrived. Optional; nothing depends on it."""

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="receipt")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("签收时间", db_default=Now())
    remark = models.CharField("备注", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "签收"
        verbose_name_plural = "签收"

    def __str__(self) -> str:
        return f"{self.delivery} {self.by}"
