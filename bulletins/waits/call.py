"""A call itself waits for nobody: what waits, waits for the units it asks (``services/call_waits.py``)."""

from __future__ import annotations

from bulletins.models import Call
from bulletins.states import CALL_TRANSITIONS
from portal.workflow import Workflow, register

register(Call, Workflow("约稿", CALL_TRANSITIONS, lambda call: ()))
