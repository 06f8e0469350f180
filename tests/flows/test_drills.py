"""What happens when parts of the house fail: work is late, never lost and never done twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bulletins.models import Issue, Rendition, Section
from bulletins.services.entry import add_entry
from bulletins.services.issue_chain import request_proof
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.jobs.models import Job, JobState
from tests.factories import make_issue, make_user
from tests.live import LivePortal, OwnDatabase, wait_until

pytestmark = pytest.mark.flow

#: Entries enough that a compile takes a second or more, so that a worker can be killed in the middle of it.
MANY = 40


@pytest.fixture
def portal(own_database: OwnDatabase, tmp_path: Path) -> LivePortal:
    return LivePortal(own_database, tmp_path, JOB_LEASE_SECONDS="20")


def issue_of(entries: int) -> tuple[Issue, User]:
    editor = make_user(Role.EDITOR)
    issue = make_issue(editor, date(2024, 12, 2))
    section = Section.objects.get(name="他山之石")
    for number in range(entries):
        add_entry(
            issue, section=section, lead=f"第{number}县结对成效明显。", text="两校教师同备一堂课。" * 20, by=editor
        )
    return issue, editor


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_a_proof_is_finished_by_another_try_exactly_once_when_its_worker_is_killed(portal: LivePortal) -> None:
    issue, editor = issue_of(MANY)
    try:
        portal.start_redis()
        portal.start("worker")
        job = request_proof(issue, by=editor)
        wait_until(lambda: state_of(job) == JobState.RUNNING, "no worker took the job")
        portal.kill("worker")
        assert state_of(job) == JobState.RUNNING
        portal.start("worker")
        wait_until(lambda: state_of(job) == JobState.DONE, "the proof was never finished", seconds=90)
    finally:
        portal.close()
    assert job.attempts == 2
    assert Rendition.objects.filter(issue=issue).count() == 1


def test_a_message_delivered_twice_makes_one_proof(portal: LivePortal) -> None:
    issue, editor = issue_of(1)
    try:
        portal.start_redis()
        portal.start("worker")
        job = request_proof(issue, by=editor)
        wait_until(lambda: state_of(job) == JobState.DONE, "the proof was never finished", seconds=60)
        again = request_proof(issue, by=editor)
        assert again.pk == job.pk
    finally:
        portal.close()
    assert Rendition.objects.filter(issue=issue).count() == 1
