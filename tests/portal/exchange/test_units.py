"""Units from a table: what a dry run says, and that all or nothing is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.audit.models import Entry
from portal.exchange.nouns.units import export
from portal.exchange.plan import Fate, Outcome, Plan, run
from portal.exchange.registry import NOUNS
from portal.exchange.workbook import read, write
from tests.factories import make_unit, make_user
from tests.portal.exchange.tables import table

pytestmark = pytest.mark.django_db
NOUN = NOUNS["units"]


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMIN)


def plan_of(data: bytes, by: User, expected: str = "") -> Plan:
    return run(NOUN, read(data, NOUN.columns), by=by, expected=expected)


def only(plan: Plan) -> Outcome:
    (outcome,) = plan.outcomes
    return outcome


NEW = ("设区市", "九江市", "九江", "浔城、江州", "360400", "省协同提质办", 2, "否", "是", "")
COUNTY = ("县（市、区）", "瑞昌市", "", "", "360481", "浔城", 1, "", "", "")


def test_a_dry_run_changes_nothing_and_says_what_would_happen(admin: User) -> None:
    before = (Unit.objects.count(), Entry.objects.count())
    plan = plan_of(table("units", NEW, COUNTY), admin)
    assert [outcome.fate for outcome in plan.outcomes] == [Fate.NEW, Fate.NEW], "the county stands under a row above"
    assert not plan.done
    assert (Unit.objects.count(), Entry.objects.count()) == before


def test_the_second_click_does_what_the_first_announced(admin: User) -> None:
    data = table("units", NEW, COUNTY)
    plan = plan_of(data, admin, plan_of(data, admin).digest)
    assert plan.done
    county = Unit.objects.get(name="瑞昌市")
    assert (county.kind, county.parent and county.parent.name, county.official_order) == ("county", "九江市", 1)
    assert {alias.alias for alias in Unit.objects.get(name="九江市").aliases.all()} == {"浔城", "江州"}
    entry = Entry.objects.get(action="exchange.import")
    assert entry.data["counts"] == {"new": 2, "changed": 0, "same": 0, "wrong": 0}
    assert {outcome.fate for outcome in plan_of(data, admin).outcomes} == {Fate.SAME}


def test_one_wrong_row_keeps_all_rows_out(admin: User) -> None:
    data = table("units", NEW, ("县（市、区）", "瑞昌市", "", "", "", "没有的市", 1))
    plan = plan_of(data, admin)
    assert not plan.is_clean
    assert not plan_of(data, admin, plan.digest).done
    assert not Unit.objects.filter(name="九江市").exists()


def test_nothing_is_kept_when_the_world_has_moved_since_the_dry_run(admin: User) -> None:
    data = table("units", NEW)
    digest = plan_of(data, admin).digest
    make_unit(UnitKind.PREFECTURE, "九江市")
    assert not plan_of(data, admin, digest).done


def test_a_change_shows_old_and_new_and_empty_cells_keep_what_is_there(admin: User) -> None:
    make_unit(UnitKind.PREFECTURE, "九江市", code="360400", short_name="九江", official_order=2)
    plan = plan_of(table("units", ("设区市", "九江市", "", "", "360400", "", 5)), admin)
    (change,) = only(plan).changes
    assert (only(plan).fate, change.title, change.old, change.new) == (Fate.CHANGED, "排列顺序", "2", "5")


def test_a_unit_known_by_its_code_is_renamed_and_moved_from_the_day_given(admin: User) -> None:
    old, new = make_unit(UnitKind.COUNTY), make_unit(UnitKind.COUNTY, "湖口县")
    unit = make_unit(UnitKind.SCHOOL, "湖滨小学", parent=old, code="S1")
    row = ("学校（园）", "湖滨实验小学", "", "", "S1", "湖口县", "", "", "", date(2024, 9, 1))
    data = table("units", row)
    plan = plan_of(data, admin)
    assert [(change.title, change.new) for change in only(plan).changes] == [
        ("名称", "湖滨实验小学"),
        ("上级单位", "湖口县"),
    ]
    assert plan_of(data, admin, plan.digest).done
    unit.refresh_from_db()
    assert (unit.name, unit.parent) == ("湖滨实验小学", new)
    assert unit.names.get(during__contains=date(2024, 8, 31)).name == "湖滨小学"


def test_a_code_that_one_unit_gives_up_may_be_taken_by_another_in_the_same_table(admin: User) -> None:
    first, second = (make_unit(UnitKind.PREFECTURE, code=code) for code in ("S1", "S2"))
    rows = [("设区市", first.name, "", "", "S3"), ("设区市", second.name, "", "", "S1"), (*NEW[:4], "S2", NEW[5])]
    data = table("units", *rows)
    assert plan_of(data, admin, plan_of(data, admin).digest).done
    codes = dict(Unit.objects.filter(kind=UnitKind.PREFECTURE).values_list("name", "code"))
    assert (codes[first.name], codes[second.name], codes["九江市"]) == ("S3", "S1", "S2")


def test_a_unit_moves_under_one_that_the_same_table_brings(admin: User) -> None:
    school = make_unit(UnitKind.SCHOOL, code="S1")
    data = table("units", NEW, COUNTY, ("学校（园）", school.name, "", "", "S1", "瑞昌市"))
    assert plan_of(data, admin, plan_of(data, admin).digest).done
    school.refresh_from_db()
    assert school.parent == Unit.objects.get(name="瑞昌市")


def test_what_is_put_under_a_unit_of_the_table_may_not_come_above_it(admin: User) -> None:
    partners = [make_unit(UnitKind.PARTNER) for _ in range(2)]
    rows = [(one.get_kind_display(), one.name, "", "", "", other.name) for one, other in (partners, partners[::-1])]
    plan = plan_of(table("units", *rows), admin)
    assert [outcome.fate for outcome in plan.outcomes] == [Fate.CHANGED, Fate.WRONG]
    (problem,) = plan.outcomes[1].problems
    assert (problem.title, "不能作为它的上级" in problem.sentence) == ("上级单位", True)


def test_two_units_of_a_table_may_not_be_renamed_alike(admin: User) -> None:
    for code in ("S1", "S2"):
        make_unit(UnitKind.PREFECTURE, code=code)
    plan = plan_of(table("units", ("设区市", "九江市", "", "", "S1"), ("设区市", "九江市", "", "", "S2")), admin)
    assert [outcome.fate for outcome in plan.outcomes] == [Fate.CHANGED, Fate.WRONG]
    assert "已有同名单位" in plan.outcomes[1].problems[0].sentence


def test_every_change_is_recorded_as_on_the_page(admin: User) -> None:
    unit = make_unit(UnitKind.SCHOOL, code="S1", aliases=["甲"])
    county = make_unit(UnitKind.COUNTY)
    before = set(Entry.objects.values_list("pk", flat=True))
    row = ("学校（园）", "新名小学", "", "甲、乙", "S1", county.name, 3, "", "", date(2024, 9, 1))
    data = table("units", row)
    assert plan_of(data, admin, plan_of(data, admin).digest).done
    entries = Entry.objects.exclude(pk__in=before).filter(object_id=unit.pk)
    assert {entry.action: (entry.by, entry.data) for entry in entries} == {
        "accounts.unit.update": (admin, {"changed": {"official_order": 3, "aliases": ["乙", "甲"]}}),
        "accounts.unit.rename": (admin, {"name": "新名小学", "since": "2024-09-01"}),
        "accounts.unit.place": (admin, {"parent": county.name, "since": "2024-09-01"}),
    }


@pytest.mark.parametrize(
    ("row", "title", "sentence"),
    [
        (("市", "九江市"), "类别", "不在可选范围内"),
        (("设区市", ""), "名称", "没有填写"),
        (("", "九江市"), "类别", "没有填写"),
        (("设区市", "九江市"), "上级单位", "请选择上级单位"),
        (("县（市、区）", "某县", "", "", "", "省协同提质办"), "上级单位", "上级单位须是"),
        (("设区市", "九江市", "", "", "", "省协同提质办", "第一"), "排列顺序", "不是0至9999的整数"),
        (("设区市", "九江市", "", "", "", "省协同提质办", 1, "对"), "省外单位", "请填：是、否"),
        (("设区市", "九江市", "", "", "", "省协同提质办", 1, "", "", "9月1日"), "生效日期", "不是日期"),
        (("设区市", "九江市", "", "", "", "省协同提质办", 1, "", "", "2024-02-30"), "生效日期", "不是日期"),
        (("设区市", "九江市", "", "", "", "省协同提质办", 1, "", "", "9999-12-31"), "生效日期", "年份不对"),
        (("设区市", "=A1", "", "", "", "省协同提质办"), "名称", "是公式"),
        (("设区市", "新市", "", "", "36", "省协同提质办"), "类别", "类别不能改"),
        (("设区市", "九江市", "", "长" * 61, "", "省协同提质办"), "别名", "超过60字"),
        (("省协同提质办", "长" * 101, "", "", "36", "", "", "", "", "2099-01-01"), "名称", "100"),
    ],
)
def test_a_wrong_cell_is_named_with_its_reason(admin: User, row: tuple[object, ...], title: str, sentence: str) -> None:
    outcome = only(plan_of(table("units", row), admin))
    assert outcome.fate == Fate.WRONG
    assert [(problem.title, sentence in problem.sentence) for problem in outcome.problems] == [(title, True)]
    assert outcome.number == 4, "as the row is numbered in Excel"


def test_one_unit_in_two_rows_and_a_name_that_two_units_share_are_told(admin: User) -> None:
    plan = plan_of(table("units", NEW, NEW), admin)
    assert "与第4行是同一个单位" in plan.outcomes[1].problems[0].sentence
    for kind in (UnitKind.COUNTY, UnitKind.UNIVERSITY):
        make_unit(kind, aliases=["一中上级"])
    plan = plan_of(table("units", ("学校（园）", "一中", "", "", "", "一中上级")), admin)
    assert "对应多个单位" in only(plan).problems[0].sentence


def test_what_is_given_out_comes_back_in_unchanged(admin: User) -> None:
    for _ in range(10):
        make_unit(UnitKind.SCHOOL, short_name="简称", aliases=["甲", "乙"])
    data = write("单位一览表", NOUN.columns, export(admin))
    plan = plan_of(data, admin)
    assert plan.count(Fate.SAME) == len(plan.outcomes) == Unit.objects.count()


def test_thirty_unchanged_rows_ask_as_much_as_one(admin: User, django_assert_max_num_queries: Any) -> None:
    def rows(many: int) -> bytes:
        cells = [(unit.get_kind_display(), unit.name, "", "", "", "") for unit in units[:many]]
        return table("units", *cells)

    units = [make_unit() for _ in range(30)]
    with django_assert_max_num_queries(100) as one:
        plan_of(rows(1), admin)
    with django_assert_max_num_queries(100) as thirty:
        plan_of(rows(30), admin)
    selects = [sum("SAVEPOINT" not in query["sql"] for query in found.captured_queries) for found in (one, thirty)]
    assert selects[0] == selects[1], "only the savepoints of the rows come on top"


def test_thirty_changed_units_are_written_in_as_many_statements_as_one(
    admin: User, django_assert_max_num_queries: Any
) -> None:
    county = make_unit(UnitKind.COUNTY)
    units = [make_unit(UnitKind.SCHOOL, code=f"S{n}", aliases=["旧"]) for n in range(31)]

    def statements(these: list[Unit]) -> int:
        rows = [("学校（园）", f"{one.name}新", "", f"{one.code}校", one.code, county.name, 7) for one in these]
        data = table("units", *rows)
        digest = plan_of(data, admin).digest
        with django_assert_max_num_queries(100) as found:
            assert plan_of(data, admin, digest).done
        return len(found.captured_queries)

    assert statements(units[1:]) <= statements(units[:1]) + 1
    assert Unit.objects.filter(parent=county, official_order=7, name__endswith="新").count() == 31
