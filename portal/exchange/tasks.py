"""The jobs of this app are registered where they are ordered; a worker loads them by this module."""

from __future__ import annotations

import portal.exchange.services.upload  # noqa: F401
