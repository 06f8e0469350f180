"""Tables of the programme: every noun goes out and comes back in unchanged, and is written by its services."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pilots.models import (
    Activity,
    ActivityCredit,
    Batch,
    Community,
    Membership,
    Output,
    PilotSchool,
    SchoolProfile,
    Task,
)
from pilots.queries.school_profile import this_school_year
from pilots.services.output import OutputFacts, propose_output
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.audit.models import Entry
from portal.exchange.plan import Fate, Outcome, Plan, run
from portal.exchange.registry import NOUNS
from portal.exchange.workbook import read, write
from portal.inbox.models import Waiting
from portal.notices.models import Notice
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_recorded
from tests.factories.community import lead_of, make_community, member_of, staff_of
from tests.factories.selection import make_pilot, make_profile
from tests.factories.task import make_output, make_task
from tests.portal.exchange.tables import table

pytestmark = pytest.mark.django_db


def plan_of(noun: str, data: bytes, by: User, expected: str = "") -> Plan:
    return run(NOUNS[noun], read(data, NOUNS[noun].columns), by=by, expected=expected)


def taken_in(noun: str, by: User, *rows: Any) -> Plan:
    """A dry run and the second click."""
    data = table(noun, *rows)
    first = plan_of(noun, data, by)
    assert first.is_clean, [outcome.problems for outcome in first.outcomes]
    return plan_of(noun, data, by, first.digest)


def only(plan: Plan) -> Outcome:
    (outcome,) = plan.outcomes
    return outcome


def sentences(plan: Plan) -> str:
    return "".join(f"{p.title}：{p.sentence}" for outcome in plan.outcomes for p in outcome.problems)


@pytest.fixture
def editor() -> User:
    return make_user(Role.EDITOR)


@pytest.fixture
def county() -> Unit:
    return make_unit(UnitKind.COUNTY, "松湖县", code="360999")


@pytest.fixture
def school(county: Unit) -> Unit:
    return make_unit(UnitKind.SCHOOL, "松湖实验小学", county, short_name="湖小", aliases=["湖滨小学"], code="S77")


def profile_row(school: object, pupils: object = 900) -> tuple[object, ...]:
    return (school, "", "小学", "镇区", "否", pupils, 20, 50, "操场一处")


@pytest.mark.parametrize(
    "called", ["松湖实验小学", "湖小", "湖滨小学", "S77", "songhushiyanxiaoxue", "shsyxx", "松湖县松湖实验小学"]
)
def test_a_school_is_found_by_whatever_it_is_called(editor: User, school: Unit, called: str) -> None:
    assert taken_in("school-profiles", editor, profile_row(called)).done
    assert SchoolProfile.objects.get().school == school


def test_a_name_that_schools_share_is_answered_with_the_candidates(editor: User, county: Unit) -> None:
    other = make_unit(UnitKind.COUNTY, "柏山县")
    for area in (county, other):
        make_unit(UnitKind.SCHOOL, "第一小学", area)
    plan = plan_of("school-profiles", table("school-profiles", profile_row("第一小学")), editor)
    assert "松湖县第一小学" in sentences(plan)
    assert "柏山县第一小学" in sentences(plan)
    assert taken_in("school-profiles", editor, profile_row("柏山县第一小学")).done
    assert SchoolProfile.objects.get().school.parent == other


def test_a_profile_is_new_then_the_same_then_changed(editor: User, school: Unit) -> None:
    assert only(taken_in("school-profiles", editor, profile_row("湖小"))).fate == Fate.NEW
    assert only(plan_of("school-profiles", table("school-profiles", profile_row("湖小")), editor)).fate == Fate.SAME
    (change,) = only(taken_in("school-profiles", editor, profile_row("湖小", 950))).changes
    assert (change.title, change.old, change.new) == ("学生人数", "900", "950")
    assert SchoolProfile.objects.get().pupils == 950


def test_a_county_takes_in_the_profiles_of_its_own_schools_only(school: Unit, county: Unit) -> None:
    stranger = make_unit(UnitKind.SCHOOL, "别县小学", make_unit(UnitKind.COUNTY))
    data = table("school-profiles", profile_row("湖小"), profile_row(stranger.name))
    own, others = plan_of("school-profiles", data, staff_of(county)).outcomes
    assert own.fate == Fate.NEW
    assert (others.fate, "不由您的单位填报" in others.problems[0].sentence) == (Fate.WRONG, True)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("没有的学校", *profile_row("")[1:]), "学校：没有叫“没有的学校”的单位"),
        (profile_row("湖小", "九百"), "学生人数：“九百”不是0至30000的整数"),
        (("湖小", "去年", *profile_row("")[2:]), "学年：“去年”不是学年"),
        (("湖小", "", "大学", *profile_row("")[3:]), "学段：“大学”不在可选范围内"),
        (profile_row("湖小", "=1+1"), "学生人数：是公式"),
        (profile_row("湖小", 29_000), "学生人数：平均每班超过100人"),
    ],
)
def test_a_wrong_cell_of_a_profile_is_named(editor: User, school: Unit, row: Any, sentence: str) -> None:
    assert sentence in sentences(plan_of("school-profiles", table("school-profiles", row), editor))


def test_two_rows_for_one_school_are_told_however_they_call_it(editor: User, school: Unit) -> None:
    data = table("school-profiles", profile_row("湖小"), profile_row("S77"))
    assert "与第4行重复" in sentences(plan_of("school-profiles", data, editor))


def test_a_list_of_pilots_enters_and_ends_them(editor: User, school: Unit) -> None:
    assert taken_in("pilot-schools", editor, ("湖小", "2023-11-01", "", "赣教函〔2023〕1号")).done
    pilot = PilotSchool.objects.get()
    assert (pilot.unit, pilot.during.upper, pilot.basis) == (school, None, "赣教函〔2023〕1号")
    plan = taken_in("pilot-schools", editor, ("湖小", "2023年11月1日", "2024年6月30日", "", "学校撤并"))
    assert [change.title for change in only(plan).changes] == ["截止日期", "退出理由"]
    pilot.refresh_from_db()
    assert pilot.during.upper == date(2024, 7, 1)


def test_a_county_does_not_stand_among_the_pilot_schools(editor: User, county: Unit) -> None:
    plan = plan_of("pilot-schools", table("pilot-schools", ("松湖县", "2023-11-01")), editor)
    assert "不是学校" in sentences(plan)


def test_a_pilot_twice_at_a_time_is_refused(editor: User, school: Unit) -> None:
    make_pilot(school)
    plan = plan_of("pilot-schools", table("pilot-schools", ("湖小", "2024-01-01")), editor)
    assert "已经是试点" in sentences(plan)


def test_a_community_is_founded_and_gets_members(county: Unit, school: Unit) -> None:
    others = [make_unit(UnitKind.SCHOOL, f"松湖{name}小学", county) for name in ("东", "西")]
    bureau = staff_of(county)
    row = ("松湖县", "松湖第一共同体", "城乡共同体", "湖小", "松湖东小学", "2024-09-01")
    assert taken_in("communities", bureau, row).done
    more = (*row[:4], "松湖东小学、松湖西小学", *row[5:])
    (change,) = only(taken_in("communities", bureau, more)).changes
    assert (change.title, change.new) == ("成员校", "松湖东小学、松湖西小学")
    members = Membership.objects.filter(community=Community.objects.get(), role="member")
    assert {row.school for row in members} == set(others)


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (3, "松湖东小学", "牵头校：与已建立的共同体不一致"),
        (4, "松湖东小学", "成员校：表中没有现在的成员校"),
        (5, "2024-10-01", "建立日期：与已建立的共同体不一致"),
    ],
)
def test_what_needs_a_reason_is_not_done_by_a_table(
    editor: User, county: Unit, place: int, value: str, sentence: str
) -> None:
    make_unit(UnitKind.SCHOOL, "松湖东小学", county)
    community = make_community(county)
    row = [county.name, community.name, "城乡共同体", lead_of(community).name, member_of(community).name, "2024-09-01"]
    row[place] = value
    assert sentence in sentences(plan_of("communities", table("communities", row), editor))


def test_a_lead_among_its_members_and_a_school_in_two_are_refused(editor: User, county: Unit, school: Unit) -> None:
    row = ("松湖县", "共同体甲", "城乡共同体", "湖小", "湖小", "2024-09-01")
    assert "不能同时作成员校" in sentences(plan_of("communities", table("communities", row), editor))
    make_community(county, lead=school)
    member = make_unit(UnitKind.SCHOOL, "松湖南小学", county)
    row = ("松湖县", "共同体甲", "城乡共同体", member.name, "湖小", "2024-09-01")
    assert "只能参加一个" in sentences(plan_of("communities", table("communities", row), editor))


def test_many_communities_are_founded_together(editor: User, county: Unit, django_assert_max_num_queries: Any) -> None:
    schools = [make_unit(UnitKind.SCHOOL, f"松湖{n}小", county) for n in range(80)]
    kind = NOUNS["communities"].columns[2].choices[0]
    rows = [
        (county.name, f"第{n}共同体", kind, lead.name, member.name, "2024-09-01")
        for n, (lead, member) in enumerate(zip(schools[::2], schools[1::2], strict=True))
    ]
    with django_assert_max_num_queries(80 + 2 * 6 * len(rows)):
        taken_in("communities", editor, *rows)
    assert Community.objects.filter(area=county, during__startswith=date(2024, 9, 1)).count() == 40
    assert Membership.objects.filter(role=Membership.Role.LEAD).count() == 40
    assert Entry.objects.filter(action="pilots.community.found").count() == 40


def test_two_rows_do_not_take_the_same_school_or_the_same_name(editor: User, county: Unit) -> None:
    one, two, three, four = (make_unit(UnitKind.SCHOOL, f"松湖{n}小", county).name for n in range(4))
    kind, day = NOUNS["communities"].columns[2].choices[0], "2024-09-01"
    rows = [(county.name, "甲共同体", kind, one, two, day), (county.name, "乙共同体", kind, three, two, day)]
    assert f"“{two}”在这段时间已在“甲共同体”中" in sentences(
        plan_of("communities", table("communities", *rows), editor)
    )
    assert taken_in("communities", editor, rows[0]).done
    taken = [
        (county.name, "乙共同体", kind, three, four, day),
        (county.name, "甲共同体", kind, one, f"{two}、{four}", day),
    ]
    assert f"“{four}”在这段时间已在“乙共同体”中" in sentences(
        plan_of("communities", table("communities", *taken), editor)
    )


def test_an_activity_is_recorded_and_put_right(county: Unit, school: Unit) -> None:
    row = ["松湖县", "联合教研", "2024-11-05", "", "数学同课异构", 2, "实验小学", "湖小", "", "教师72人次"]
    assert taken_in("activities", staff_of(county), row).done
    activity = Activity.objects.get()
    assert (list(activity.partners.all()), activity.sessions) == ([school], 2)
    assert activity.head_counts.get().number == 72
    row[5] = 3
    (change,) = only(taken_in("activities", staff_of(county), row)).changes
    assert (change.title, change.old, change.new) == ("场次", "2", "3")


def test_an_activity_to_come_and_another_units_are_refused(county: Unit, school: Unit) -> None:
    row: tuple[object, ...] = ("松湖县", "联合教研", timezone.localdate().replace(year=timezone.localdate().year + 1))
    assert "还没有开始" in sentences(plan_of("activities", table("activities", row), staff_of(county)))
    row = ("松湖县", "联合教研", "2024-11-05")
    assert "不由您的单位填报" in sentences(plan_of("activities", table("activities", row), staff_of(school)))


def test_all_wrong_cells_of_a_row_are_told_at_once(county: Unit) -> None:
    row = ("没有的县", "开会", "去年", "明天", "", "两场", "", "没有的学校", "", "教师3人", "六个一批")
    (outcome,) = plan_of("activities", table("activities", row), staff_of(county)).outcomes
    titles = [problem.title for problem in outcome.problems]
    assert titles == ["登记单位", "类型", "开始日期", "结束日期", "场次", "参与单位", "五个一批"]


def test_people_of_whom_a_part_was_not_understood_are_refused(county: Unit) -> None:
    row = ("松湖县", "联合教研", "2024-11-05", "", "", "", "", "", "", "教师40人，学生一百多")
    plan = plan_of("activities", table("activities", row), staff_of(county))
    assert "人数：没有看懂“学生一百多”" in sentences(plan)


def test_a_batch_is_taken_by_the_name_that_the_pages_say_too(editor: User, county: Unit) -> None:
    batch = Batch.objects.all()[0]
    assert batch.name != batch.short_name
    row = ["松湖县", "联合教研", "2024-11-05", *[""] * 7, batch.name]
    assert taken_in("activities", staff_of(county), row).done
    assert list(Activity.objects.get().batches.all()) == [batch]
    again = only(plan_of("activities", table("activities", [*row[:-1], batch.short_name]), staff_of(county)))
    assert again.fate == Fate.SAME
    assert taken_in("tasks", editor, [batch.name, "打磨好课", "松湖县", "2024-09-01", "2025-06-30"]).done
    assert Task.objects.get().batch == batch


def test_many_activities_are_written_together(county: Unit, school: Unit, django_assert_max_num_queries: Any) -> None:
    officer, day = staff_of(county), timezone.localdate().isoformat()
    rows = [
        (county.name, "联合教研", day, "", f"第{n}次", 1, "", school.name, "", "教师12人；共计20人", "")
        for n in range(40)
    ]
    with django_assert_max_num_queries(110 + 2 * 2 * len(rows)):
        taken_in("activities", officer, *rows)
    made = Activity.objects.filter(unit=county)
    assert made.count() == 40
    assert all(list(one.partners.all()) == [school] and one.head_counts.count() == 2 for one in made)
    assert ActivityCredit.objects.filter(activity__in=made, unit=school, is_direct=True).count() == 40
    assert Waiting.objects.filter(unit=school, what="核对活动").values("object_id").distinct().count() == 40


def test_a_task_comes_with_its_milestones(editor: User, county: Unit, school: Unit) -> None:
    batch = NOUNS["tasks"].columns[0].choices[0]
    row = [batch, "打磨十节好课", "松湖县", "2024-09-01", "2025-06-30", "", 10, "节课", "", "湖小"]
    assert taken_in("tasks", editor, [*row, "2025-01-10 完成选题\n2025-05-30 录制"]).done
    task = Task.objects.get()
    assert [(step.what, step.due) for step in task.milestones.all()] == [
        ("完成选题", date(2025, 1, 10)),
        ("录制", date(2025, 5, 30)),
    ]
    changed = taken_in("tasks", editor, [*row, "2025-01-20 完成选题\n2025-05-30 录制"])
    assert only(changed).changes[0].title == "节点"
    assert task.milestones.get(what="完成选题").due == date(2025, 1, 20)
    wrong = plan_of("tasks", table("tasks", [*row, "完成选题"]), editor)
    assert "节点：“完成选题”" in sentences(wrong)


def test_many_tasks_are_written_together(
    editor: User, county: Unit, school: Unit, django_assert_max_num_queries: Any
) -> None:
    officer = make_officer(county)
    batch = NOUNS["tasks"].columns[0].choices[0]
    rows = [
        (
            batch,
            f"第{n}项任务",
            county.name,
            "2024-09-01",
            "2025-06-30",
            "",
            10,
            "节课",
            "",
            school.name,
            "2025-01-10 选题",
        )
        for n in range(40)
    ]
    with django_assert_max_num_queries(80 + 2 * 2 * len(rows)):
        taken_in("tasks", editor, *rows)
    made = Task.objects.filter(unit=county)
    assert made.count() == 40
    assert all(list(one.schools.all()) == [school] and one.milestones.get().what == "选题" for one in made)
    assert Waiting.objects.filter(unit=county, what="核对计划，开始实施").values("object_id").distinct().count() == 40
    told = Notice.objects.get(user=officer)
    assert "40项" in told.subject
    assert Entry.objects.filter(action="pilots.task.create").count() == 40


def test_an_output_is_proposed_from_a_table(county: Unit, school: Unit) -> None:
    make_output(school)
    like = Output.objects.get()
    sheet = NOUNS["outputs"]
    row = next(iter(sheet.export(staff_of(school))))
    row = ["另一门课" if column.title == "名称" else cell for column, cell in zip(sheet.columns, row, strict=True)]
    assert taken_in("outputs", staff_of(school), row).done
    made = Output.objects.get(name="另一门课")
    assert (made.kind, made.unit, made.state, made.data) == (like.kind, school, "proposed", like.data)


def test_many_outputs_are_written_together(school: Unit, django_assert_max_num_queries: Any) -> None:
    task = make_task(school)
    make_output(school, task)
    officer, sheet = staff_of(school), NOUNS["outputs"]
    like = next(iter(sheet.export(officer)))
    rows = [
        [f"第{n}门课" if column.title == "名称" else cell for column, cell in zip(sheet.columns, like, strict=True)]
        for n in range(40)
    ]
    with django_assert_max_num_queries(100 + 2 * 5 * len(rows)):
        taken_in("outputs", officer, *rows)
    assert Output.objects.filter(unit=school, task=task, state="proposed").count() == 41
    assert Waiting.objects.filter(what="确认成果").values("object_id").distinct().count() == 41
    assert Entry.objects.filter(action="pilots.output.create").count() == 41


def test_an_output_that_was_reported_before_is_refused(school: Unit) -> None:
    make_output(school)
    there = Output.objects.get()
    again = OutputFacts(there.kind, f" {there.name} ", there.day, school=there.school, data=there.data)
    with pytest.raises(ValidationError, match="已报过同名的同类成果"):
        propose_output(again, unit=school, by=staff_of(school))


def a_bit_of_everything(editor: User, many: int) -> None:
    for _ in range(many):
        county = make_unit(UnitKind.COUNTY)
        community = make_community(county)
        make_profile(lead_of(community), this_school_year().key)
        make_pilot(lead_of(community))
        make_pilot(county)
        make_recorded(county)
        make_output(county, make_task(county))


NOUNS_HERE = ("school-profiles", "pilot-counties", "pilot-schools", "communities", "activities", "tasks", "outputs")


@pytest.mark.parametrize("noun", NOUNS_HERE)
def test_what_is_given_out_comes_back_in_unchanged(editor: User, noun: str, django_assert_max_num_queries: Any) -> None:
    a_bit_of_everything(editor, 2)
    kind = NOUNS[noun]
    with django_assert_max_num_queries(15):
        rows = list(kind.export(editor))
    assert rows
    plan = plan_of(noun, write(kind.label, kind.columns, rows), editor)
    assert [outcome.fate for outcome in plan.outcomes] == [Fate.SAME] * len(rows), sentences(plan)
