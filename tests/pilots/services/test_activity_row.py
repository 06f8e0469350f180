"""A row as people type it: what is understood, what is not, and that facts come back as they were."""

from __future__ import annotations

from datetime import date

import pytest

from pilots.models import Activity, ActivityKind, Batch
from pilots.queries.activity import Lookups, lookups, with_facts
from pilots.services.activity import Facts, People, save_activity
from pilots.services.activity_row import Row, row_of, understand
from portal.accounts.models import Unit
from tests.factories import make_unit

TODAY = date(2024, 11, 20)


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit(name="江南师范学院", short_name="江南师院")


@pytest.fixture
def known(unit: Unit) -> Lookups:
    return lookups()


def facts_of(known: Lookups, **cells: object) -> Facts:
    understood = understand(Row(key="r1", **cells), known, today=TODAY)  # type: ignore[arg-type]
    assert understood.errors == {}
    return understood.facts


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("11月14日", (date(2024, 11, 14), date(2024, 11, 14), (), False)),
        ("10月28-31日", (date(2024, 10, 28), date(2024, 10, 31), (), False)),
        ("10月21日至11月8日", (date(2024, 10, 21), date(2024, 11, 8), (), False)),
        ("11月1日和8日", (date(2024, 11, 1), date(2024, 11, 8), (date(2024, 11, 1), date(2024, 11, 8)), False)),
        ("11月1日；11月8日", (date(2024, 11, 1), date(2024, 11, 8), (date(2024, 11, 1), date(2024, 11, 8)), False)),
        ("11月上旬", (date(2024, 11, 1), date(2024, 11, 10), (), True)),
        ("12月28日", (date(2023, 12, 28), date(2023, 12, 28), (), False)),
    ],
)
def test_official_forms_of_a_date_are_understood(known: Lookups, typed: str, expected: tuple[object, ...]) -> None:
    facts = facts_of(known, date=typed)
    assert (facts.start, facts.end, facts.days, facts.is_approximate) == expected


@pytest.mark.parametrize("typed", ["2月30日", "上个礼拜", "2204年11月4日", "10月1日至3日；11月2日至5日"])
def test_a_date_that_cannot_be_is_an_error_and_no_fact(known: Lookups, typed: str) -> None:
    understood = understand(Row(key="r1", date=typed), known, today=TODAY)
    assert understood.errors["date"]
    assert understood.facts.start is None


def test_people_are_read_with_measure_and_exactness(known: Lookups) -> None:
    facts = facts_of(known, people="师范生38人；园长和教师72人次；学生约30人；共计200余人")
    assert facts.people == (
        People("师范生", 38),
        People("园长和教师", 72, "人次"),
        People("学生", 30, "人", "约"),
        People("", 200, "人", "余", is_total=True),
    )


def test_people_without_a_figure_are_an_error(known: Lookups) -> None:
    assert "教师若干" in understand(Row(key="r1", people="教师若干"), known, today=TODAY).errors["people"]


@pytest.mark.parametrize(
    ("typed", "unread"),
    [
        ("教师40人，学生一百多", "学生一百多"),
        ("教师40人，学生120人，家长若干", "家长若干"),
        ("教师40人，家长若干，学生120人", "家长若干"),
        ("教师40人、家长若干、学生120人", "家长若干"),
        ("学生一百多，教师40人", "学生一百多"),
        ("教师40人学生一百多", "学生一百多"),
        ("教师40人 学生一百多", "学生一百多"),
        ("38名师范生和教师若干", "和教师若干"),
        ("教师40人；学生120人，家长若干；共计200人", "家长若干"),
        ("教师40人，参加学生一百多", "参加学生一百多"),
        ("教师40人，每校2名", "每校2名"),
        ("学生120，教师40人", "学生120"),
    ],
)
def test_no_words_on_people_are_lost(known: Lookups, typed: str, unread: str) -> None:
    error = understand(Row(key="r1", people=typed), known, today=TODAY).errors["people"]
    assert error.startswith(f"没有看懂“{unread}”，")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("教师40人，学生120人。", [("教师", 40), ("学生", 120)]),
        ("教师40人、学生120人参加", [("教师", 40), ("学生", 120)]),
        ("教师40人参加了县里的培训，学生120人到场", [("教师", 40), ("学生", 120)]),
        ("校长、教师6人，家长40人", [("校长、教师", 6), ("家长", 40)]),
        ("校长，教师6人", [("校长，教师", 6)]),
        ("教师40人（其中校长3人）", [("教师", 40), ("校长", 3)]),
        ("邀请专家3人，教师40人", [("专家", 3), ("教师", 40)]),
        ("邀请7位教师参加", [("教师", 7)]),
        ("学院的 24 名 师范生，家长3人", [("学院的师范生", 24), ("家长", 3)]),
        ("24名师范生、园长和教师60人参与，另有家长代表等90余人旁听，共计170余人", None),
        ("家长和教师，共计200人", [("家长和教师", 200)]),
        ("高一、高二学生40人，家长3人", [("高一、高二学生", 40), ("家长", 3)]),
        ("2024、2025级学生40人", [("2024、2025级学生", 40)]),
        ("初一学生和2024级师范生38人", [("初一学生和2024级师范生", 38)]),
    ],
)
def test_figures_with_commas_between_are_read_each_with_its_people(
    known: Lookups, typed: str, expected: list[tuple[str, int]] | None
) -> None:
    people = facts_of(known, people=typed).people
    expected = expected or [("师范生", 24), ("园长和教师", 60), ("家长代表", 90), ("", 170)]
    assert [(each.who, each.number) for each in people] == expected


def test_partners_are_units_where_known_and_text_where_not(known: Lookups, unit: Unit) -> None:
    facts = facts_of(known, partners="江南师院、学前教育学院，江南师范学院")
    assert list(facts.partners) == [unit]
    assert facts.other_partners == "学前教育学院"


def test_a_name_that_two_units_bear_stays_text(db: None) -> None:
    make_unit(name="第一小学甲", short_name="一小")
    make_unit(name="第一小学乙", short_name="一小")
    facts = facts_of(lookups(), partners="一小")
    assert (list(facts.partners), facts.other_partners) == ([], "一小")


@pytest.mark.parametrize("typed", ["0", "很多", "1000", "-3", "²"])
def test_sessions_are_a_small_number(known: Lookups, typed: str) -> None:
    assert "sessions" in understand(Row(key="r1", sessions=typed), known, today=TODAY).errors


def test_sessions_default_to_the_number_of_days_named(known: Lookups) -> None:
    assert facts_of(known, date="11月1日和8日").sessions == 2
    assert facts_of(known, date="11月1日", sessions="17场次").sessions == 17


def test_what_a_report_needs_and_the_row_lacks_is_named(known: Lookups) -> None:
    assert understand(Row(key="r1", place="县城"), known, today=TODAY).missing == ["类型", "日期"]


@pytest.mark.parametrize(
    ("start", "end", "days", "approximate"),
    [
        (date(2024, 10, 28), date(2024, 10, 31), (), False),
        (date(2024, 12, 28), date(2025, 1, 3), (), False),
        (date(2024, 10, 30), date(2024, 11, 2), (date(2024, 10, 30), date(2024, 11, 2)), False),
        (date(2024, 11, 21), date(2024, 11, 30), (), True),
        (date(2024, 9, 1), date(2024, 11, 30), (), True),
        (date(2023, 12, 1), date(2024, 2, 29), (), True),
    ],
)
def test_stored_facts_come_back_unchanged_through_their_row(
    unit: Unit, start: date, end: date, days: tuple[date, ...], approximate: bool
) -> None:
    partner = make_unit(name="青山县实验学校")
    facts = Facts(
        kind=ActivityKind.objects.get(name="培训"),
        start=start,
        end=end,
        days=days,
        is_approximate=approximate,
        sessions=3,
        place="青山县",
        partners=[partner],
        other_partners="教务处、音乐学院",
        people=(People("师范生", 38), People("教师", 72, "人次", "余"), People("", 90, "人", "约", is_total=True)),
        batches=[Batch.objects.all()[1]],
    )
    activity = save_activity(None, facts, unit=unit, by=None)
    stored = with_facts(Activity.objects.all()).get(pk=activity.pk)
    understood = understand(row_of(stored), lookups(), today=date(2025, 3, 1))
    assert understood.errors == {}
    assert understood.facts == facts


def test_a_row_knows_whether_a_person_changed_it() -> None:
    row = Row(key="r1", date="11月4日").as_read()
    assert row.is_untouched
    assert not Row.from_json(row.to_json() | {"place": "县城"}).is_untouched
    assert not Row(key="n1", date="11月4日").is_untouched
