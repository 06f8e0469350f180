"""The alliance's lead as one more desk on the way of a report, where the office has set it so (为全联盟汇总)."""

from __future__ import annotations

from alliances.queries.alliance import lead_consolidating_for
from portal.reviews.queries.route import add_consolidator

add_consolidator(lead_consolidating_for)
