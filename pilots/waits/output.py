"""Who has to do something about an output."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from pilots.models import Output
from pilots.queries.awaited import awaited_outputs
from pilots.states.output import OUTPUT_TRANSITIONS, OutputState
from pilots.waits.task import confirmers
from portal.accounts.roles import DOING_ROLES
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def output_waits(output: Output) -> Iterable[Wait]:
    """The level above confirms what was proposed; its unit mends what came back."""
    title = f"{output.unit}：{output.kind}“{output}”"
    own = reverse("output", args=[output.pk])
    match output.state:
        case OutputState.PROPOSED:
            unit, roles = confirmers(output.unit)
            yield Wait(title, "确认成果", own, unit=unit, roles=roles)
        case OutputState.RETURNED:
            yield Wait(title, "修改后重新报送", own, unit=output.unit, roles=DOING_ROLES)


register(Output, Workflow("成果", OUTPUT_TRANSITIONS, output_waits))
add_awaited(Output, awaited_outputs)
