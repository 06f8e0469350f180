"""An item of the work list (列清单, 工作清单) of a pair or of the whole alliance."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from alliances.models.agreement import Commitment
from alliances.models.partnership import Partnership
from alliances.states.work_item import OPEN, WorkItemState


class WorkItemSource(models.TextChoices):
    """Where an item comes from; the decision of a meeting points at its item, not the other way round."""

    LIST = "list", "工作清单"
    COMMITMENT = "commitment", "协议承诺"
    MEETING = "meeting", "会议决定"


class WorkItem(models.Model):
    """What somebody has to do until a day. ``partnership`` empty means that the whole alliance agreed on it.

    ``owner`` is the unit that has to do it, ``owner_post`` who there, as text. ``result`` says what came of it.
    """

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="work_items", verbose_name="结对"
    )
    source = models.CharField("来源", max_length=12, choices=WorkItemSource, default=WorkItemSource.LIST)
    commitment = models.OneToOneField(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="work_item", verbose_name="协议承诺"
    )
    state = models.CharField("状态", max_length=10, choices=WorkItemState, default=WorkItemState.TODO)
    title = models.CharField("事项", max_length=200)
    detail = models.TextField("具体要求", blank=True, default="")
    owner = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="work_items", verbose_name="责任单位")
    owner_post = models.CharField("责任人岗位", max_length=60, blank=True, default="")
    due = models.DateField("完成时限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    result = models.TextField("完成情况", blank=True, default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "工作事项"
        verbose_name_plural = "工作清单"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["partnership", "due"]), models.Index(fields=["owner", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=WorkItemState.DONE, done_on__isnull=False)
                | (~models.Q(state=WorkItemState.DONE) & models.Q(done_on__isnull=True)),
                name="done_work_item_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def list_name(self) -> str:
        """On whose list it stands: a pair's, that of a meeting without a pair, or the alliance's."""
        decision = getattr(self, "decision", None)
        return str(self.partnership or (decision.meeting if decision else "联盟"))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Open after its due date, or done after it."""
        return self.days_late > 0

    @property
    def days_late(self) -> int:
        """Days by which it is or was late; 0 in time, and for what was cancelled."""
        until: date | None = timezone.localdate() if self.is_open else self.done_on
        return max((until - self.due).days, 0) if until else 0
