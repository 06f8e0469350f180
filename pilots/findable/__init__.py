"""What of pilots can be found by words."""

from pilots.findable import output, task

__all__ = ["output", "task"]
