"""Bringing words into a report, from a Word file or tidied on the spot: taken, looked through, taken back."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction

from bulletins.models import Intake, Submission
from bulletins.reading import ReadDocument, UnreadableFile, read_document, read_pasted
from bulletins.services.intake_files import keep_original, keep_pictures
from bulletins.services.intake_text import carried_over, put_in
from bulletins.services.submission import save_draft
from bulletins.states import WITH_UNIT
from portal.accounts.models import User
from portal.answers import sentences
from portal.refusals import Refused

_MEGABYTE = 1_000_000


def take_word(submission: Submission, *, by: User, upload: File[bytes]) -> Intake:
    """Read a Word file into a report. The file and its pictures become attachments.

    Into an empty report the words go at once; where something stands already the writer is asked (``place``).
    Raises PermissionDenied, or Refused with a sentence for a file that cannot be read; nothing is changed then.
    """
    _may_write(submission, by)
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise Refused(
            f"这个文件有 {(upload.size or 0) // _MEGABYTE} MB，超过 {settings.UPLOAD_MAX_BYTES // _MEGABYTE} MB，"
            "没有读入。请在 Word 中压缩或删去图片后再上传，您已填写的内容没有改动。"
        )
    upload.seek(0)
    try:
        read = read_document(upload.read(), filename=upload.name or "")
    except UnreadableFile as error:
        raise Refused(error.message_zh) from error
    with transaction.atomic():
        notes = [*keep_original(submission, upload, by=by), *keep_pictures(submission, read.pictures, by=by)]
        name = (upload.name or "")[-150:]
        intake = _begin(submission, read, by=by, source=Intake.Source.WORD, name=name, notes=notes)
    if not submission.title.strip() and not submission.text.strip():
        try:
            place_intake(intake, by=by, append=False)
        except ValidationError as error:
            intake.reading["notes"] = [
                *intake.reading["notes"],
                *(f"没有放进正文：{told}" for told in sentences(error)),
            ]
            intake.save(update_fields=["reading"])
    return intake


@transaction.atomic
def tidy_report(submission: Submission, *, by: User, start: int = 0, end: int | None = None) -> Intake | None:
    """Bring the stored text, or what was pasted at ``start`` to ``end``, to official form; None if it is already."""
    _may_write(submission, by)
    end = len(submission.text) if end is None else min(end, len(submission.text))
    start = max(0, min(start, end))
    read = read_pasted(submission.text[start:end])
    if not read.changes:
        return None
    intake = _begin(submission, read, by=by, source=Intake.Source.TEXT)
    intake.start, intake.end = start, end
    _write(intake, by=by)
    return intake


@transaction.atomic
def place_intake(intake: Intake, *, by: User, append: bool) -> Submission:
    """Put what was read in place of the report's words, or behind them. Raises ValidationError if it is too long."""
    submission = intake.submission
    _may_write(submission, by)
    if intake.is_placed:
        raise Refused("读出的文字已经放进正文了。")
    length = len(submission.text)
    intake.before_title, intake.before_text = submission.title, submission.text
    intake.start, intake.end = (length if append else 0), length
    return _write(intake, by=by)


@transaction.atomic
def choose_changes(intake: Intake, *, by: User, accepted: Collection[str]) -> Submission:
    """Keep only the changes whose keys are ``accepted``; where a change is refused, the file's own form stands.

    What was typed since stays. Raises Refused where the passage of a change was rewritten by hand.
    """
    submission = intake.submission
    _may_write(submission, by)
    read = ReadDocument.from_json(intake.reading)
    old_title, old_text = intake.after_title, intake.after_text
    intake.refused = [change.key for change in read.changes if change.key not in accepted]
    if not intake.is_placed:
        intake.save(update_fields=["refused"])
        return submission
    title, text = put_in(intake, read)
    if (submission.title, submission.text) != (old_title, old_text):
        carried = carried_over(submission.text, old_text, text)
        if carried is None:
            raise Refused("这里面有的地方您已在正文里改过，没有变动。请直接在正文里改。")
        text, title = carried, title if submission.title == old_title else submission.title
    return _save(intake, by=by, title=title, text=text)


@transaction.atomic
def undo_intake(intake: Intake, *, by: User) -> Submission:
    """Bring back, once, what stood in the report before; the files stay with it, and so does what was typed since,
    unless it was typed into the very words that go."""
    submission = intake.submission
    _may_write(submission, by)
    if not intake.is_placed:
        raise Refused("读出的文字还没有放进正文，不用恢复。")
    title = intake.before_title if submission.title == intake.after_title else submission.title
    text = carried_over(submission.text, intake.after_text, intake.before_text)
    text = intake.before_text if text is None else text
    saved = save_draft(submission, by=by, title=title, text=text, version=submission.version)
    intake.delete()
    return saved


@transaction.atomic
def close_intake(intake: Intake, *, by: User) -> None:
    """The writer has seen it (or does not want it): forget the list of changes. The text stays as it is."""
    _may_write(intake.submission, by)
    intake.delete()


def _may_write(submission: Submission, by: User) -> None:
    if not by.has_perm("bulletins.write_submission", submission):
        raise PermissionDenied
    if submission.state not in WITH_UNIT:
        raise Refused(f"稿件现在是“{submission.get_state_display()}”，不能修改。")


def _begin(
    submission: Submission,
    read: ReadDocument,
    *,
    by: User,
    source: Intake.Source,
    name: str = "",
    notes: Collection[str] = (),
) -> Intake:
    """A fresh record in the place of an earlier one."""
    Intake.objects.filter(submission=submission).delete()
    reading = read.to_json()
    reading["notes"] = [*reading["notes"], *notes]
    return Intake.objects.create(
        submission=submission,
        by=by,
        source=source,
        name=name,
        reading=reading,
        before_title=submission.title,
        before_text=submission.text,
    )


def _write(intake: Intake, *, by: User) -> Submission:
    title, text = put_in(intake, ReadDocument.from_json(intake.reading))
    return _save(intake, by=by, title=title, text=text)


def _save(intake: Intake, *, by: User, title: str, text: str) -> Submission:
    submission = intake.submission
    saved = save_draft(submission, by=by, title=title, text=text, version=submission.version)
    intake.after_title, intake.after_text, intake.submission = saved.title, saved.text, saved
    intake.save()
    return saved
