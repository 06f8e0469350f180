"""学期确认单 in the sample programme: last term confirmed, this term on its way. The words are made up."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from pilots.models import ProgressReport, ProgressVersion, ReportingCadence, ReportingPeriod
from pilots.queries.progress_route import reviewing_roles
from pilots.queries.reporting import spans_of
from pilots.services.progress_report import approve_report, comment_report, return_report, save_and_submit, save_words
from pilots.services.reporting import move_days, open_period
from pilots.states.progress import IN_REVIEW
from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import Role
from portal.home.sample.play import Play

COUNTY = "安义县"
WORDS = {
    "outcomes": "与结对高校的联合教研形成固定安排，青年教师上公开课的次数比上学期多。",
    "difficulties": "音乐、美术教师不够，走教课表不好排。",
    "next_steps": "把集体备课排进课表，两校教研组共用一份计划。",
}
NO_WORDS = dict.fromkeys(WORDS, "")


def report_on_terms(play: Play) -> None:
    """Everybody with an officer has last term behind him; of this term some are in, one came back, most are open."""
    editor = play.office[Role.EDITOR]
    bureau = play.person("anyi-jiaojiao", "安义县教体局工作人员", play.units[COUNTY], Role.STAFF)
    cadence = ReportingCadence.objects.get(span=ReportingCadence.Span.TERM)
    this, _last = spans_of(cadence)
    _confirm_all(play, _open_late(cadence, play))
    period = open_period(cadence=cadence, span=this, by=editor).period
    for school in ("安义中学", "龙津中学", "安义县第三小学"):
        _submit(play, period, school, WORDS)
    passed, back = _sheet(play, period, "龙津中学"), _sheet(play, period, "安义县第三小学")
    approve_report(passed, turn=passed.turn, by=bureau)
    return_report(back, turn=back.turn, by=bureau, reason="请写明下学期走教的学科和人数。")
    comment_report(_sheet(play, period, "安义中学"), text="走教课表请与县里的安排对一下。", by=bureau)
    draft = _sheet(play, period, "安义县幼儿园")
    save_words(draft, words=NO_WORDS | {"outcomes": WORDS["outcomes"]}, version=0, by=play.officers["安义县幼儿园"])
    _submit(play, period, "江西师范大学", NO_WORDS)


def _open_late(cadence: ReportingCadence, play: Play) -> ReportingPeriod:
    """Last term, open for the moment in which the sample fills it in."""
    today = timezone.localdate()
    days = {"due": today, "locks_on": today + timedelta(days=1)}
    return open_period(cadence=cadence, span=spans_of(cadence)[1], by=play.office[Role.EDITOR], **days).period


def _confirm_all(play: Play, period: ReportingPeriod) -> None:
    """Whoever has an officer submits, the desks pass it; then the days are what they usually are."""
    editor = play.office[Role.EDITOR]
    for name in play.officers:
        if not period.reports.filter(unit=play.units[name]).exists():
            continue
        report = _submit(play, period, name, WORDS if name == "安义中学" else NO_WORDS)
        while report.state in IN_REVIEW:
            approve_report(report, turn=report.turn, by=_reviewer(report))
    end, cadence = period.span.end, period.cadence
    due, locks_on = end + timedelta(days=cadence.due_after), end + timedelta(days=cadence.locks_after)
    move_days(period, due=due, locks_on=locks_on, by=editor)
    _date_back(period)


def _reviewer(report: ProgressReport) -> User:
    """Somebody at the desk on which it lies."""
    roles = reviewing_roles(report.at) if report.at else ()
    posts = posts_on().filter(unit=report.at_id, role__in=roles).exclude(user__in=report.hands)
    return posts.earliest("pk").user


def _date_back(period: ReportingPeriod) -> None:
    """As if it had been done in its time, in the last days before it was due."""
    sent, confirmed = (
        timezone.make_aware(datetime.combine(day, time(10)))
        for day in (period.due - timedelta(days=2), period.due + timedelta(days=3))
    )
    reports = ProgressReport.objects.filter(period=period, submitted_at__isnull=False)
    reports.update(submitted_at=sent, first_submitted_at=sent, confirmed_at=confirmed)
    ProgressVersion.objects.filter(report__in=reports).update(submitted_at=sent)


def _submit(play: Play, period: ReportingPeriod, name: str, words: dict[str, str]) -> ProgressReport:
    report = _sheet(play, period, name)
    return save_and_submit(report, words=words, version=report.version, by=play.officers[name])


def _sheet(play: Play, period: ReportingPeriod, name: str) -> ProgressReport:
    return ProgressReport.objects.select_related("period__cadence", "unit").get(period=period, unit=play.units[name])
