from __future__ import annotations

from datetime import date

import pytest

from bulletins.checking import mended
from tests.bulletins.checking.samples import entry, found


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("dates", "二〇二四年十一月五日，开会。", "2024年11月5日，开会。"),
        ("dates", "十一月五日，开会。", "11月5日，开会。"),
        ("dates", "2024.11.05，开会。", "2024年11月5日，开会。"),
        ("dates", "24年11月，开会。", "2024年11月，开会。"),
        ("dates", "11月05日，开会。", "11月5日，开会。"),
        ("dates", "11月5号，开会。", "11月5日，开会。"),
        ("numbers", "约50余人参加。", "50余人参加。"),
        ("numbers", "约50人左右参加。", "约50人参加。"),
        ("numbers", "占10-20%。", "占10%-20%。"),
        ("numbers", "三十八名师范生参加。", "38名师范生参加。"),
        ("numbers", "开展十七场次活动。", "开展17场次活动。"),
    ],
)
def test_dates_and_numbers_take_the_form_of_the_standard(rule: str, wrong: str, right: str) -> None:
    one = entry(wrong)
    assert mended(one, found(one, rule=rule)).text == right


@pytest.mark.parametrize(
    "text",
    [
        "11月5日，四所学校的二十余人到场。",
        "三十多名教师参加，五四青年节有活动。",
        "《规划（2024-2035年）》第1.2节，版本2.0.1。",
        "第二十名教师上台，每十名学生一组。",
        "11月5日14时05分，教学楼3号楼。",
        "近百人参加，约50人发言。",
    ],
)
def test_right_forms_are_let_be(text: str) -> None:
    assert [finding for finding in found(entry(text)) if finding.rule in {"dates", "numbers", "calendar"}] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("11月31日，开会。", "不存在"),
        ("2023年2月29日，开会。", "不存在"),
        ("11月8日至11月5日，开会。", "早于"),
        ("15日至12日，开会。", ""),
        ("11月5日（星期五），开会。", "星期二"),
    ],
)
def test_days_that_cannot_be_are_told(text: str, said: str) -> None:
    findings = found(entry(text), rule="calendar")
    assert bool(findings) == bool(said)
    assert all(said in finding.why for finding in findings)


def test_a_span_over_new_year_is_no_mistake() -> None:
    assert found(entry("12月28日至1月3日，集中研修。"), rule="calendar", reference=date(2025, 1, 6)) == []
