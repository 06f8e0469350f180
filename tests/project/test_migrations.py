"""The migrations and the models say the same."""

from __future__ import annotations

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    """``makemigrations --check`` leaves with status 1 when something is missing."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
