"""How static files are named and packed."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names carry a hash, also inside the ``import`` of a script module.

    Without the latter a module would be loaded twice, once under either name, and do everything twice.
    """

    support_js_module_import_aggregation = True
