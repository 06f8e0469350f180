"""Reports, cases, entries and issues among what can be found, and the filters that fit them."""

from bulletins.findable import case, entry, filters, issue, submission

__all__ = ["case", "entry", "filters", "issue", "submission"]
