"""Comments: inside the office (内部讨论), from the office to a unit (致单位), and the unit's answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from bulletins.models import Entry, Issue, OfficeComment, Submission, UnitComment
from bulletins.notices.comment import tell_discussed, tell_unit_answered, tell_unit_written
from bulletins.queries.comment import desk_people, unit_people
from bulletins.queries.submission import received_submissions
from portal.accounts.models import User
from portal.refusals import Refused

LONGEST_COMMENT = 2_000
#: No name is longer than this behind its @ (accounts keep up to 50, people's names are short).
_LONGEST_NAME = 12


@transaction.atomic
def discuss(about: Submission | Issue | Entry, *, by: User, text: str, mentions: Collection[int] = ()) -> OfficeComment:
    """Write inside the office. Who is mentioned, by id or as @姓名 in the text, gets a message.

    Raises Refused for an empty or endless text, and where somebody is mentioned who cannot read it.
    """
    if not by.has_perm("bulletins.discuss"):
        raise PermissionDenied
    words = _words(text)
    people = _mentioned(words, mentions, among=desk_people())
    _require_readable(words, people, where="内部讨论")
    comment = OfficeComment(text=words, by=by, at=now())
    if isinstance(about, Submission):
        comment.submission = about
    elif isinstance(about, Entry):
        comment.entry, comment.issue = about, about.issue
    else:
        comment.issue = about
    comment.save()
    comment.mentions.set(people)
    tell_discussed(comment, [person for person in people if person != by])
    return comment


@transaction.atomic
def write_to_unit(submission: Submission, *, by: User, text: str, mentions: Collection[int] = ()) -> UnitComment:
    """Write to the unit about its report: its officer and deputy get a message, and who is mentioned."""
    if not by.has_perm("bulletins.write_to_unit", submission):
        raise PermissionDenied
    if not received_submissions(by).filter(pk=submission.pk).exists():
        raise Refused("稿件已被单位撤回，现在不能给单位留言。")
    words = _words(text)
    people = _mentioned(words, mentions, among=unit_people(submission.unit))
    _require_readable(words, people, where=f"{submission.unit}的留言")
    comment = UnitComment.objects.create(submission=submission, text=words, by=by, at=now())
    comment.mentions.set(people)
    tell_unit_written(comment, people)
    return comment


@transaction.atomic
def answer_office(submission: Submission, *, by: User, text: str) -> UnitComment:
    """The unit answers what the office wrote to it; whoever wrote last is told, and whose errand the report is."""
    if not by.has_perm("bulletins.answer_office", submission):
        raise PermissionDenied
    written = UnitComment.objects.filter(submission=submission, from_unit=False).select_related("by").last()
    if written is None:
        raise Refused("省协同提质办没有就这篇稿件给您留言，不需要答复。")
    comment = UnitComment.objects.create(submission=submission, text=_words(text), by=by, at=now(), from_unit=True)
    tell_unit_answered(comment, written.by)
    return comment


def _words(text: str) -> str:
    words = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not words:
        raise Refused("请先写下内容。")
    if len(words) > LONGEST_COMMENT:
        raise Refused(f"内容有{len(words)}字，超过{LONGEST_COMMENT}字。请缩短，或作为附件上传。")
    return words


def _mentioned(words: str, chosen: Collection[int], *, among: Iterable[User]) -> list[User]:
    """People of ``among`` who were ticked, or whose name stands behind an @."""
    return [person for person in among if person.pk in chosen or f"@{person.name}" in words]


def _require_readable(words: str, people: list[User], *, where: str) -> None:
    """Refuse a mention of somebody who has an account and could not read the comment."""
    known = {person.name for person in people}
    behind = [part[:_LONGEST_NAME] for part in words.split("@")[1:]]
    names = {part[:end] for part in behind for end in range(2, len(part) + 1)}
    hidden = User.objects.filter(name__in=names).exclude(name__in=known).values_list("name", flat=True)
    # “@张三丰” names 张三丰, not 张三: the longest name that fits is meant.
    meant = {max((name for name in {*known, *hidden} if part.startswith(name)), key=len, default="") for part in behind}
    for name in hidden:
        if name in meant:
            raise Refused(f"{name}看不到{where}，没有发出。请去掉“@{name}”后再发。")
