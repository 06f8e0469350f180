"""States of an activity."""

from __future__ import annotations

from django.db import models


class ActivityState(models.TextChoices):
    """A draft is still being written; recorded facts survive the return or decline of their report."""

    DRAFT = "draft", "草稿"
    RECORDED = "recorded", "已登记"
    WITHDRAWN = "withdrawn", "已撤销"
