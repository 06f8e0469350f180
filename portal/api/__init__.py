"""The programming interface of the whole portal: what every answer has in common, and its addresses."""

from portal.api.answers import errors

__all__ = ["errors"]
