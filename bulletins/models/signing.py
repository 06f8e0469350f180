"""How a report was signed before it left its unit, and links by which somebody signs without signing in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class SignOff(models.Model):
    """One sign-off of the words with ``digest`` (``services.signing.words_digest``); the latest one counts.

    ``name`` is who signed, ``signed_on`` the day, on paper as written there; ``by`` is who brought it about in
    the portal. The scan of a signed page is an attachment of this row.
    """

    class Way(models.TextChoices):
        PORTAL = "portal", "在系统中同意"
        LINK = "link", "经一次性链接同意"
        PAPER = "paper", "线下签批"
        OFFICER = "officer", "信息员核报"
        ALONE = "alone", "本单位仅一人在岗，自行报送"
        FOR_SCHOOL = "for_school", "上级单位代写"

    submission = models.ForeignKey("bulletins.Submission", models.CASCADE, related_name="sign_offs")
    way = models.CharField("签批方式", max_length=20, choices=Way)
    name = models.CharField("签批人", max_length=50)
    signed_on = models.DateField("签批日期")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "签批"
        verbose_name_plural = "签批"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.name}"


class SignLink(models.Model):
    """An address that lets ``approver`` answer once for exactly these words; only its token's hash is kept."""

    submission = models.ForeignKey("bulletins.Submission", models.CASCADE, related_name="sign_links")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审核人")
    token_hash = models.CharField(max_length=64, unique=True)
    title = models.CharField("标题", max_length=200)
    text = models.TextField("正文")
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("生成时间", db_default=Now(), editable=False)
    expires_at = models.DateTimeField("有效至")
    used_at = models.DateTimeField("使用时间", null=True)
    revoked_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "一次性链接"
        verbose_name_plural = "一次性链接"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.submission}（{self.approver}）"
