"""汇总转报: what a collecting unit does with the reports that lie on its desk, and an officer with staff's drafts.

A consolidated report is an ordinary report of the collecting unit; what was joined into it points to it
(``Submission.part_of``) and shares its fate. Words are copied, activities are linked and never copied.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bulletins.models import CallTarget, Submission
from bulletins.notices.collecting import tell_kept, tell_passed_back
from bulletins.services.joined_words import joined_text, joined_title
from bulletins.services.parts import detach, lock_whole
from bulletins.services.saving import locked_submission
from bulletins.services.submission import submit_submission
from bulletins.services.submission_rows import add_rows, settle_rows
from bulletins.states import TO_COLLECT, WITH_UNIT
from bulletins.validators import check_length, check_report_text
from portal.accounts.models import Unit, User
from portal.accounts.roles import REPORTING_ROLES
from portal.refusals import Refused
from portal.workflow import moving, started

#: Far more than one report ever joins; beyond is a slip.
MOST_JOINED = 50


def hand_in_submission(submission: Submission, *, by: User) -> Submission:
    """交信息员: staff give their draft to the unit's officer. Raises ValidationError where something is wanting."""
    with moving(submission, "hand_in", by=by) as locked:
        check_report_text(locked.title, locked.text)
        settle_rows(locked, by=by)
        locked.reason = ""
        locked.at = locked.unit
    return submission


def take_back_submission(submission: Submission, *, by: User) -> Submission:
    """取回: the writer has his draft back, as long as the officer has not taken it up."""
    with moving(submission, "take_back", by=by) as locked:
        locked.at = None
    return submission


def hand_back_submission(submission: Submission, *, by: User, reason: str) -> Submission:
    """The officer wants staff to change their draft; the writer reads why."""
    with moving(submission, "hand_back", by=by, reason=reason) as locked:
        locked.reason = reason.strip()
        tell_passed_back(locked, by=by)
    return submission


def pass_back_report(submission: Submission, *, by: User, reason: str) -> Submission:
    """The collecting unit returns a report to its unit; one that was joined comes out of the consolidated draft."""
    with transaction.atomic():
        lock_whole(submission)
        with moving(submission, "pass_back", by=by, reason=reason) as locked:
            detach(locked)
            locked.reason = reason.strip()
            tell_passed_back(locked, by=by)
    return submission


def keep_report(submission: Submission, *, by: User, reason: str) -> Submission:
    """留用: the collecting unit does not send it on, and says why. Its facts stay recorded."""
    with moving(submission, "keep", by=by, reason=reason) as locked:
        locked.reason = reason.strip()
        tell_kept(locked, by=by)
    return submission


def take_up_report(submission: Submission, *, by: User) -> Submission:
    """A kept report is on the collecting unit's pile again."""
    with moving(submission, "take_up", by=by) as locked:
        locked.reason = ""
    return submission


@transaction.atomic
def forward_report(submission: Submission, *, by: User) -> Submission:
    """直接转报: send one report on as it is, under the collecting unit's name. Returns the report that was sent.

    It passes the collecting unit's own sign-off like every other. Raises Refused where that unit cannot send it.
    """
    if submission.at is None:
        raise Refused("这篇稿件不在您的汇总之列，可能已由同事处理，请刷新页面查看。")
    whole = _join([submission], submission.at, by=by, act="forward")
    if not by.has_perm("bulletins.send_submission_to_approver", whole) and not by.has_perm(
        "bulletins.submit_submission", whole
    ):
        raise Refused("这篇稿件也由您代写，须由他人审核。请先用“汇总为一篇”，再上传签批件报送。")
    submit_submission(whole, by=by)
    submission.refresh_from_db()
    return whole


@transaction.atomic
def join_reports(
    reports: Sequence[Submission], *, collector: Unit, by: User, into: Submission | None = None
) -> Submission:
    """汇总为一篇: join ``reports`` into a new draft of ``collector``, or into its draft ``into``. Returns the draft.

    Each unit's paragraphs begin with its name. Raises Refused where a report lies on another desk, was joined by a
    colleague in the meantime or is the draft itself, and ValidationError where the whole grows too long.
    """
    return _join(reports, collector, by=by, into=into)


def _join(
    reports: Sequence[Submission], collector: Unit, *, by: User, into: Submission | None = None, act: str = "join"
) -> Submission:
    if not by.holds(*REPORTING_ROLES, unit=collector):
        raise PermissionDenied
    if not reports:
        raise Refused("还没有选择稿件，请先勾选要汇总的稿件。")
    if len(reports) > MOST_JOINED:
        raise Refused(f"一次最多汇总{MOST_JOINED}篇，现在选了{len(reports)}篇，请分几次。")
    whole = _open_draft(into, reports, collector, by=by) if into else None
    parts = _locked_parts(reports, collector)
    for part in parts:
        if part.draft_rows is not None:  # the officer has edited a draft that staff handed in
            settle_rows(part, by=by)
            part.save(update_fields=["draft_rows"])
    whole = _extended(whole, parts) if whole else _begun(parts, collector, by=by)
    for part in parts:
        with moving(part, act, by=by, whole=whole.pk) as locked:
            locked.part_of = whole
            locked.reason = ""
    return whole


def _locked_parts(reports: Sequence[Submission], collector: Unit) -> list[Submission]:
    """The reports, locked, in official order of their units. Raises Refused for one that cannot be joined."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("unit", "at")
    parts = list(rows.filter(pk__in=[report.pk for report in reports]).order_by("pk"))
    for part in parts:
        if part.state not in TO_COLLECT or part.part_of_id is not None:
            raise Refused(f"《{part}》现在是“{part.get_state_display()}”，不能汇总。可能已由同事处理，请刷新页面查看。")
        if part.at_id != collector.pk:
            raise Refused(f"《{part}》在{part.at}，不在{collector}，不能一起汇总。")
    if len(parts) < len({report.pk for report in reports}):
        raise Refused("有一篇稿件已被删除，请刷新页面后重新选择。")
    return sorted(parts, key=lambda part: (part.unit.official_order, part.unit.name, part.pk))


def _open_draft(into: Submission, reports: Sequence[Submission], collector: Unit, *, by: User) -> Submission:
    """The draft ``into``, locked before its parts."""
    if into.pk in {report.pk for report in reports}:
        raise Refused("一篇稿件不能汇总到它自己里，请另选一篇汇总稿。")
    whole = locked_submission(into)
    if whole.unit_id != collector.pk or not by.has_perm("bulletins.write_submission", whole):
        raise PermissionDenied
    if whole.state not in WITH_UNIT:
        raise Refused(f"《{whole}》现在是“{whole.get_state_display()}”，不能再加入稿件。请另选一篇或新建。")
    return whole


def _begun(parts: Sequence[Submission], collector: Unit, *, by: User) -> Submission:
    """A new draft of the collecting unit from the parts' words and activities."""
    title, text = joined_title(parts, collector), joined_text(parts, collector)
    check_length(title, text)
    whole = Submission.objects.create(
        unit=collector, author=by, title=title, text=text, call_id=_call(parts, collector)
    )
    whole.activities.set(_activities(parts))
    started(whole, "新建汇总稿", by=by)
    return whole


def _extended(whole: Submission, parts: Sequence[Submission]) -> Submission:
    """The parts' words after those of a draft, their activities among its own."""
    text = "\n".join(
        words for words in (whole.text.rstrip(), joined_text(parts, whole.unit, always_named=True)) if words
    )
    check_length(whole.title, text)
    whole.text = text
    whole.version += 1
    add_rows(whole, _activities(parts))
    whole.save(update_fields=["text", "draft_rows", "version", "updated_at"])
    return whole


def _activities(parts: Sequence[Submission]) -> list[int]:
    """Ids of what the parts tell of; what two of them tell of is one activity."""
    return list(dict.fromkeys(pk for part in parts for pk in part.activities.values_list("pk", flat=True)))


def _call(parts: Sequence[Submission], collector: Unit) -> int | None:
    """The call that all parts answer, where the collecting unit was asked as well."""
    calls = {part.call_id for part in parts}
    call = calls.pop() if len(calls) == 1 else None
    asked = call is not None and CallTarget.objects.filter(call=call, unit=collector).exists()
    return call if asked else None
