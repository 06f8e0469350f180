"""States of what pilots run on, by noun, and their transition tables."""

from pilots.states.activity import ActivityState

__all__ = ["ActivityState"]
