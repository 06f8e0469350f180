"""``script/bench programme``: the pages people decide by, at a province's size.

The sample programme is measured as it is, then grown twentyfold: 2,000 schools, 60,000 activities. Requests go through
the whole server (middleware, views, templates) in this process; what is worked out by a worker is done here in turn.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from script.house.bench_pack import bench_pack
from script.house.sample import collect_static

ROUNDS = 30
SCALE = 20


def bench_programme() -> dict[str, Any]:
    """``leaders_p95_ms`` and ``leaders_queries`` are of the leaders' page at scale 20, ``scale20_over_scale1`` the
    ratio of its medians, ``figure_late_seconds`` from the commit of an activity to the page that counts it. What
    packing a county's year takes, ``bench_pack`` measures; ``sample_seconds`` is what growing the sample took.
    """
    from django.conf import settings

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    collect_static()  # a page names its style sheets by what is in them
    _load(1)
    small = _times(ROUNDS)
    begun = time.perf_counter()
    _load(SCALE)
    grown = time.perf_counter() - begun
    _renewed()
    large = _times(ROUNDS)
    return {
        "leaders_p95_ms": round(statistics.quantiles(large, n=20)[18], 1),
        "leaders_queries": _queries(),
        "scale20_over_scale1": round(statistics.median(large) / statistics.median(small), 2),
        "leaders_median_ms": round(statistics.median(large), 1),
        "figure_late_seconds": _lateness(),
        "sample_seconds": round(grown),
    } | bench_pack()


def _load(scale: int) -> None:
    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        call_command("load_sample", scale=scale, accounts=Path(folder) / "accounts.txt", stdout=nowhere)


def _leader() -> Any:
    """A client signed in as a leader, who has opened the page before."""
    from django.test import Client

    from portal.accounts.models import User

    client = Client()
    client.force_login(
        User.objects.filter(posts__role="leader").earliest("pk"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get("/board/").status_code == 200  # noqa: S101  (a measurement of an error page would be worth nothing)
    return client


def _times(rounds: int) -> list[float]:
    """Milliseconds of each request."""
    client, times = _leader(), []
    for _ in range(rounds):
        begun = time.perf_counter()
        client.get("/board/")
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _queries() -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _leader()
    with CaptureQueriesContext(connection) as asked:
        client.get("/board/")
    return len(asked)


def _renewed() -> None:
    """What a worker does when facts have changed."""
    from portal.home.services.board import RENEW_BOARDS, order_renewal
    from portal.jobs.models import Job, JobState
    from portal.jobs.services import run

    order_renewal()
    for job in Job.objects.filter(kind=RENEW_BOARDS, state=JobState.QUEUED):
        run(job.pk)


def _lateness() -> float:
    """Seconds from recording an activity until the leaders' page counts it; a message to the worker is not in it."""
    from django.utils import timezone

    from pilots.models import Activity, ActivityKind
    from pilots.services.activity import record_activities
    from portal.accounts.models import Unit

    client = _leader()
    before = _shown(client)
    school = Unit.objects.filter(kind="school", is_active=True).earliest("pk")
    begun, today = time.perf_counter(), timezone.localdate()
    activity = Activity.objects.create(unit=school, kind=ActivityKind.objects.earliest("pk"), start=today, end=today)
    record_activities([activity], by=None)
    _renewed()
    after = _shown(client)
    if after != before + 1:
        raise SystemExit(f"the leaders' page shows {after} activities instead of {before + 1}")
    return round(time.perf_counter() - begun, 2)


def _shown(client: Any) -> int:
    figures = client.get("/api/v1/board/").json()["headline"]
    return int(next(figure["number"] for figure in figures if figure["label"] == "活动"))
