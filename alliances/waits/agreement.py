"""An agreement whose end both sides were told of waits for them until it is renewed, ended or over."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alliances.models import Agreement
from alliances.states.agreement import AGREEMENT_TRANSITIONS, AgreementState
from alliances.states.term import Standing
from portal.accounts.roles import UNIT_ROLES
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def agreement_waits(agreement: Agreement) -> Iterable[Wait]:
    """For both sides: who is first does it for both."""
    if agreement.state != AgreementState.SIGNED or agreement.reminded_at is None:
        return
    if agreement.standing != Standing.ENDING:
        return
    pair = agreement.partnership
    for side in (pair.university, pair.county):
        yield Wait(
            title=f"{pair}：{agreement.title}",
            what="商定续签协议",
            url=reverse("agreement", args=[agreement.pk]),
            unit=side,
            roles=UNIT_ROLES,
            due=agreement.last_day,
        )


register(Agreement, Workflow("协议", AGREEMENT_TRANSITIONS, agreement_waits))
