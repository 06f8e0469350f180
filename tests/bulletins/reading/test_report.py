"""A pasted report is read off so that its author has only to confirm."""

from __future__ import annotations

import time
from datetime import date

import pytest

from bulletins.reading import KnownUnit, ReadReport, UnitMatcher, read_report
from tests.bulletins.reading.reports import BATCHES, KINDS, REPORTS, UNITS, Report, entry_texts

TODAY = date(2025, 3, 10)


def read(text: str, today: date = TODAY) -> ReadReport:
    return read_report(text, today=today, units=UNITS, kinds=KINDS, batches=BATCHES)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.title)
def test_activities_are_read_as_told_by_hand(report: Report) -> None:
    activities = read(report.text, report.today).activities
    assert [(a.start, a.end) for a in activities] == [(fact.start, fact.end) for fact in report.facts]
    assert [a.sessions for a in activities] == [fact.sessions for fact in report.facts]
    assert [a.place for a in activities] == [fact.place for fact in report.facts]
    assert [a.kind_id for a in activities] == [fact.kind for fact in report.facts]
    people = [tuple((c.number, c.measure, c.exactness) for c in a.head_counts) for a in activities]
    assert people == [fact.people for fact in report.facts]


@pytest.mark.parametrize(("text", "today"), entry_texts())
def test_no_character_of_a_report_is_lost_or_changed(text: str, today: date) -> None:
    report = read(text, today)
    assert (report.lead + report.body).replace("\n", "") == text.replace("\n", "")


def test_a_plan_for_later_is_no_activity() -> None:
    activities = read(REPORTS[0].text, REPORTS[0].today).activities
    assert "续签" not in "".join(activity.text for activity in activities)


def test_a_title_line_is_the_title_and_the_rest_the_text() -> None:
    report = read("青石县开展阅读指导\n\n　　3月7日，青石县请来专家。\n3月9日，又请一次。")
    assert (report.title, report.lead) == ("青石县开展阅读指导", "")
    assert report.body == "3月7日，青石县请来专家。\n3月9日，又请一次。"
    assert len(report.activities) == 2


def test_without_title_line_the_lead_is_the_title_without_its_stop() -> None:
    report = read("★青石县开展阅读指导。3月7日，青石县请来专家。")
    assert (report.title, report.lead) == ("青石县开展阅读指导", "青石县开展阅读指导。")
    assert report.body == "3月7日，青石县请来专家。"


def test_without_lead_the_title_is_taken_from_the_first_sentence() -> None:
    assert read("3月7日，青石县举办阅读讲座，家长到场。会后座谈。").title == "青石县举办阅读讲座"


def test_where_no_date_stands_there_is_one_row_with_an_empty_date() -> None:
    (activity,) = read("青石县建立信息员制度。各校明确一名信息员，按月报送。").activities
    assert (activity.start, activity.end, activity.head_counts, activity.sessions) == (None, None, (), 1)


def test_a_date_in_the_lead_counts_only_where_the_text_has_none() -> None:
    assert len(read("青石县3月7日举办讲座。3月7日，讲座开讲。").activities) == 1
    assert read("青石县3月7日举办讲座。讲座很受欢迎。").activities[0].start == date(2025, 3, 7)


@pytest.mark.parametrize(
    "text",
    [
        "按照2024年9月1日印发的方案，3月7日，青石县开展座谈。",
        "3月7日，青石县开展座谈，请各校3月20日前报送。",
        "3月7日，青石县学习《关于2025年2月1日会议的通知》。",
        "3月7日，青石县开展座谈。截至3月9日，已走访五所学校。",
        "3月7日，青石县开展座谈。座谈当天，大家留言。",
    ],
)
def test_dates_of_papers_deadlines_and_counts_open_no_activity(text: str) -> None:
    activities = read(text).activities
    assert [activity.start for activity in activities] == [date(2025, 3, 7)]


def test_a_date_that_does_not_exist_is_told_in_plain_words() -> None:
    assert read("2月30日，青石县开展座谈。").problems == ("“2月30日”在日历上不存在，请核对。",)


def test_two_dates_in_one_sentence_are_two_activities() -> None:
    activities = read("3月3日在一小开展座谈，3月5日在二小开展培训。").activities
    assert [(a.start, a.kind_id) for a in activities] == [(date(2025, 3, 3), 2), (date(2025, 3, 5), 5)]


def test_units_and_batches_named_are_told_once_each() -> None:
    report = read("3月3日，江西科技师范大学到青石县调研优质学校建设，青石县教育局陪同。")
    assert report.units == (2, 14)
    assert report.activities[0].partner_ids == (2, 14)
    assert report.activities[0].batch_ids == (1,)


def test_the_title_of_a_paper_does_not_make_the_kind() -> None:
    text = "3月3日，青石县学习《关于印发座谈会办法的通知》，开展培训。"
    assert read(text).activities[0].kind_id == 5


def test_nothing_at_all_gives_one_empty_row() -> None:
    report = read("\u200b \n")
    assert (report.title, report.body, len(report.activities)) == ("", "", 1)


def test_two_thousand_units_do_not_slow_a_report_down() -> None:
    units = [KnownUnit(at, (f"第{at}实验学校", f"清溪镇{at}小", f"青石县{at}中")) for at in range(2000)]
    matcher = UnitMatcher(units)
    text = (REPORTS[0].text * 4)[:456]
    read_report(text, today=TODAY, units=matcher, kinds=KINDS, batches=BATCHES)
    started = time.process_time()
    read_report(text, today=TODAY, units=matcher, kinds=KINDS, batches=BATCHES)
    assert time.process_time() - started < 0.05


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("3月7日，培训班在青石举办，江西师大到场。", ("江西师大",)),
        ("3月7日，培训班在青石县举办。", ("青石县",)),
        ("3月7日，江西师大在青石开展送教。", ("江西师大", "青石")),
        ("3月7日，青石的学校到场。", ("青石",)),
    ],
)
def test_a_town_that_is_only_where_it_was_held_is_no_partner(text: str, partners: tuple[str, ...]) -> None:
    ids = {name: unit.id for unit in UNITS for name in unit.names}
    (activity,) = read(text).activities
    assert set(activity.partner_ids) == {ids[name] for name in partners}
