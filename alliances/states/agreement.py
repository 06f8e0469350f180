"""States of an agreement (协议). That its term is over is no state: the calendar says so."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class AgreementState(models.TextChoices):
    """An agreement stands until another follows it or both sides end it before its time."""

    SIGNED = "signed", "已签订"
    RENEWED = "renewed", "已续签"
    ENDED = "ended", "已终止"


AGREEMENT_TRANSITIONS = (
    Transition(
        "renew",
        "续签",
        frozenset({AgreementState.SIGNED}),
        AgreementState.RENEWED,
        "alliances.record_agreement",
        is_button=False,
    ),
    Transition(
        "correct",
        "更正协议",
        frozenset({AgreementState.SIGNED}),
        AgreementState.SIGNED,
        "alliances.record_agreement",
        is_button=False,
    ),
    Transition(
        "end",
        "终止",
        frozenset({AgreementState.SIGNED}),
        AgreementState.ENDED,
        "alliances.record_agreement",
        reason=True,
        style="danger",
        is_button=False,
    ),
)
