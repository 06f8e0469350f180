"""Every write to a progress report (学期确认单): its words, its submission, its way over the desks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pilots.models import ProgressComment, ProgressReport, ProgressVersion
from pilots.models.progress import WORDS
from pilots.notices.progress_report import tell_returned
from pilots.queries.progress_report import last_version, previous_version, to_review_by
from pilots.queries.progress_route import Desk, desks_of, first_open, route_for
from pilots.services.locks import is_locked, refuse_period, running_exceptions
from pilots.services.progress_content import content_now, findings, is_clean
from pilots.states.progress import IN_REVIEW, WITH_OWNER, ProgressState
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.audit.models import record
from portal.refusals import Refused, WrongState
from portal.text.typed import typed_words
from portal.workflow import Move, move_all, moving

#: Each of the three words is short; a longer one is a report of its own.
LONGEST_WORDS = 1_000
#: More than a county has schools; beyond, it is done in parts.
MOST_AT_ONCE = 500


@transaction.atomic
def save_words(report: ProgressReport, *, words: dict[str, str], version: int, by: User) -> ProgressReport:
    """Keep what the unit adds (``WORDS``); ``version`` is what the page had shown.

    Raises Refused where a colleague saved meanwhile or it is not the unit's turn.
    """
    locked = _locked(report)
    if not by.has_perm("pilots.write_progress", locked):
        raise PermissionDenied
    if locked.state not in WITH_OWNER:
        raise WrongState(
            f"确认单现在是“{locked.get_state_display()}”，不能再改。如需修改，请先取回，或请审核单位退回。"
        )
    refuse_period(locked.period, locked.unit_id, by=by)
    _check_words(words)
    if all(getattr(locked, name) == words[name].strip() for name in WORDS):
        return locked
    if locked.version != version:
        raise Refused("同事刚刚保存过这份确认单。您写的文字还在框里，请对照下方的现有文字后再保存。")
    for name in WORDS:
        setattr(locked, name, words[name].strip())
    locked.version += 1
    locked.save(update_fields=[*WORDS, "version"])
    record(locked, "pilots.progressreport.write", "修改确认单文字", by=by)
    report.refresh_from_db()
    return locked


@transaction.atomic
def submit_report(report: ProgressReport, *, by: User) -> ProgressReport:
    """Freeze what the sheet shows and send it to the first desk; the desks are fixed from now on.

    Raises WrongState where it was submitted already, Refused where its period is locked and ``by`` has no exception.
    """
    with moving(report, "submit", by=by) as locked:
        refuse_period(locked.period, locked.unit_id, by=by)
        route = route_for(locked.unit, hands=by.hands)
        _freeze(locked, by=by)
        _put(locked, route)
        locked.hands = by.hands
        locked.has_lone_desk = any(desk.is_lone for desk in route)
        locked.above = list({*locked.above, *(desk.unit for desk in route)})
        locked.reason = ""
    return report


@transaction.atomic
def save_and_submit(report: ProgressReport, *, words: dict[str, str], version: int, by: User) -> ProgressReport:
    """提交 of a page: its words are kept and the sheet is sent, or neither."""
    save_words(report, words=words, version=version, by=by)
    return submit_report(report, by=by)


def take_back_report(report: ProgressReport, *, by: User) -> ProgressReport:
    """取回: as long as no desk has passed it."""
    with moving(report, "take_back", by=by) as locked:
        _off_the_desks(locked)
    return report


@transaction.atomic
def approve_report(report: ProgressReport, *, turn: int, by: User, note: str = "") -> ProgressReport:
    """通过: on to the next desk, or confirmed. ``turn`` is what the page had shown; WrongState where it moved on."""
    _demand_turn(report, turn)
    words = typed_words(note, "意见", LONGEST_WORDS)
    with moving(report, "approve", by=by, desk=report.at_id) as locked:
        _pass(locked, by=by, note=words)
    return report


@transaction.atomic
def return_report(report: ProgressReport, *, turn: int, by: User, reason: str) -> ProgressReport:
    """退回 with a reason, which the unit and every desk read; what comes back shows the difference."""
    _demand_turn(report, turn)
    with moving(report, "return", by=by, reason=reason) as locked:
        desk = locked.at or the_office()
        _off_the_desks(locked)
        locked.reason = reason.strip()
        is_shut = is_locked(locked.period) and not running_exceptions(locked.period, locked.unit_id).exists()
        tell_returned(locked, by=desk, is_shut=is_shut)
    return report


@transaction.atomic
def pass_over_desk(report: ProgressReport, *, turn: int, by: User, reason: str) -> ProgressReport:
    """The office sends on what lies at a desk where nobody can review it any more."""
    _demand_turn(report, turn)
    with moving(report, "pass_over", by=by, reason=reason) as locked:
        _pass(locked, by=by, note=f"该级无人审核，由省协同提质办转下一级：{reason.strip()}")
    return report


def approve_many(chosen: Iterable[int], *, by: User) -> tuple[int, dict[int, str]]:
    """Bulk approval of what has nothing odd. Returns how many passed, and by id why others did not.

    What wants a person's eye is left out with a sentence: it is opened and looked at one by one.
    """
    wanted = list(dict.fromkeys(chosen))
    if not wanted:
        raise Refused("还没有选择确认单，请先勾选。")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(f"一次最多通过{MOST_AT_ONCE}份，现在选了{len(wanted)}份，请分几次。")
    allowed, refused = _allowed(to_review_by(by).filter(pk__in=wanted), wanted, by)

    def change(report: ProgressReport, move: Move) -> None:
        if not report.is_clean:
            raise Refused("有缺少、异常或存疑的内容，请打开查看后单独审核。")
        _pass(report, by=by, note="批量通过")

    moved, failed = move_all(
        to_review_by(by),
        [Move(pk, "approve") for pk in allowed],
        by=by,
        change=change,
        fields=["route", "at", "hands", "turn", "confirmed_at"],
    )
    return len(moved), refused | failed


@transaction.atomic
def comment_report(report: ProgressReport, *, text: str, by: User) -> ProgressComment:
    """A word that moves nothing; every desk and the unit read it."""
    if not by.has_perm("pilots.comment_progress", report):
        raise PermissionDenied
    words = typed_words(text, "意见", LONGEST_WORDS)
    if not words:
        raise Refused("请先写意见。")
    desks = [desk.unit for desk in desks_of(report.route)]
    unit = next((post.unit for post in by.posts_today if post.unit_id in (report.unit_id, *desks)), the_office())
    comment = ProgressComment.objects.create(report=report, unit=unit, by=by, text=words)
    record(report, "pilots.progressreport.comment", "提出意见", by=by)
    return comment


def _locked(report: ProgressReport) -> ProgressReport:
    return ProgressReport.objects.select_for_update(of=("self",)).select_related("period", "unit").get(pk=report.pk)


def _demand_turn(report: ProgressReport, turn: int) -> None:
    """Another reviewer was quicker: say so rather than that it is not one's own any more."""
    locked = _locked(report)
    if locked.turn != turn:
        raise WrongState(f"确认单刚刚已由他人处理，现在是“{locked.get_state_display()}”。请刷新页面查看。")


def _check_words(words: dict[str, str]) -> None:
    wrong = {
        name: f"{label}有{len(words[name])}字，超过{LONGEST_WORDS}字，请缩短。"
        for name, label in WORDS.items()
        if len(words[name]) > LONGEST_WORDS
    }
    if wrong:
        raise ValidationError(wrong)


def _freeze(report: ProgressReport, *, by: User) -> None:
    """What the sheet shows at this moment becomes a version; what stands out in it is kept for the lists."""
    now, content = timezone.now(), content_now(report)
    before, last = previous_version(report), last_version(report)
    report.findings = findings(content, before.content if before else None, report.period.cadence)
    report.is_clean = is_clean(report.findings)
    report.submitted_by, report.submitted_at = by, now
    report.first_submitted_at = report.first_submitted_at or now
    ProgressVersion.objects.create(
        report=report, number=last.number + 1 if last else 1, content=content, submitted_by=by, submitted_at=now
    )


def _put(report: ProgressReport, route: list[Desk]) -> None:
    """Lay it on the first open desk of ``route``; past all of them it is confirmed."""
    desk = first_open(route)
    report.route = [one.to_json() for one in route]
    report.at_id = desk.unit if desk else None
    report.turn += 1
    if desk is not None:
        report.state = desk.state
    else:
        report.state, report.confirmed_at = ProgressState.CONFIRMED, timezone.now()


def _pass(report: ProgressReport, *, by: User, note: str = "") -> None:
    """The desk on which it lies is done with it."""
    route = desks_of(report.route)
    here = first_open(route)
    at = _moment(timezone.now())
    _put(report, [desk.done(by, at, note) if desk is here else desk for desk in route])
    report.hands = [*report.hands, *by.hands]


def _moment(now: datetime) -> str:
    return timezone.localtime(now).isoformat(timespec="minutes")


def _off_the_desks(report: ProgressReport) -> None:
    report.at, report.route, report.hands, report.confirmed_at = None, [], [], None
    report.turn += 1


def _allowed(rows: QuerySet[ProgressReport], wanted: list[int], by: User) -> tuple[list[int], dict[int, str]]:
    """What ``by`` may approve; the rest was moved on by somebody, or is not his."""
    mine = {report.pk for report in rows.filter(state__in=IN_REVIEW) if by.has_perm("pilots.review_progress", report)}
    gone = "不在您的待审核之列，可能已由同事处理。"
    return [pk for pk in wanted if pk in mine], {pk: gone for pk in wanted if pk not in mine}
