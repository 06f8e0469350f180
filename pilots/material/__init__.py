"""What of this app goes into 年终材料; importing it fills the registry."""

from __future__ import annotations

from pilots.material import activities, assessments, communities, outputs, progress, tasks, values

__all__ = ["activities", "assessments", "communities", "outputs", "progress", "tasks", "values"]
