"""What ``script/demo`` asks the portal to do, in one process with Django in it.

It prints two lines: ``ready`` when web, worker and beat may start, and then, once a worker has
compiled the sample issue, a JSON object with ``programme`` (its short name), ``pdf`` and ``pages``.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sys
import time
import uuid
from pathlib import Path

import django
from django.core.management import call_command

from script.house.paths import VAR

COMPILE_SECONDS = 90.0
PAUSE_SECONDS = 0.1


def main() -> int:
    """Prepare, wait for the worker, tell. Gives the exit status; what went wrong goes to standard error."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    collect_static()
    print("ready", flush=True)
    try:
        print(json.dumps(_compiled_by_worker(), ensure_ascii=False), flush=True)
    except RuntimeError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def collect_static() -> None:
    """``collectstatic``, which compresses for many seconds, only when a file has changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            seen.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    mark = Path(settings.STATIC_ROOT) / ".collected"
    if not mark.exists() or mark.read_text() != seen.hexdigest():
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(seen.hexdigest())


def _compiled_by_worker() -> dict[str, str | int]:
    """Order a proof of the issue in the making and copy it to ``var/sample-issue.pdf``.

    Raises ``RuntimeError`` when there is no such issue, the worker gives up or none answers in time.
    """
    # Models can be imported only after Django has been set up.
    from bulletins.models import Issue, Rendition
    from bulletins.services.content import content_of
    from bulletins.services.rendition import COMPILE
    from portal.accounts.models import Programme
    from portal.jobs.services import enqueue

    issue = Issue.objects.filter(number__isnull=True).order_by("-issue_date", "-pk").first()
    if issue is None:
        raise RuntimeError("the sample programme holds no issue in the making")
    payload = {"issue": issue.pk, "kind": Rendition.Kind.PROOF, "content": content_of(issue).to_json()}
    # A new key at every start: the demonstration shows that the worker works today.
    job = enqueue(kind=COMPILE, key=f"demonstration:{uuid.uuid4()}", payload=payload, by=None)
    deadline = time.monotonic() + COMPILE_SECONDS
    while job.is_open:
        if time.monotonic() > deadline:
            raise RuntimeError("the worker has not compiled the sample issue in time; see var/log/worker.log")
        time.sleep(PAUSE_SECONDS)
        job.refresh_from_db()
    rendition = Rendition.objects.filter(job=job).first()
    if rendition is None:
        raise RuntimeError(f"the sample issue could not be compiled: {job.error}")
    pdf = _copy(rendition.file)
    return {"programme": Programme.objects.get().short_name, "pdf": str(pdf), "pages": rendition.pages}


def _copy(stored: str) -> Path:
    from django.core.files.storage import default_storage

    target = VAR / "sample-issue.pdf"
    with default_storage.open(stored, "rb") as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return target


if __name__ == "__main__":
    sys.exit(main())
