"""Sending messages; apps call these two and nothing else of this package."""

from portal.notices.services.notice import send_notice, take_back

__all__ = ["send_notice", "take_back"]
