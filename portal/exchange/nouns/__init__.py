"""The tables of the ground: units and people."""

from portal.exchange.nouns import people, units
from portal.exchange.registry import add_noun

add_noun(units.Units())
add_noun(people.People())
