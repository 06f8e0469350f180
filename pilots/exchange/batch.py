"""The column of tables in which one of the five batches stands."""

from __future__ import annotations

from pilots.queries.activity import batches
from portal.exchange.sheet import Field, choice


def batch(title: str, *, required: bool = False) -> Field:
    """A batch by its short name; its full name, which the pages say, does as well."""
    five = list(batches())
    offered = {one.short_name: one for one in five}
    return choice("batch", title, offered, required=required, also={one.name: one for one in five})
