"""Sending messages; apps call these and nothing else of this package."""

from portal.notices.services.notice import forget_notices, mark_seen, send_notice, take_back

__all__ = ["forget_notices", "mark_seen", "send_notice", "take_back"]
