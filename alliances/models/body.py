"""Joint bodies: an organisation that several units founded together to carry a cooperation (S4: 改革中心)."""

from __future__ import annotations

from django.db import models


class JointBody(models.Model):
    """A joint body. ``other_founders`` are no units of the portal, ``leads`` are posts; both as text."""

    name = models.CharField("名称", max_length=100, unique=True)
    founders = models.ManyToManyField("accounts.Unit", related_name="joint_bodies", verbose_name="发起单位")
    other_founders = models.CharField("其他发起单位", max_length=300, blank=True, default="")
    leads = models.CharField("负责人（职务）", max_length=300, blank=True, default="")
    since = models.DateField("成立日期")
    duties = models.TextField("职责", blank=True, default="")

    class Meta:
        verbose_name = "联合机构"
        verbose_name_plural = "联合机构"
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return self.name
