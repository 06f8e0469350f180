"""What of pilots can be found by words."""

from pilots.findable import community, output, task

__all__ = ["community", "output", "task"]
