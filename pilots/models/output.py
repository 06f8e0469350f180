"""Things with names that come of the tasks (成果): one model for all kinds, the kinds' own fields are data."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from pilots.states.output import OutputState


class OutputKind(models.Model):
    """A kind of output. ``measure_word`` counts it (所, 名, 门). ``about`` says what its name is ("课程名称").

    ``fields`` lists what only this kind has: ``{"name", "label", "required", "personal", "choices"}`` each; personal
    ones, and its name where ``names_person``, are public only where the unit has chosen so.
    """

    batch = models.ForeignKey("pilots.Batch", models.PROTECT, null=True, blank=True, related_name="output_kinds")
    code = models.CharField("编码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=30, unique=True)
    measure_word = models.CharField("量词", max_length=5)
    about = models.CharField("名称栏的标题", max_length=20)
    fields = models.JSONField("专有栏目", default=list, blank=True)
    names_person = models.BooleanField("名称是人名", default=False)
    order = models.PositiveSmallIntegerField("排列顺序")
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "成果类型"
        verbose_name_plural = "成果类型"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Output(models.Model):
    """One output of ``unit``, by itself or from a ``task``. ``day`` is when it came to be.

    ``school`` is where it is (a quality school, a teacher's school, an internship base). ``people`` are its authors or
    members as text. ``data`` holds the kind's own fields, checked against ``kind.fields`` on the way in.
    ``shows_people`` is the unit's choice that names of persons may be public. ``proposed_by`` does not confirm it.
    """

    kind = models.ForeignKey(OutputKind, models.PROTECT, related_name="outputs", verbose_name="类型")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="outputs", verbose_name="单位")
    task = models.ForeignKey(
        "pilots.Task", models.PROTECT, null=True, blank=True, related_name="outputs", verbose_name="所属任务"
    )
    state = models.CharField("状态", max_length=12, choices=OutputState, default=OutputState.PROPOSED)
    name = models.CharField("名称", max_length=100)
    day = models.DateField("形成日期")
    school = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="outputs_at", verbose_name="所在学校"
    )
    subject = models.CharField("学科或领域", max_length=30, blank=True, default="")
    people = models.CharField("作者或成员", max_length=300, blank=True, default="")
    link = models.URLField("链接", max_length=500, blank=True, default="")
    data = models.JSONField("专有内容", default=dict, blank=True)
    shows_people = models.BooleanField("公开时显示人名", default=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "成果"
        verbose_name_plural = "成果"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["kind", "state", "day"]), models.Index(fields=["unit", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "name", "school"],
                condition=~models.Q(state=OutputState.WITHDRAWN),
                nulls_distinct=False,
                name="output_once",
                violation_error_message="本单位已报过同名的同类成果，请核对；如需修改，请打开原来的成果。",
            )
        ]

    def __str__(self) -> str:
        return self.name
