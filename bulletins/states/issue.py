"""States of an issue, and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class IssueState(models.TextChoices):
    """DOMAIN.md, states of an issue."""

    EDITING = "editing", "编辑中"
    PROOFING = "proofing", "校对中"
    AWAITING_REVIEW = "awaiting_review", "待审核"
    AWAITING_SIGNATURE = "awaiting_signature", "待签发"
    SIGNED = "signed", "已签发"
    PRINTED = "printed", "已印发"
    PUBLISHED = "published", "已公开"
    CORRECTED = "corrected", "已更正"
    VOIDED = "voided", "已作废"


I = IssueState  # noqa: E741

#: The words of an issue may still change.
OPEN_ISSUE = frozenset({I.EDITING, I.PROOFING})
#: The content is frozen and the number given.
NUMBERED_ISSUE = frozenset({I.SIGNED, I.PRINTED, I.PUBLISHED, I.CORRECTED, I.VOIDED})
#: Once published, an issue stays to be found; a voided one without its file (``published_at`` says which were).
PUBLIC_ISSUE = frozenset({I.PUBLISHED, I.CORRECTED, I.VOIDED})
#: What is printed and holds good.
IN_FORCE_ISSUE = frozenset({I.PRINTED, I.PUBLISHED, I.CORRECTED})

ISSUE_TRANSITIONS = (
    Transition("proof", "生成校样", OPEN_ISSUE, I.PROOFING, "bulletins.edit_issue", style="primary"),
    Transition(
        "send_for_review",
        "送审",
        OPEN_ISSUE,
        I.AWAITING_REVIEW,
        "bulletins.edit_issue",
        style="primary",
        confirm="送审后内容锁定，退回后才能再改。",
    ),
    Transition(
        "approve",
        "审核通过",
        frozenset({I.AWAITING_REVIEW}),
        I.AWAITING_SIGNATURE,
        "bulletins.review_issue",
        style="primary",
    ),
    Transition(
        "send_back",
        "退回编辑",
        frozenset({I.AWAITING_REVIEW, I.AWAITING_SIGNATURE}),
        I.EDITING,
        "bulletins.send_back_issue",
        reason=True,
    ),
    Transition(
        "sign",
        "签发",
        frozenset({I.AWAITING_SIGNATURE}),
        I.SIGNED,
        "bulletins.sign_issue",
        style="primary",
        confirm="签发后内容定稿并给出期号，不能再改。",
    ),
    Transition(
        "sign_on_paper",
        "登记签批单",
        frozenset({I.AWAITING_REVIEW, I.AWAITING_SIGNATURE}),
        I.SIGNED,
        "bulletins.enter_signed_sheet",
    ),
    Transition(
        "print",
        "印发",
        frozenset({I.SIGNED}),
        I.PRINTED,
        "bulletins.print_issue",
        style="primary",
        confirm="印发日期确定后，系统制作正式文件，此后不能改动。",
    ),
    Transition(
        "publish",
        "公开",
        frozenset({I.PRINTED}),
        I.PUBLISHED,
        "bulletins.publish_issue",
        style="primary",
        confirm="公开后任何人都能在往期查询中看到本期。请先完成公开审查。",
    ),
    Transition(
        "publish_corrected",
        "公开",
        frozenset({I.CORRECTED}),
        I.CORRECTED,
        "bulletins.publish_corrected_issue",
        style="primary",
    ),
    Transition(
        "correct",
        "发布更正",
        IN_FORCE_ISSUE,
        I.CORRECTED,
        "bulletins.correct_issue",
    ),
    Transition(
        "void",
        "作废",
        frozenset({I.SIGNED}) | IN_FORCE_ISSUE,
        I.VOIDED,
        "bulletins.void_issue",
        reason=True,
        style="danger",
        confirm="作废不能撤销：期号保留但不再使用，正式文件不再对外提供。",
    ),
)
