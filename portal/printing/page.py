"""The official page (GB/T 9704-2012) in figures."""

from __future__ import annotations

#: Width of the text in points: 156 mm (5.2.1).
TEXT_WIDTH = 442.2
