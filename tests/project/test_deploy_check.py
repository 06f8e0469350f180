"""In production settings Django's own check for deployment has nothing to say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: What every office server sets (docs/settings.md).
PRODUCTION = {
    "PORTAL_ENV": "production",
    "DJANGO_SECRET_KEY": "kFv7!q2Zr9_Lm4Xw8-Tb6Yc1Nd5Hj3Gs0Pa7Ue2Ri9Ok4Wl8Qx",
    "DJANGO_ALLOWED_HOSTS": "portal.example",
    "SITE_URL": "https://portal.example",
}
LEFT_OUT = ("PORTAL_ENV", "DJANGO_DEBUG", "DJANGO_SETTINGS_MODULE", *PRODUCTION)


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """``manage.py`` in a process of its own, with just these settings besides the services' addresses."""
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT} | variables
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_the_check_for_deployment_is_silent() -> None:
    done = manage("check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert done.stderr == ""


def test_production_does_not_start_without_a_secret() -> None:
    done = manage("check", **(PRODUCTION | {"DJANGO_SECRET_KEY": ""}))
    assert done.returncode != 0
    assert "DJANGO_SECRET_KEY must be set in production" in done.stderr


def test_production_does_not_start_without_its_hosts() -> None:
    done = manage("check", **(PRODUCTION | {"DJANGO_ALLOWED_HOSTS": ""}))
    assert done.returncode != 0
    assert "DJANGO_ALLOWED_HOSTS must be set in production" in done.stderr


def test_debugging_cannot_be_switched_on_in_production() -> None:
    done = manage("diffsettings", "--all", DJANGO_DEBUG="1", **PRODUCTION)
    assert "DEBUG = False" in done.stdout
