"""Reports, entries and issues among what can be found, and the filters that fit them."""

from bulletins.findable import entry, filters, issue, submission

__all__ = ["entry", "filters", "issue", "submission"]
