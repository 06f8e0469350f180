"""What of alliances can be found by words."""

from alliances.findable import meeting, need

__all__ = ["meeting", "need"]
