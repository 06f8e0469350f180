"""What narrows a measure: the fields that an indicator's page offers for it."""

from __future__ import annotations

#: ``kinds``: kinds of activity by id; ``batch``: one of the five by id; ``kind``: a kind of output by its code.
TAKES: dict[str, tuple[str, ...]] = {
    "activities": ("kinds", "batch"),
    "activity_sessions": ("kinds", "batch"),
    "activity_attendance": ("kinds", "batch"),
    "community_sessions": ("kinds",),
    "outputs": ("kind", "batch"),
    "tasks_done": ("batch",),
}
