"""The Celery application. A message only wakes a worker; what is to be done stands in ``jobs.Job``."""

from __future__ import annotations

import os
import resource
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from django.conf import settings

app = Celery("portal")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_connection_retry_on_startup=True,
    # Saving a report must not hang while Redis is away: fail at once, the sweeper sends again. Without the four
    # numbers of retrying, a broken connection is tried anew for six seconds at every message.
    broker_transport_options={
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "visibility_timeout": settings.JOB_LEASE_SECONDS,
    },
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=False,  # the lease in the row brings the work back, once
    task_time_limit=max(settings.JOB_LEASE_SECONDS - 5, 1),
    worker_prefetch_multiplier=1,
    worker_max_memory_per_child=settings.WORKER_MEMORY_MB * 1000,
    worker_hijack_root_logger=False,
    timezone=settings.TIME_ZONE,
    beat_schedule={
        "sweep-jobs": {
            "task": "portal.jobs.tasks.sweep",
            "schedule": settings.JOB_SWEEP_SECONDS,
            "options": {"expires": settings.JOB_SWEEP_SECONDS},
        },
        "post-notices": {
            "task": "portal.notices.tasks.post_due",
            "schedule": settings.JOB_SWEEP_SECONDS,
            "options": {"expires": settings.JOB_SWEEP_SECONDS},
        },
        "refresh-search": {
            "task": "portal.search.tasks.refresh_index",
            "schedule": settings.JOB_SWEEP_SECONDS,
            "options": {"expires": settings.JOB_SWEEP_SECONDS},
        },
        "remind-units": {
            "task": "portal.notices.tasks.order_reminders",
            "schedule": 600,
            "options": {"expires": 600},
        },
        "weekly-digest": {"task": "portal.home.tasks.order_weekly", "schedule": 3600, "options": {"expires": 3600}},
        "look-after-boards": {
            "task": "portal.home.tasks.look_after_boards",
            "schedule": 60,
            "options": {"expires": 60},
        },
        "remind-of-agreements": {"task": "alliances.tasks.remind_of_endings", "schedule": 3600},
        "end-locked-reports": {"task": "pilots.tasks.end_locked_reports", "schedule": 3600},
        "renew-due-milestones": {"task": "pilots.tasks.renew_due_milestones", "schedule": 3600},
        "lapse-silent-activities": {"task": "pilots.tasks.lapse_silent_activities", "schedule": 3600},
        "forget-old-packs": {"task": "portal.packs.tasks.forget_old_packs", "schedule": 3600},
        "pass-handovers": {"task": "portal.accounts.tasks.pass_handovers", "schedule": 3600},
        "refresh-units": {"task": "portal.accounts.tasks.refresh_units", "schedule": 3600},
    },
)
app.autodiscover_tasks()


@worker_process_init.connect
def limit_memory(**_: Any) -> None:
    """A runaway compile ends as an error of its own process, not as an office server out of memory."""
    limit = settings.WORKER_MEMORY_MB * 2 * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
