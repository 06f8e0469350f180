"""The alliance of universities and its pairs."""

from alliances.models.partnership import Alliance, Partnership

__all__ = ["Alliance", "Partnership"]
