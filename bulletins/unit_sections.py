"""What this app adds to a unit's page, and what it counts for units."""

from __future__ import annotations

from bulletins.queries.unit_share import address_of_printed, count_printed, reports_of, rows_of_printed
from portal.measures import Measure, add_measure
from portal.registry import add_unit_section

add_unit_section("信息报送", order=70, template="submissions/unit_section.html", data=reports_of)
add_measure(Measure("bulletins.printed", "编发稿件", "篇", count_printed, rows_of_printed, address_of_printed))
