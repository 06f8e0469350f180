"""Who sees which reports, and what the unit is told about them."""

from __future__ import annotations

from bulletins.queries.submission import (
    filter_submissions,
    own_submissions,
    received_submissions,
    section_of,
    submissions_for,
    unit_history,
)
from bulletins.queries.whereabouts import whereabouts
from bulletins.services.desk import return_submission
from bulletins.services.submission import send_back_submission, submit_submission
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_adopted, make_draft, make_officer, make_report, make_unit, make_user


def test_a_draft_is_seen_by_its_unit_alone(officer: User, editor: User) -> None:
    draft = make_draft(officer)
    assert draft in own_submissions(officer)
    assert draft not in submissions_for(editor)
    assert draft not in submissions_for(make_officer())


def test_what_has_left_the_unit_is_seen_at_the_desk_and_not_next_door(officer: User, editor: User) -> None:
    report = make_report(officer)
    assert report in received_submissions(editor)
    assert report not in submissions_for(make_officer())
    assert report not in own_submissions(editor)


def test_what_the_unit_itself_sent_back_stays_out_of_the_office(officer: User, editor: User) -> None:
    approver = make_user(Role.UNIT_APPROVER, officer.posts_today[0].unit)
    report = submit_submission(make_draft(officer), by=officer)
    send_back_submission(report, by=approver, reason="请补充")
    assert report not in received_submissions(editor)


def test_a_list_is_narrowed_by_words_of_title_text_and_unit(officer: User) -> None:
    report = make_draft(officer, title="开展培训", text="在青山县举办。")
    rows = own_submissions(officer)
    for words in ("培训", "青山", report.unit.name):
        assert list(filter_submissions(rows, text=words)) == [report]
    assert not filter_submissions(rows, text="沙龙").exists()


def test_the_unit_reads_its_own_steps_and_the_office_s_decisions(officer: User, editor: User) -> None:
    report = return_submission(make_adopted(editor, officer), by=editor, reason="请补充")
    assert [entry.label for entry in unit_history(report)] == ["退回修改", "采用", "报送", "新建稿件"]
    assert unit_history(report)[0].reason == "请补充"


def test_the_section_follows_the_kind_of_unit(db: None) -> None:
    names = {}
    for kind in (UnitKind.UNIVERSITY, UnitKind.COUNTY, UnitKind.PREFECTURE):
        section = section_of(make_draft(make_officer(make_unit(kind))))
        names[kind] = section.name if section else ""
    assert names == {"university": "高校动态", "county": "市县动态", "prefecture": "市县动态"}


def test_each_state_says_what_comes_next(officer: User, editor: User) -> None:
    assert "报送省协同提质办" in whereabouts(make_draft(officer))
    assert "可以撤回" in whereabouts(make_report(officer))
    adopted = make_adopted(editor, officer)
    assert "等待编入" in whereabouts(adopted)
    assert "按退回意见修改" in whereabouts(return_submission(adopted, by=editor, reason="请补充"))
