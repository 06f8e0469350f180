"""Sending issues out: who gets one, who may read it before it is public, and who confirmed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from alliances.models import Alliance
from alliances.services.partnership import pair_units
from bulletins.content import printed_entries
from bulletins.models import Delivery, Issue, ReaderGroup, ReadershipLine
from bulletins.queries.issue import issues_for, the_periodical
from bulletins.queries.readership import deliveries_of, figures_of, filter_deliveries, received_issues, recipients
from bulletins.services.content import content_of
from bulletins.services.correction import correct_issue, void_issue
from bulletins.services.readership import (
    add_default_reader,
    add_reader,
    confirm_delivery,
    fill_readership,
    note_reading,
    remind_readers,
    remove_default_reader,
    remove_reader,
    send_issue,
)
from portal.accounts.models import User
from portal.accounts.queries.unit import the_programme
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.post import give_post
from portal.accounts.services.unit import update_unit
from portal.audit.models import history
from portal.notices.queries.notice import notices_for
from portal.refusals import Refused
from tests.bulletins.published import make_printed, make_signed, office, publish, sent_to
from tests.factories import LONG_SINCE, make_issue, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


def now(user: User) -> User:
    """The person on a new request: posts are read anew."""
    return User.objects.get(pk=user.pk)


def names(issue: Issue) -> set[str]:
    return {str(row.unit or row.leader) for row in issue.deliveries.select_related("unit", "leader")}


class TestTheList:
    def test_by_default_prefectures_counties_universities_and_leaders_get_an_issue(self) -> None:
        county = make_unit(UnitKind.COUNTY)
        university = make_unit()
        school = make_unit(UnitKind.SCHOOL, parent=county)
        leader = make_user(Role.LEADER)
        issue = make_printed()
        assert county.parent is not None
        assert names(issue) == {county.name, county.parent.name, university.name, leader.name}
        assert school.name not in names(issue)
        assert not issue.deliveries.filter(sent_at__isnull=False).exists(), "printing prepares, it does not send"

    def test_the_imprints_wording_has_nothing_to_do_with_it(self) -> None:
        county = make_unit(UnitKind.COUNTY, name="青原区")
        issue = make_printed()
        assert "青原区" not in issue.report_to + issue.copy_to
        assert county.name in names(issue)

    def test_the_default_is_data_of_the_periodical_and_each_issue_keeps_its_own(self, editor: User) -> None:
        periodical = the_periodical()
        partner, county = make_unit(UnitKind.PARTNER), make_unit(UnitKind.COUNTY)
        before = make_printed()
        for line in periodical.readership.exclude(group=ReaderGroup.COUNTIES):
            remove_default_reader(line, by=editor)
        add_default_reader(periodical, by=editor, unit=partner)
        add_default_reader(periodical, by=editor, unit=partner)
        after = make_printed()
        assert names(after) == {partner.name, county.name}
        assert partner.name not in names(before)

    def test_counties_in_pairs_can_be_named_apart(self, editor: User) -> None:
        university, paired, other = make_unit(), make_unit(UnitKind.COUNTY), make_unit(UnitKind.COUNTY)
        alliance = Alliance.objects.create(programme=the_programme(), name="高校联盟")
        pair_units(alliance=alliance, university=university, county=paired, since=LONG_SINCE, until=None, by=None)
        ReadershipLine.objects.all().delete()
        add_default_reader(the_periodical(), by=editor, group=ReaderGroup.PAIRED_COUNTIES)
        assert names(make_printed()) == {paired.name}
        assert other.name not in names(make_printed())

    def test_until_it_is_sent_the_list_can_be_edited(self, editor: User) -> None:
        ReadershipLine.objects.all().delete()
        issue, school = make_printed(), make_unit(UnitKind.SCHOOL)
        add_reader(issue, by=editor, unit=school)
        with pytest.raises(Refused, match="没有重复加入"):
            add_reader(issue, by=editor, unit=school)
        remove_reader(issue.deliveries.get(), by=editor)
        assert not issue.deliveries.exists()

    def test_a_past_issue_without_a_list_can_be_given_the_default(self, editor: User) -> None:
        county = make_unit(UnitKind.COUNTY)
        issue = make_printed()
        issue.deliveries.all().delete()
        assert fill_readership(issue, by=editor) == 2
        assert county.name in names(issue)
        assert fill_readership(issue, by=editor) == 0

    def test_nobody_else_touches_the_lists(self, reviewer: User, officer: User) -> None:
        issue = make_printed()
        for user in (reviewer, officer):
            with pytest.raises(PermissionDenied):
                add_default_reader(the_periodical(), by=user, group=ReaderGroup.SCHOOLS)
            with pytest.raises(PermissionDenied):
                add_reader(issue, by=user, group=ReaderGroup.SCHOOLS)


class TestSending:
    def test_units_and_leaders_are_told_and_read_it_before_it_is_public(self) -> None:
        officer, stranger, leader = make_officer(), make_officer(), make_user(Role.LEADER)
        unit = officer.posts_today[0].unit
        staff = make_user(Role.STAFF, unit)
        issue = sent_to(unit, leaders=(leader,))
        for user in (officer, staff, leader):
            assert notices_for(user).count() == 1
            assert issue in issues_for(now(user))
            assert issue in received_issues(now(user))
        assert "呈阅" in notices_for(leader).get().subject
        assert not notices_for(stranger).exists()
        assert issue not in issues_for(now(stranger))
        assert issue not in received_issues(now(stranger))

    def test_what_is_on_the_list_and_not_sent_opens_nothing(self) -> None:
        officer = make_officer()
        issue = make_printed()
        assert names(issue) >= {officer.posts_today[0].unit.name}
        assert issue not in issues_for(officer)

    def test_a_person_with_two_posts_is_told_once(self) -> None:
        officer = make_officer()
        unit, other = officer.posts_today[0].unit, make_unit()
        give_post(user=officer, unit=unit, role=Role.UNIT_APPROVER, by=None, since=LONG_SINCE)
        give_post(user=officer, unit=other, role=Role.STAFF, by=None, since=LONG_SINCE)
        sent_to(unit, other)
        assert notices_for(officer).count() == 1

    def test_an_outside_expert_of_a_unit_does_not_read_what_it_receives(self) -> None:
        unit = make_unit(UnitKind.PARTNER)
        expert, reader = make_user(Role.EXPERT, unit), make_user(Role.PARTNER_READER, unit)
        issue = sent_to(unit)
        assert issue in received_issues(reader)
        assert issue not in received_issues(expert)
        assert issue not in issues_for(expert)

    def test_before_printing_it_is_refused(self, editor: User) -> None:
        for issue in (make_issue(editor), make_signed()):
            with pytest.raises(Refused, match="还没有印发"):
                send_issue(issue, by=office(Role.EDITOR))

    def test_to_nobody_is_refused(self, editor: User) -> None:
        ReadershipLine.objects.all().delete()
        with pytest.raises(Refused, match="还是空的"):
            send_issue(make_printed(), by=editor)

    def test_twice_is_refused_and_tells_nobody_again(self) -> None:
        officer = make_officer()
        issue = sent_to(officer.posts_today[0].unit)
        with pytest.raises(Refused, match="没有重复发送"):
            send_issue(issue, by=office(Role.EDITOR))
        assert notices_for(officer).count() == 1

    def test_sent_once_it_can_go_to_more_units(self) -> None:
        officer, later = make_officer(), make_officer()
        issue = sent_to(officer.posts_today[0].unit)
        add_reader(issue, by=office(Role.EDITOR), unit=later.posts_today[0].unit)
        assert send_issue(issue, by=office(Role.EDITOR)) == 1
        assert notices_for(officer).count() == notices_for(later).count() == 1

    def test_what_was_sent_cannot_be_taken_off_the_list(self) -> None:
        issue = sent_to(make_unit())
        with pytest.raises(Refused, match="不能再移出"):
            remove_reader(issue.deliveries.get(), by=office(Role.EDITOR))
        assert issue.deliveries.count() == 1

    def test_a_unit_that_was_closed_down_since_is_not_sent_to_and_owes_nothing(self, editor: User) -> None:
        gone, there = make_unit(), make_unit()
        ReadershipLine.objects.all().delete()
        issue = make_printed()
        for unit in (gone, there):
            add_reader(issue, by=editor, unit=unit)
        update_unit(gone, by=None, is_active=False)
        assert send_issue(issue, by=editor) == 1
        update_unit(there, by=None, is_active=False)
        assert figures_of(issue).unconfirmed == 0
        assert figures_of(issue).units == 1

    def test_only_editor_and_issuer_send(self, reviewer: User, officer: User) -> None:
        issue = make_printed()
        for user in (reviewer, officer, make_user(Role.LEADER), make_user(Role.AUDITOR)):
            with pytest.raises(PermissionDenied):
                send_issue(issue, by=user)

    def test_a_leader_without_an_address_reads_it_in_the_portal(self) -> None:
        leader = make_user(Role.LEADER)
        issue = sent_to(leaders=(leader,))
        (row,) = recipients(issue, deliveries_of(issue))
        assert (row.people, row.mail) == ((leader,), "不发邮件")
        assert notices_for(leader).count() == 1

    def test_publishing_afterwards_changes_nothing_of_it(self) -> None:
        officer = make_officer()
        issue = sent_to(officer.posts_today[0].unit)
        publish(issue)
        assert issue in received_issues(officer)


class TestAfterwards:
    def test_who_received_an_issue_learns_that_it_was_corrected_or_voided(self) -> None:
        officer, leader = make_officer(), make_user(Role.LEADER)
        issue = sent_to(officer.posts_today[0].unit, leaders=(leader,))
        entry = printed_entries(content_of(issue))[0].key
        correct_issue(issue, by=office(Role.REVIEWER), entry_key=entry, wrong="集体备课", right="联合教研")
        void_issue(issue, by=office(Role.ISSUER), reason="期号有误。")
        for user in (officer, leader):
            subjects = [notice.subject for notice in notices_for(user)]
            assert subjects[:2] == [f"{issue}已作废，请不要再使用", f"{issue}已发布更正"]
        assert "“集体备课”应为“联合教研”" in notices_for(officer)[1].body
        assert issue in received_issues(officer), "and still finds it, marked as voided"

    def test_a_voided_issue_is_not_sent(self, editor: User) -> None:
        make_unit()
        issue = make_printed()
        void_issue(issue, by=office(Role.ISSUER), reason="期号有误。")
        with pytest.raises(Refused, match="已作废"):
            send_issue(issue, by=editor)


class TestReceipts:
    def test_the_first_who_opens_it_is_noted_and_his_message_is_read(self) -> None:
        officer = make_officer()
        unit = officer.posts_today[0].unit
        staff = make_user(Role.STAFF, unit)
        issue = sent_to(unit)
        note_reading(issue, by=staff)
        note_reading(issue, by=officer)
        row = issue.deliveries.get()
        assert row.read_by == staff
        assert notices_for(staff).get().read_at is not None

    def test_a_unit_confirms_once_with_a_remark(self) -> None:
        officer = make_officer()
        issue = sent_to(officer.posts_today[0].unit)
        row = issue.deliveries.get()
        receipt = confirm_delivery(row, by=officer, remark=" 已收到纸质件10份 ")
        assert (receipt.by, receipt.remark) == (officer, "已收到纸质件10份")
        with pytest.raises(Refused, match="不必重复签收"):
            confirm_delivery(row, by=officer)

    def test_leaders_and_strangers_confirm_nothing(self) -> None:
        leader, officer, stranger = make_user(Role.LEADER), make_officer(), make_officer()
        issue = sent_to(officer.posts_today[0].unit, leaders=(leader,))
        for row in issue.deliveries.all():
            for user in (leader, stranger, office(Role.EDITOR)):
                with pytest.raises(PermissionDenied):
                    confirm_delivery(row, by=user)

    def test_the_figures_count_units_and_leaders_apart(self) -> None:
        officer, leader = make_officer(), make_user(Role.LEADER)
        issue = sent_to(officer.posts_today[0].unit, make_unit(), leaders=(leader,))
        confirm_delivery(issue.deliveries.get(unit=officer.posts_today[0].unit), by=officer)
        note_reading(issue, by=leader)
        figures = figures_of(issue)
        assert (figures.units, figures.confirmed, figures.unconfirmed) == (2, 1, 1)
        assert (figures.leaders, figures.leaders_read) == (1, 1)

    def test_reminding_reaches_units_that_have_not_confirmed_once_a_day_and_never_a_leader(self) -> None:
        done, silent, leader = make_officer(), make_officer(), make_user(Role.LEADER)
        empty = make_unit()
        issue = sent_to(done.posts_today[0].unit, silent.posts_today[0].unit, empty, leaders=(leader,))
        confirm_delivery(issue.deliveries.get(unit=done.posts_today[0].unit), by=done)
        editor = office(Role.EDITOR)
        first = remind_readers(issue, by=editor)
        assert (first.told, first.left_out) == ([silent.name], {"没有可登录的人员": [empty.name]})
        assert notices_for(silent).get(subject__startswith="温馨提示").subject == f"温馨提示：{issue}请阅读并签收"
        assert not notices_for(leader).filter(subject__startswith="温馨提示").exists()
        assert history(issue).get(action="bulletins.issue.remind").data["told"][0]["person"] == silent.name
        assert remind_readers(issue, by=editor).left_out["今天已提醒过"] == [silent.name]

    def test_nobody_is_reminded_when_all_have_confirmed(self) -> None:
        leader = make_user(Role.LEADER)
        issue = sent_to(leaders=(leader,))
        with pytest.raises(Refused, match="没有需要提示的单位"):
            remind_readers(issue, by=office(Role.EDITOR))

    @pytest.mark.parametrize(
        ("state", "expected"), [("unread", 2), ("read", 1), ("unconfirmed", 1), ("confirmed", 1), ("unsent", 0)]
    )
    def test_the_table_can_be_narrowed(self, state: str, expected: int) -> None:
        officer, leader = make_officer(), make_user(Role.LEADER)
        issue = sent_to(officer.posts_today[0].unit, make_unit(), leaders=(leader,))
        row = issue.deliveries.get(unit=officer.posts_today[0].unit)
        note_reading(issue, by=officer)
        confirm_delivery(row, by=officer)
        assert filter_deliveries(deliveries_of(issue), state=state).count() == expected
        assert list(filter_deliveries(deliveries_of(issue), kind="leader")) == [Delivery.objects.get(leader=leader)]


def test_a_later_colleague_reads_what_his_unit_received_before() -> None:
    unit = make_unit()
    issue = sent_to(unit)
    newcomer = make_user(Role.STAFF, unit)
    assert issue in received_issues(newcomer)
    assert issue.printed_on == date(2024, 12, 2)
