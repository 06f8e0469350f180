"""Adding and taking away files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from bulletins.models import Submission
from bulletins.services.submission import delete_draft
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import history
from portal.files.models import Attachment
from portal.files.queries import attachments_of_owner
from portal.files.services import MOST_PER_OWNER, attach_file, detach_file
from portal.refusals import Refused
from tests.factories import make_draft, make_officer, make_report, make_user
from tests.portal.files.samples import pdf, picture, upload


@pytest.fixture
def draft(officer: User) -> Submission:
    return make_draft(officer)


def test_a_file_is_kept_under_a_name_that_nobody_guesses(draft: Submission, officer: User) -> None:
    attachment = attach_file(owner=draft, upload=upload(picture(), "现场照片.png"), by=officer)
    assert attachment.name == "现场照片.png"
    assert "现场" not in attachment.path
    assert default_storage.open(attachment.path).read() == picture()
    assert attachment.media_type == "image/png"
    assert attachment.size == len(picture())


def test_the_same_file_twice_is_one_attachment(draft: Submission, officer: User) -> None:
    first = attach_file(owner=draft, upload=upload(picture(), "甲.png"), by=officer)
    again = attach_file(owner=draft, upload=upload(picture(), "乙.png"), by=officer)
    assert again == first
    assert attachments_of_owner(draft).count() == 1


def test_the_same_file_with_two_reports_is_two(draft: Submission, officer: User) -> None:
    first = attach_file(owner=draft, upload=upload(picture()), by=officer)
    second = attach_file(owner=make_draft(officer), upload=upload(picture()), by=officer)
    detach_file(first, by=officer)
    assert default_storage.exists(second.path)


def test_twenty_files_are_enough(draft: Submission, officer: User) -> None:
    for number in range(MOST_PER_OWNER):
        attach_file(owner=draft, upload=upload(picture(size=(number + 1, 1))), by=officer)
    with pytest.raises(Refused, match="最多添加20个"):
        attach_file(owner=draft, upload=upload(pdf()), by=officer)


def test_an_empty_and_an_oversized_file_are_refused(draft: Submission, officer: User, settings: Any) -> None:
    with pytest.raises(Refused, match="空的"):
        attach_file(owner=draft, upload=upload(b""), by=officer)
    settings.UPLOAD_MAX_BYTES = 1_000_000
    with pytest.raises(Refused, match="超过1 MB"):
        attach_file(owner=draft, upload=upload(pdf() + bytes(1_000_000)), by=officer)


def test_what_is_refused_leaves_nothing_behind(draft: Submission, officer: User, settings: Any) -> None:
    with pytest.raises(Refused):
        attach_file(owner=draft, upload=upload(b"MZ program", "照片.png"), by=officer)
    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / "attachments"
    assert not folder.exists()
    assert not Attachment.objects.exists()


def test_only_who_writes_the_report_adds_to_it(draft: Submission, editor: User) -> None:
    approver = make_user(Role.UNIT_APPROVER, draft.unit)
    for person in (editor, approver, make_officer()):
        with pytest.raises(PermissionDenied):
            attach_file(owner=draft, upload=upload(picture()), by=person)


def test_once_sent_in_the_files_stay_as_they_are(officer: User) -> None:
    draft = make_draft(officer)
    attachment = attach_file(owner=draft, upload=upload(picture()), by=officer)
    Submission.objects.filter(pk=draft.pk).update(state="in_review")
    with pytest.raises(Refused, match="已报送"):
        attach_file(owner=draft, upload=upload(pdf()), by=officer)
    with pytest.raises(Refused, match="已报送"):
        detach_file(attachment, by=officer)


def test_nothing_is_added_to_a_report_that_is_out(officer: User) -> None:
    with pytest.raises(Refused):
        attach_file(owner=make_report(officer), upload=upload(picture()), by=officer)


def test_taking_away_removes_row_and_file_and_is_recorded(
    draft: Submission, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    attachment = attach_file(owner=draft, upload=upload(picture(), "照片.png"), by=officer)
    with django_capture_on_commit_callbacks(execute=True):
        detach_file(attachment, by=officer)
    assert not default_storage.exists(attachment.path)
    assert not attachments_of_owner(draft).exists()
    labels = [entry.label for entry in history(draft)]
    assert labels[:2] == ["删除附件", "添加附件"]


def test_files_go_with_their_draft(draft: Submission, officer: User, django_capture_on_commit_callbacks: Any) -> None:
    attachment = attach_file(owner=draft, upload=upload(picture()), by=officer)
    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(draft, by=officer)
    assert not Attachment.objects.exists()
    assert not default_storage.exists(attachment.path)
