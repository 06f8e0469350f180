from __future__ import annotations

import hashlib
import shutil
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image

from bulletins.models import NumberCounter, Rendition
from bulletins.queries.issue import proof_of
from bulletins.services import issue_chain as services
from bulletins.services.compiling import run_compile
from bulletins.services.content import build_content
from bulletins.services.entry import edit_entry
from bulletins.services.rendition import COMPILE, job_of, picture_path
from bulletins.states import IssueState
from portal.accounts.models import User
from portal.jobs.models import Job, JobState
from portal.jobs.services import LeaseLost, claim
from portal.jobs.services import run as run_job
from tests.bulletins.chain import make_written
from tests.bulletins.published import make_printed, make_signed


def stored_files() -> list[str]:
    found: list[str] = []

    def walk(folder: str) -> None:
        if not default_storage.exists(folder):
            return
        folders, files = default_storage.listdir(folder)
        found.extend(f"{folder}/{name}" for name in files)
        for each in folders:
            walk(f"{folder}/{each}")

    walk("issues")
    return found


def test_a_proof_is_stored_with_its_pages_as_pictures(editor: User) -> None:
    issue = make_written(editor)
    job = services.request_proof(issue, by=editor)
    run_job(job.pk)
    job.refresh_from_db()
    proof = Rendition.objects.get(job=job)
    with default_storage.open(proof.file) as file:
        pdf = file.read()
    assert pdf.startswith(b"%PDF")
    assert (proof.sha256, proof.size) == (hashlib.sha256(pdf).hexdigest(), len(pdf))
    assert proof_of(issue, build_content(issue).digest()) == proof
    assert (job.state, job.progress) == (JobState.DONE, 100)
    for page in range(1, proof.pages + 1):
        with default_storage.open(picture_path(proof.file, page)) as file, Image.open(file) as picture:
            assert picture.format == "PNG"
            assert picture.height > picture.width
    assert proof.entry_pages == {f"entry-{issue.entries.get().pk}": 1}


def test_a_character_without_a_glyph_is_named(editor: User) -> None:
    issue = make_written(editor, ("有字缺形\ue123。",))
    run_job(services.request_proof(issue, by=editor).pk)
    assert Rendition.objects.get().missing_characters == "\ue123"


def test_asking_twice_for_the_same_words_is_one_job(editor: User) -> None:
    issue = make_written(editor)
    assert services.request_proof(issue, by=editor) == services.request_proof(issue, by=editor)
    assert Job.objects.filter(kind=COMPILE).count() == 1


def test_when_old_words_return_their_own_job_counts(editor: User) -> None:
    issue = make_written(editor, ("原话。",))
    entry = issue.entries.get()
    first = services.request_proof(issue, by=editor)
    edit_entry(entry, by=editor, lead="改过。", text=entry.text, version=1)
    second = services.request_proof(issue, by=editor)
    assert first != second
    edit_entry(entry, by=editor, lead="原话。", text=entry.text, version=2)
    assert services.request_proof(issue, by=editor) == first
    assert job_of(issue, Rendition.Kind.PROOF, build_content(issue)) == first


def test_delivered_twice_it_is_stored_once(editor: User) -> None:
    job = services.request_proof(make_written(editor), by=editor)
    run_job(job.pk)
    files = stored_files()
    run_job(job.pk)
    assert Rendition.objects.count() == 1
    assert stored_files() == files


def test_a_worker_that_lost_its_lease_stores_nothing(editor: User) -> None:
    job = services.request_proof(make_written(editor), by=editor)
    slow = claim(job.pk)
    assert slow is not None
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    run_job(job.pk)  # another worker takes it and finishes
    files = stored_files()
    with pytest.raises(LeaseLost):
        run_compile(slow)
    assert Rendition.objects.count() == 1
    assert stored_files() == files


def test_a_worker_overtaken_while_it_compiles_leaves_no_files(editor: User) -> None:
    job = services.request_proof(make_written(editor), by=editor)
    slow = claim(job.pk)
    assert slow is not None
    Job.objects.filter(pk=job.pk).update(attempts=slow.attempts + 1)  # another worker holds it now
    with pytest.raises(LeaseLost):
        run_compile(slow)
    assert Rendition.objects.count() == 0
    assert stored_files() == []


def test_the_final_file_comes_from_the_frozen_words_and_bears_number_and_date(editor: User) -> None:
    issue = make_signed(leads=("签发的话。",))
    services.print_issue(issue, by=editor, printed_on=issue.issue_date)
    run_job(Job.objects.get(key=f"final:{issue.pk}").pk)
    final = Rendition.objects.get(kind=Rendition.Kind.FINAL)
    assert final.content_digest == issue.content_digest


def test_a_compile_that_fails_after_sign_off_keeps_the_number_and_is_tried_again_from_the_frozen_words(
    editor: User, settings: Any
) -> None:
    settings.JOB_MAX_ATTEMPTS = 2
    issue = make_signed(leads=("签发的话。",))
    shutil.move(default_storage.path("issues"), default_storage.path("issues-aside"))
    default_storage.save("issues", ContentFile(b"a file where the folder belongs: nothing can be stored"))
    services.print_issue(issue, by=editor, printed_on=issue.issue_date)
    issue.entries.update(lead="后来的话。")
    job = Job.objects.get(key=f"final:{issue.pk}")

    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED, "it waits for another try"
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, bool(job.error)) == (JobState.FAILED, True)
    issue.refresh_from_db()
    assert (issue.number, issue.state, issue.label) == (1, IssueState.PRINTED, "第1期")

    default_storage.delete("issues")
    run_job(services.retry_final(issue, by=editor).pk)
    final = Rendition.objects.get(kind=Rendition.Kind.FINAL)
    assert final.content_digest == issue.content_digest
    with default_storage.open(final.file) as file:
        printed = pypdfium2.PdfDocument(file.read())[0].get_textpage().get_text_range()
    assert "签发的话" in printed
    assert "第1期" in printed
    assert "后来的话" not in printed
    issue.refresh_from_db()
    assert (issue.number, NumberCounter.objects.get().last) == (1, 1)


def test_a_final_file_cannot_be_changed_doubled_or_removed(editor: User) -> None:
    issue = make_printed()
    final = Rendition.objects.get(kind=Rendition.Kind.FINAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.filter(pk=final.pk).update(sha256="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.create(issue=issue, kind="final", file="x", sha256="", size=1, pages=1, content_digest="")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM bulletins_rendition WHERE id = %s", [final.pk])
