"""What waits for whom, a module for each noun; importing the package declares their workflows."""

from alliances.waits import agreement, meeting, need, plan, work_item

__all__ = ["agreement", "meeting", "need", "plan", "work_item"]
