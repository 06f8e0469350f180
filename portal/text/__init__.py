"""Official Chinese text: dates, numbers, head counts, structure. Pure functions on strings; no database."""
