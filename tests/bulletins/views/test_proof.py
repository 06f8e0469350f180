from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Issue, Rendition
from bulletins.services import issue_chain as services
from bulletins.services.entry import edit_entry
from bulletins.views.proof_state import progress_of
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.jobs.models import Job, JobState
from portal.jobs.services import run as run_job
from tests.bulletins.chain import approved, make_written, proofed
from tests.bulletins.published import make_signed
from tests.factories import make_user

SignIn = Callable[[User], Client]
POLLS = 'hx-trigger="every 1s"'


@pytest.fixture
def issue(editor: User) -> Issue:
    return make_written(editor)


def at(name: str, issue: Issue, *more: object) -> str:
    return reverse(name, args=[issue.pk, *more])


def order(client: Client, issue: Issue) -> Job:
    client.post(at("issue-act", issue, "proof"))
    return Job.objects.get(payload__issue=issue.pk, payload__kind="proof")


def fragment(client: Client, issue: Issue) -> str:
    return client.get(at("issue-progress", issue), {"pages": "1"}).content.decode()


def test_ordering_shows_at_once_that_it_waits(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    response = client.post(at("issue-act", issue, "proof"), follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(at("issue-proof", issue), 302)]
    assert "正在等待处理" in page
    assert POLLS in page
    assert "后台处理可能已停止" not in page


def test_while_it_runs_the_bar_moves(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    job = order(client, issue)
    lease = timezone.now() + timedelta(minutes=1)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, progress=20, step="正在排版", lease_until=lease)
    assert 'value="20"' in fragment(client, issue)
    assert "正在排版" in fragment(client, issue)


def test_a_killed_workers_proof_waits_for_another_try(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    job = order(client, issue)
    lost = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, progress=20, lease_until=lost)
    assert "正在等待处理" in fragment(client, issue)
    assert POLLS in fragment(client, issue)


def test_after_half_a_minute_it_says_that_the_service_may_be_stopped(issue: Issue, editor: User) -> None:
    job = services.request_proof(issue, by=editor)
    assert not progress_of(job, issue, "proof").is_slow
    with connection.cursor() as cursor:  # the record of the order cannot be changed, so make one from an hour ago
        cursor.execute(
            "INSERT INTO audit_entry (at, action, label, by_name, content_type_id, object_id, object_name, "
            "from_state, to_state, reason, data) SELECT at - interval '1 hour', action, label, by_name, "
            "content_type_id, object_id + 1000000, object_name, from_state, to_state, reason, data "
            "FROM audit_entry WHERE action = 'bulletins.issue.proof'"
        )
    old = Issue(pk=issue.pk + 1_000_000)
    assert progress_of(job, old, "proof").is_slow


def test_when_done_the_pages_show_and_asking_stops(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    run_job(order(client, issue).pk)
    proof = Rendition.objects.get()
    done = fragment(client, issue)
    assert POLLS not in done
    picture, pdf = at("proof-picture", issue, proof.pk, 1), at("proof-pdf", issue, proof.pk)
    assert picture in done
    assert pdf in done
    assert "与现在的内容一致" in done
    response = client.get(picture)
    assert response["Content-Type"] == "image/png"
    assert "private" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert client.get(pdf)["Content-Type"] == "application/pdf"
    assert client.get(at("proof-picture", issue, proof.pk, proof.pages + 1)).status_code == 404


def test_after_an_edit_the_proof_is_called_older(issue: Issue, editor: User, signed_in: SignIn) -> None:
    proofed(issue)
    edit_entry(issue.entries.get(), by=editor, lead="改过。", text="", version=1)
    assert "内容已改，不是最新" in fragment(signed_in(editor), issue)


def test_missing_characters_are_named(issue: Issue, editor: User, signed_in: SignIn) -> None:
    proofed(issue)
    Rendition.objects.update(missing_characters="😀")
    assert "没有可用的字形，校样中印成“〓”：😀" in fragment(signed_in(editor), issue)


def test_who_signs_reads_which_characters_will_not_print(editor: User, issuer: User, signed_in: SignIn) -> None:
    one = approved(make_written(editor))
    page = at("issue-sign", one)
    assert "没有可用的字形" not in signed_in(issuer).get(page).content.decode()
    Rendition.objects.update(missing_characters="😀")
    assert "将印成“〓”：😀" in signed_in(issuer).get(page).content.decode()


def test_a_failure_says_why_and_can_be_tried_again(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    job = order(client, issue)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, error="多次尝试未成功。", attempts=5)
    failed = fragment(client, issue)
    assert "多次尝试未成功。" in failed
    assert "再试一次" in failed
    client.post(at("issue-act", issue, "proof"))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_a_reader_sees_the_failure_without_the_button(
    issue: Issue, editor: User, reviewer: User, signed_in: SignIn
) -> None:
    order(signed_in(editor), issue)
    Job.objects.update(state=JobState.FAILED, error="多次尝试未成功。")
    assert "再试一次" not in fragment(signed_in(reviewer), issue)


def test_a_failed_final_file_is_tried_again_from_the_page(editor: User, signed_in: SignIn) -> None:
    issue = make_signed()
    services.print_issue(issue, by=editor, printed_on=issue.issue_date)
    client = signed_in(editor)
    assert "正在等待处理" in fragment(client, issue)
    Job.objects.filter(key=f"final:{issue.pk}").update(state=JobState.FAILED, error="磁盘已满。")
    assert "磁盘已满。" in fragment(client, issue)
    said = client.post(at("issue-final", issue), follow=True).content.decode()
    assert "期号和内容不变" in said
    run_job(Job.objects.get(key=f"final:{issue.pk}").pk)
    assert "下载正式文件" in fragment(client, issue)


@pytest.mark.parametrize(
    ("role", "answer"), [(Role.REVIEWER, 200), (Role.AUDITOR, 200), (Role.LEADER, 404), (Role.ADMIN, 404)]
)
def test_proofs_are_for_the_desk(issue: Issue, editor: User, signed_in: SignIn, role: str, answer: int) -> None:
    proof = proofed(issue).renditions.get()
    client = signed_in(make_user(role))
    for address in (at("issue-proof", issue), at("issue-progress", issue), at("proof-pdf", issue, proof.pk)):
        assert client.get(address).status_code == answer


def test_a_proof_of_another_issue_is_not_there(issue: Issue, editor: User, signed_in: SignIn) -> None:
    proof = proofed(make_written(editor, ("别的。",))).renditions.get()
    assert signed_in(editor).get(at("proof-pdf", issue, proof.pk)).status_code == 404
