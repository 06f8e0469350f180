"""一键组稿: which reports become entries, where and in what order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bulletins.models import Issue
from bulletins.queries.issue import entries_of
from bulletins.services import issue as services
from bulletins.services.desk import decline_submission
from bulletins.services.entry import add_entry, move_entry
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.refusals import Refused
from tests.bulletins.chain import make_written, sent_for_review
from tests.factories import make_adopted, make_issue, make_officer, make_report, make_unit


def leads_by_section(issue: Issue) -> list[tuple[str, str]]:
    return [(entry.section.name, entry.lead) for entry in entries_of(issue)]


class TestAssembling:
    def test_reports_go_to_the_section_of_their_units_kind_in_official_order(self, editor: User) -> None:
        second = make_unit(UnitKind.UNIVERSITY, "乙大学", official_order=20)
        first = make_unit(UnitKind.UNIVERSITY, "甲大学", official_order=10)
        county = make_unit(UnitKind.COUNTY, "丙县")
        for unit in (second, county, first):
            make_adopted(editor, make_officer(unit), title=f"{unit}开展教研")
        issue = make_issue(editor)
        services.assemble_issue(issue, by=editor)
        assert leads_by_section(issue) == [
            ("高校动态", "甲大学开展教研。"),
            ("高校动态", "乙大学开展教研。"),
            ("市县动态", "丙县开展教研。"),
        ]

    def test_a_prefecture_stands_before_its_counties_and_these_before_the_next_prefecture(self, editor: User) -> None:
        late = make_unit(UnitKind.PREFECTURE, "后市", official_order=2)
        early = make_unit(UnitKind.PREFECTURE, "前市", official_order=1)
        units = [
            late,
            make_unit(UnitKind.COUNTY, "后县", parent=late, official_order=1),
            make_unit(UnitKind.COUNTY, "前二县", parent=early, official_order=9),
            make_unit(UnitKind.COUNTY, "前一县", parent=early, official_order=8),
            early,
        ]
        for unit in units:
            make_adopted(editor, make_officer(unit), title=unit.name)
        issue = make_issue(editor)
        services.assemble_issue(issue, by=editor)
        assert [lead for _, lead in leads_by_section(issue)] == ["前市。", "前一县。", "前二县。", "后市。", "后县。"]

    def test_a_school_stands_behind_its_county_not_among_the_prefectures(self, editor: User) -> None:
        city = make_unit(UnitKind.PREFECTURE, "某市", official_order=5)
        county = make_unit(UnitKind.COUNTY, "某县", parent=city, official_order=1)
        school = make_unit(UnitKind.SCHOOL, "某校", parent=county, official_order=1)
        other = make_unit(UnitKind.PREFECTURE, "另市", official_order=3)
        for unit in (school, county, city, other):
            make_adopted(editor, make_officer(unit), title=unit.name)
        issue = make_issue(editor)
        services.assemble_issue(issue, by=editor)
        assert [lead for _, lead in leads_by_section(issue)] == ["另市。", "某市。", "某县。", "某校。"]

    def test_the_reports_of_one_unit_become_one_entry_under_a_lead_that_names_it(self, editor: User) -> None:
        officer = make_officer(make_unit(name="甲大学"))
        make_adopted(editor, officer, title="送教", text="先送教。")
        make_adopted(editor, officer, title="教研", text="后教研。")
        (entry,) = services.assemble_issue(make_issue(editor), by=editor)
        assert entry.lead == "甲大学开展协同提质系列活动。"
        assert entry.text == "先送教。\n后教研。"
        assert entry.sources.count() == 2

    def test_what_is_placed_stays_and_a_second_time_brings_nothing_new(self, editor: User) -> None:
        make_adopted(editor, title="甲")
        issue = make_issue(editor)
        (entry,) = services.assemble_issue(issue, by=editor)
        elsewhere = issue.periodical.sections.get(name="他山之石")
        move_entry(entry, section=elsewhere, position=0, by=editor)
        assert services.assemble_issue(issue, by=editor) == []
        assert leads_by_section(issue) == [("他山之石", "甲。")]

    def test_what_came_in_after_the_window_waits_for_the_next_issue(self, editor: User) -> None:
        make_adopted(editor)
        yesterday = timezone.localdate() - timedelta(days=1)
        issue = make_issue(editor)
        facts = {
            name: getattr(issue, name)
            for name in ("masthead", "office", "report_to", "copy_to", "issue_date", "version")
        }
        services.update_issue(issue, by=editor, window_start=yesterday, window_end=yesterday, **facts)
        assert services.assemble_issue(issue, by=editor) == []

    def test_undecided_and_declined_reports_stay_out(self, editor: User) -> None:
        make_report()
        decline_submission(make_report(), by=editor, reason="与主题无关")
        assert services.assemble_issue(make_issue(editor), by=editor) == []

    def test_new_entries_stand_behind_those_that_were_left_after_taking_out(self, editor: User) -> None:
        issue = make_written(editor, ("一。", "二。", "三。", "四。"))
        for entry in list(entries_of(issue))[:3]:
            entry.delete()
        section = issue.periodical.sections.earliest("order")
        add_entry(issue, section=section, lead="五。", text="", by=editor)
        assert [lead for _, lead in leads_by_section(issue)] == ["四。", "五。"]

    def test_an_issue_sent_for_review_takes_no_more_reports(self, editor: User, reviewer: User) -> None:
        issue = sent_for_review(make_written(editor))
        make_adopted(editor)
        with pytest.raises(Refused, match="内容已锁定"):
            services.assemble_issue(issue, by=editor)

    def test_only_an_editor_assembles(self, editor: User, reviewer: User) -> None:
        with pytest.raises(PermissionDenied):
            services.assemble_issue(make_issue(editor), by=reviewer)
