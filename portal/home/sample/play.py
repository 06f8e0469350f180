"""Play the sample programme through the portal's own services: units, people, reports, issues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from alliances.models import Alliance
from alliances.services.partnership import pair_units
from bulletins.models import Issue, Section, Submission
from bulletins.queries.issue import the_periodical
from bulletins.queries.public_review import open_items
from bulletins.services import issue as issues
from bulletins.services import issue_chain as chain
from bulletins.services import submission as submissions
from bulletins.services.desk import adopt_submission, decline_submission, edit_for_print, return_submission
from bulletins.services.entry import add_entry
from bulletins.services.numbering import raise_counter
from bulletins.services.points import Point, mark_of
from bulletins.services.print_words import as_lead
from bulletins.services.public_review import tick_items
from bulletins.services.reading import recognise
from bulletins.services.rendition import job_of
from pilots.queries.activity import Lookups, lookups
from pilots.services.activity_row import understand
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office, the_programme
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.post import give_post
from portal.accounts.services.unit import register_unit
from portal.accounts.services.user import open_account
from portal.home.sample.reports import HAND_WRITTEN, REPORTS, SampleReport
from portal.home.sample.units import COUNTIES, PAIRS, PARTNERS, PREFECTURES, SCHOOLS, UNIVERSITIES, SampleUnit
from portal.jobs.services import run
from portal.text.structure import paragraphs

#: The programme began with the plan of 2023 (赣教基字〔2023〕39号).
BEGAN = date(2023, 9, 1)
#: Sign-in, post in the office, how the person is called.
OFFICE_PEOPLE = [
    ("bianji", Role.EDITOR, "省办编辑"),
    ("shenhe", Role.REVIEWER, "省办审核"),
    ("qianfa", Role.ISSUER, "省办签发人"),
    ("guanli", Role.ADMIN, "省办管理员"),
    ("anquan", Role.SECURITY, "省办安全员"),
    ("shenji", Role.AUDITOR, "省办审计员"),
    ("lingdao", Role.LEADER, "省办领导"),
]
#: The real issues end with 第16期; the sample's come after, so that both can stand side by side.
LAST_REAL_NUMBER = 16
#: Number, day when its reports came in, masthead date, day of printing (None: signed only), whether it is public.
ISSUES = [
    (17, date(2024, 11, 20), date(2024, 12, 2), date(2024, 12, 3), True),
    (18, date(2024, 11, 29), date(2024, 12, 9), date(2024, 12, 10), True),
    (19, date(2024, 12, 4), date(2024, 12, 16), None, False),
]
#: The issue in the making: the first day it collects, and the date its masthead bears so far.
PRESENT_SINCE, PRESENT_DATED = date(2024, 11, 25), date(2024, 12, 23)
#: When the reports came in that no sample issue prints.
RECENTLY = date(2024, 12, 6)


class Play:
    """One performance; ``accounts`` collects sign-ins and first passwords to be written down for the visitor."""

    def __init__(self) -> None:
        self.accounts: list[tuple[str, str, str]] = []
        self.units: dict[str, Unit] = {}
        self.office: dict[str, User] = {}
        self.officers: dict[str, User] = {}
        self.approvers: dict[str, User] = {}
        self.lookups: Lookups

    def perform(self) -> None:
        """Everything, in the order in which it would have happened."""
        self.register_units()
        self.lookups = lookups()
        self.appoint()
        raise_counter(the_periodical(), LAST_REAL_NUMBER, None)
        for number, received, dated, printed_on, is_public in ISSUES:
            for report in self._reports(str(number)):
                self.came_in(self.write(report, told_on=received), received)
            self.make_issue(number, received, dated, printed_on, is_public=is_public)
        for report in REPORTS:
            if not report.fate.isdigit():
                self.came_in(self.write(report, told_on=RECENTLY), RECENTLY)
        self.open_present_issue()

    def register_units(self) -> None:
        """The tree of units, and the pairs."""
        for kind, rows in (
            (UnitKind.PREFECTURE, PREFECTURES),
            (UnitKind.UNIVERSITY, UNIVERSITIES),
            (UnitKind.PARTNER, PARTNERS),
            (UnitKind.COUNTY, COUNTIES),
            (UnitKind.SCHOOL, SCHOOLS),
        ):
            for order, row in enumerate(rows, 1):
                self.units[row.name] = self._register(kind, order, row)
        programme = the_programme()
        alliance = Alliance.objects.create(
            programme=programme, name="江西省协同提质行动高校联盟", lead=self.units["江西师范大学"]
        )
        for university, county in PAIRS:
            pair_units(
                alliance=alliance,
                university=self.units[university],
                county=self.units[county],
                since=BEGAN,
                until=None,
                by=None,
            )

    def _register(self, kind: str, order: int, row: SampleUnit) -> Unit:
        return register_unit(
            programme=the_programme(),
            kind=kind,
            name=row.name,
            short_name=row.short_name,
            parent=self.units[row.parent] if row.parent else the_office(),
            aliases=row.aliases,
            is_outside=row.is_outside,
            official_order=order,
            by=None,
        )

    def appoint(self) -> None:
        """The office's people, and an officer for every unit that reports; one university has an approver too."""
        for username, role, name in OFFICE_PEOPLE:
            self.office[role] = self.person(username, name, the_office(), role)
        reporting = dict.fromkeys(report.unit for report in REPORTS)
        for number, name in enumerate(reporting, 1):
            self.officers[name] = self.person(
                f"xinxi{number:02}", f"{name}信息员", self.units[name], Role.INFORMATION_OFFICER
            )
        unit = self.units["宜春学院"]
        self.approvers[unit.name] = self.person("yichun-shenhe", "宜春学院审核人", unit, Role.UNIT_APPROVER)

    def person(self, username: str, name: str, unit: Unit, role: str, *, until: date | None = None) -> User:
        """An account with a post since the programme began; its sign-in is written down for the visitor."""
        user, password = open_account(username=username, name=name, by=None)
        user.must_change_password = False  # a visitor tries several people; asking each to change helps nobody
        user.save(update_fields=["must_change_password"])
        give_post(user=user, unit=unit, role=role, since=BEGAN, until=until, by=None)
        self.accounts.append((username, password, f"{unit.label} {Role(role).label}"))
        return user

    def write(self, report: SampleReport, *, told_on: date) -> Submission:
        """Write a report as its unit would, with the activities read off its text, and take it as far as its fate."""
        officer, unit = self.officers[report.unit], self.units[report.unit]
        submission = submissions.create_submission(unit=unit, by=officer, title=report.title, text=report.text)
        read = recognise(report.text, unit=unit, lookups=self.lookups, today=told_on)
        told = [row for row in read.rows if not understand(row, self.lookups, today=told_on).missing]
        submission = submissions.save_draft(
            submission, by=officer, title=report.title, text=report.text, version=submission.version, rows=told
        )
        if report.fate == "draft":
            return submission
        submissions.submit_submission(submission, by=officer)
        if report.fate == "awaiting_unit":
            return submission
        if report.unit in self.approvers:
            submissions.approve_submission(submission, by=self.approvers[report.unit])
        self._decide(submission, report)
        return submission

    def _decide(self, submission: Submission, report: SampleReport) -> None:
        editor = self.office[Role.EDITOR]
        if report.fate == "editing":
            lead, text = as_lead(submission.title), submission.text
            edit_for_print(submission, by=editor, lead=lead, text=text, version=submission.version)
        elif report.fate == "returned":
            return_submission(submission, by=editor, reason=report.reason, points=[_first_point(submission)])
        elif report.fate == "declined":
            decline_submission(submission, by=editor, reason=report.reason)
        elif report.fate != "in_review":
            adopt_submission(submission, by=editor)

    def make_issue(self, number: int, received: date, dated: date, printed_on: date | None, *, is_public: bool) -> None:
        """An issue from its collection window through the chain, as far as its dates say."""
        editor, reviewer, issuer = (self.office[role] for role in (Role.EDITOR, Role.REVIEWER, Role.ISSUER))
        issue = issues.create_issue(
            periodical=the_periodical(), issue_date=dated, window_start=received, window_end=dated, by=editor
        )
        issues.assemble_issue(issue, by=editor)
        self._write_by_hand(issue, number)
        run(chain.request_proof(issue, by=editor).pk)
        chain.send_for_review(issue, by=editor)
        chain.approve_issue(issue, by=reviewer)
        chain.sign_issue(issue, by=issuer)
        if printed_on is None:
            return
        chain.print_issue(issue, by=editor, printed_on=printed_on)
        if job := job_of(issue, "final"):
            run(job.pk)
        if is_public:
            tick_items(issue, items=[item.pk for item in open_items(issue)], by=reviewer)
            chain.publish_issue(issue, by=reviewer)
            Issue.objects.filter(pk=issue.pk).update(published_at=_noon(printed_on))

    def open_present_issue(self) -> None:
        """The issue in the making, assembled, so that a visitor finds the desk at work.

        It bears a date of the sample's own time, which gives its reports their years and keeps 校对 from asking
        after them; its window is open until today, so that what the visitor writes comes into it too.
        """
        editor = self.office[Role.EDITOR]
        issue = issues.create_issue(
            periodical=the_periodical(),
            issue_date=PRESENT_DATED,
            window_start=PRESENT_SINCE,
            window_end=timezone.localdate(),
            by=editor,
        )
        issues.assemble_issue(issue, by=editor)
        self._write_by_hand(issue, 0)

    def _write_by_hand(self, issue: Issue, number: int) -> None:
        for which, section, lead, text in HAND_WRITTEN:
            if which == number:
                place = Section.objects.get(periodical=issue.periodical, name=section)
                add_entry(issue, section=place, lead=lead, text=text, by=self.office[Role.EDITOR])

    def _reports(self, fate: str) -> Iterator[SampleReport]:
        return (report for report in REPORTS if report.fate == fate)

    def came_in(self, submission: Submission, day: date) -> None:
        """Date a report to the day it tells of; everything else about it came about through the services."""
        Submission.objects.filter(pk=submission.pk).update(created_at=_noon(day))
        Submission.objects.filter(pk=submission.pk, submitted_at__isnull=False).update(submitted_at=_noon(day))


def _first_point(submission: Submission) -> Point:
    """What is wanted of the first paragraph, so that a visitor sees how points stand beside the text."""
    return Point(0, mark_of(paragraphs(submission.text)[0]), "请写明参加人员的总数，并核对日期。")


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
