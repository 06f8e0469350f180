"""The bulletin as a series: its masthead, sections and way of numbering. All of it is data."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.roles import UnitKind


class Periodical(models.Model):
    """A periodical (刊物). Imprint lines are what a new issue starts from; each issue keeps its own.

    ``usual_pages`` is the budget of pages that the desk holds an issue in the making against.
    """

    programme = models.ForeignKey("accounts.Programme", models.PROTECT, related_name="periodicals")
    masthead = models.CharField("报头", max_length=100)
    title = models.CharField("刊名", max_length=30)
    office = models.CharField("编印单位", max_length=100)
    report_to = models.CharField("报", max_length=300, blank=True, default="")
    copy_to = models.CharField("送", max_length=300, blank=True, default="")
    usual_pages = models.PositiveSmallIntegerField("通常页数", default=8)
    ranks_units = models.BooleanField("统计台账显示名次", default=False)

    class Meta:
        verbose_name = "刊物"
        verbose_name_plural = "刊物"

    def __str__(self) -> str:
        return self.title


class NumberingScheme(models.Model):
    """How issues dated ``since`` or later are numbered, until the next scheme begins.

    S0 counts within the year (〔2023〕第2期), S1 counts on (第16期). ``label`` is the printed form with
    ``{year}`` and ``{number}``.
    """

    class Style(models.TextChoices):
        YEARLY = "yearly", "每年从第1期起"
        CONTINUOUS = "continuous", "连续编号"

    periodical = models.ForeignKey(Periodical, models.CASCADE, related_name="schemes")
    since = models.DateField("自")
    style = models.CharField("编号方式", max_length=12, choices=Style)
    label = models.CharField("印刷样式", max_length=30)

    class Meta:
        verbose_name = "期号规则"
        verbose_name_plural = "期号规则"
        ordering = ["-since"]
        constraints = [models.UniqueConstraint(fields=["periodical", "since"], name="scheme_once_a_day")]

    def __str__(self) -> str:
        return f"{self.since} {self.get_style_display()}"

    def year_of(self, day: date) -> int | None:
        """The year that belongs to a number given for ``day``: None where numbers count on."""
        return day.year if self.style == self.Style.YEARLY else None

    def print_label(self, number: int, year: int | None) -> str:
        return self.label.format(number=number, year=year)


class NumberCounter(models.Model):
    """The last number given, per year (0 where numbers count on). The row is locked while one is given."""

    periodical = models.ForeignKey(Periodical, models.CASCADE, related_name="counters")
    year = models.PositiveSmallIntegerField("年", default=0)
    last = models.PositiveIntegerField("已编至", default=0)

    class Meta:
        verbose_name = "期号"
        verbose_name_plural = "期号"
        constraints = [models.UniqueConstraint(fields=["periodical", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.year or ''} {self.last}"


class Section(models.Model):
    """A section (栏目); reports of units of ``unit_kinds`` go here by default."""

    periodical = models.ForeignKey(Periodical, models.CASCADE, related_name="sections")
    name = models.CharField("名称", max_length=20)
    order = models.PositiveSmallIntegerField("排列顺序")
    unit_kinds = ArrayField(
        models.CharField(max_length=20, choices=UnitKind),
        default=list,
        blank=True,
        verbose_name="收录单位类别",
    )

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["periodical", "name"], name="section_once")]

    def __str__(self) -> str:
        return self.name
