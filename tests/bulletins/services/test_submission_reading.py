"""What was read off a text meets what people have typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bulletins.services.reading import merge_rows, recognise, without_title
from pilots.models import ActivityKind, Batch
from pilots.queries.activity import Lookups, lookups
from pilots.services.activity_row import Row, understand
from portal.accounts.models import Unit
from portal.accounts.roles import UnitKind
from tests.factories import make_unit

TODAY = date(2024, 11, 20)
TEXT = (
    "江南师范学院开展种子教师系列活动\n"
    "10月28日至31日，江南师范学院专家到青山县指导种子教师打磨精品课，青山县教师代表72人次参加培训。"
    "11月上旬，学院在青山县实验学校举办专题讲座，共计200余人参加。"
)


@pytest.fixture
def unit(db: None) -> Unit:
    county = make_unit(UnitKind.COUNTY, name="青山县")
    make_unit(UnitKind.SCHOOL, name="青山县实验学校", parent=county)
    return make_unit(name="江南师范学院")


@pytest.fixture
def known(unit: Unit) -> Lookups:
    return lookups()


def test_dates_people_partners_and_kinds_are_read_off_a_text(unit: Unit, known: Lookups) -> None:
    read = recognise(TEXT, unit=unit, lookups=known, today=TODAY)
    first, second = (understand(row, known, today=TODAY) for row in read.rows)
    assert read.title == "江南师范学院开展种子教师系列活动"
    assert (first.errors, second.errors) == ({}, {})
    assert (first.facts.start, first.facts.end) == (date(2024, 10, 28), date(2024, 10, 31))
    assert [partner.name for partner in first.facts.partners] == ["青山县"]
    assert [(person.number, person.measure) for person in first.facts.people] == [(72, "人次")]
    assert Batch.objects.get(short_name="精品课") in first.facts.batches
    assert second.facts.is_approximate
    assert second.facts.kind == ActivityKind.objects.get(name="专题讲座")
    assert second.facts.people[0].is_total


def test_the_reporting_unit_is_no_partner_of_itself(unit: Unit, known: Lookups) -> None:
    read = recognise(TEXT, unit=unit, lookups=known, today=TODAY)
    assert all("江南师范学院" not in row.partners for row in read.rows)


def test_what_has_no_date_becomes_no_row(unit: Unit, known: Lookups) -> None:
    assert recognise("学校建立了听课制度，教师指导学生。", unit=unit, lookups=known, today=TODAY).rows == ()


def test_a_second_reading_changes_nothing(unit: Unit, known: Lookups) -> None:
    rows = recognise(TEXT, unit=unit, lookups=known, today=TODAY).rows
    merged = merge_rows(rows, rows, known, today=TODAY)
    assert (merged.rows, merged.new, merged.kept) == (rows, frozenset(), 0)


def test_rows_typed_by_hand_stay_and_tell_their_day_for_the_reading(unit: Unit, known: Lookups) -> None:
    mine = Row(key="r1", date="10月28日", place="我写的地点")
    merged = merge_rows([mine], recognise(TEXT, unit=unit, lookups=known, today=TODAY).rows, known, today=TODAY)
    assert merged.rows[0] == mine
    assert [row.date for row in merged.rows[1:]] == ["2024年11月上旬"]
    assert len({row.key for row in merged.rows}) == 2
    assert merged.new == {merged.rows[1].key}


def test_of_two_events_on_one_day_the_other_is_still_offered(unit: Unit, known: Lookups) -> None:
    text = "30日，青山县举行授牌仪式。当天，学院专家作专题讲座。"
    first, second = recognise(text, unit=unit, lookups=known, today=TODAY).rows
    mended = replace(second, place="县城")
    merged = merge_rows([mended], [first, second], known, today=TODAY)
    assert [row.source for row in merged.rows] == [second.source, first.source]


def test_a_stored_activity_is_never_replaced(unit: Unit, known: Lookups) -> None:
    stored = Row(key="a5", activity=5, date="2024年11月2日")
    merged = merge_rows([stored], [], known, today=TODAY)
    assert merged.rows == (stored,)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("召开座谈会\n11月4日开会。", "11月4日开会。"),
        ("★召开座谈会。11月4日开会。", "11月4日开会。"),
        ("**召开座谈会。**11月4日开会。", "11月4日开会。"),
        ("召开座谈会并座谈。", "召开座谈会并座谈。"),
        ("召开座谈会", "召开座谈会"),
        ("11月4日召开座谈会。", "11月4日召开座谈会。"),
    ],
)
def test_a_title_is_cut_off_only_where_it_is_a_line_or_a_sentence_of_its_own(text: str, rest: str) -> None:
    assert without_title("召开座谈会", text) == rest
