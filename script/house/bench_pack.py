"""The part of ``script/bench programme`` that packs the year of a county with 500 files of 200 kB.

A process of its own does the work, as a worker's would, so that its memory is that of the pack and of nothing before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import django

from script.house.paths import ROOT

FILES = 500
FILE_BYTES = 200_000


def bench_pack() -> dict[str, Any]:
    """``pack_seconds`` from the claim of the job to the stored file, ``pack_peak_mb`` the most memory resident."""
    job = _ordered()
    command = [sys.executable, "-m", "script.house.bench_pack", str(job)]
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _ordered() -> int:
    """Give the activities of a county their files, and ask for its pack; the id of the job."""
    from django.utils import timezone

    from pilots.models import Activity
    from portal.accounts.models import Unit, User
    from portal.packs.services.ordering import order_pack
    from portal.periods import school_year_of

    reader = User.objects.filter(posts__role="editor").earliest("pk")
    latest = Activity.objects.filter(unit__parent__kind="county", start__lte=timezone.localdate()).latest("start")
    year = school_year_of(latest.start or timezone.localdate())
    county = Unit.objects.get(children=latest.unit_id)
    rows = Activity.objects.filter(credits__unit=county, start__range=(year.start, year.end)).distinct()
    _attach(list(rows.values_list("pk", flat=True)), reader)
    job = order_pack(unit=county, period=year, by=reader).job
    assert job is not None  # noqa: S101  (a pack that was just ordered has one)
    return job.pk


def _attach(activities: list[int], by: Any) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from pilots.models import Activity
    from portal.files.models import Attachment

    kind = ContentType.objects.get_for_model(Activity)
    files = []
    for number in range(FILES):
        path = default_storage.save(f"attachments/bench/{number}.jpg", ContentFile(os.urandom(FILE_BYTES)))
        owner = activities[number % len(activities)]
        names = {"name": f"照片{number}.jpg", "path": path, "media_type": "image/jpeg", "sha256": "0" * 64}
        files.append(Attachment(content_type=kind, object_id=owner, size=FILE_BYTES, uploaded_by=by, **names))
    Attachment.objects.bulk_create(files)


def main(job: int) -> None:
    """Do the job here and print what it took."""
    django.setup()
    from portal.jobs.services import run
    from portal.packs.models import Pack

    begun = time.perf_counter()
    run(job)
    seconds, pack = time.perf_counter() - begun, Pack.objects.get(job=job)
    if pack.files < FILES:
        raise SystemExit(f"the pack holds {pack.files} files instead of {FILES} and more")
    print(json.dumps({"pack_seconds": round(seconds, 2), "pack_peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    """Most memory resident since this program began; ``getrusage`` would count what started it as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
