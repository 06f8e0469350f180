"""A planned piece of one of the five batches (任务), and the milestones by which it is measured."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from pilots.states.task import TaskState


class Task(models.Model):
    """``unit`` owns it; ``partners`` share in it, ``schools`` take part. ``start``–``due`` is its term, inclusive.

    ``goal`` things of ``goal_word`` (20 节课) are wanted where a figure is set; reached is what was confirmed of its
    outputs. Whether it is in time is computed (``pilots.progress``) and stored nowhere. ``handed_in_by`` asked for
    its confirmation: somebody else gives it.
    """

    batch = models.ForeignKey("pilots.Batch", models.PROTECT, related_name="tasks", verbose_name="批次")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="tasks", verbose_name="负责单位")
    state = models.CharField("状态", max_length=12, choices=TaskState, default=TaskState.PLANNED)
    title = models.CharField("任务名称", max_length=100)
    description = models.TextField("任务内容", blank=True, default="")
    start = models.DateField("开始日期")
    due = models.DateField("完成期限")
    goal = models.PositiveIntegerField("目标数量", null=True, blank=True)
    goal_word = models.CharField("计量单位", max_length=10, blank=True, default="")
    partners = models.ManyToManyField(
        "accounts.Unit", blank=True, related_name="tasks_as_partner", verbose_name="协同单位"
    )
    schools = models.ManyToManyField(
        "accounts.Unit", blank=True, related_name="tasks_as_school", verbose_name="参与学校"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField("确认完成日期", null=True)

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["state", "due"]), models.Index(fields=["unit", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due__gte=models.F("start")),
                name="task_due_after_start",
                violation_error_message="完成期限早于开始日期，请核对。",
            ),
            models.CheckConstraint(
                condition=models.Q(goal__isnull=True) | (models.Q(goal__gte=1) & ~models.Q(goal_word="")),
                name="task_goal_in_words",
                violation_error_message="目标数量至少为1，并请写明计量单位，如“节课”。",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=TaskState.DONE) | models.Q(done_on__isnull=False),
                name="done_task_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """One step of a task (节点): what, until when; ``done_on`` and ``evidence`` once done. Files are the task's."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones")
    what = models.CharField("节点内容", max_length=100)
    due = models.DateField("期限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    evidence = models.CharField("完成情况", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "节点"
        verbose_name_plural = "节点"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["due"], name="milestone_open", condition=models.Q(done_on=None))]

    def __str__(self) -> str:
        return self.what
