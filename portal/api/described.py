"""The description of the interface (OpenAPI) speaks to those who write programs for offices: in Chinese only."""

from __future__ import annotations

from typing import Any


def without_our_notes(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """drf-spectacular takes the docstrings of our classes for descriptions; they are notes for maintainers."""
    for schema in result["components"]["schemas"].values():
        schema.pop("description", None)
    for methods in result["paths"].values():
        for operation in methods.values():
            if operation.get("description", "").isascii():
                operation.pop("description", None)
    return result
