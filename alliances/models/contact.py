"""Whom one calls on either side of a pair: posts and telephone numbers, no personal records."""

from __future__ import annotations

from django.db import models

from alliances.models.partnership import Partnership


class PartnershipContact(models.Model):
    """A contact of ``unit``, one of the two sides."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="contacts")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    post = models.CharField("部门和岗位", max_length=80)
    phone = models.CharField("电话", max_length=40, blank=True, default="")
    duty = models.CharField("负责事项", max_length=100, blank=True, default="")

    class Meta:
        verbose_name = "结对联系人"
        verbose_name_plural = "结对联系人"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.post
