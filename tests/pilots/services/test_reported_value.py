"""A unit reports a figure: what is odd wants a reason, what cannot be is refused in a sentence, nothing is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import ReportedValue, ValueRule
from pilots.services.reported_value import Overtaken, WantsReason, comment_value, save_value
from pilots.value_rules import typed_number
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.audit.models import history
from portal.periods import term_of
from portal.refusals import Refused
from tests.factories import make_officer, make_unit, make_user
from tests.factories.figures import ask_for, last_term, make_closing, make_ratio, make_reported, make_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> Unit:
    return make_unit(UnitKind.COUNTY)


@pytest.fixture
def officer(county: Unit) -> User:
    return make_officer(county)


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), (" 1,234 ", 1234), ("５０", 50), ("3.5", Decimal("3.5")), ("12%", 12), ("", None)]
)
def test_a_number_is_read_as_people_type_and_paste_it(typed: str, number: Decimal | None) -> None:
    assert typed_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("-3", "不能小于0"), ("三", "不是数字"), ("1.234", "两位小数"), ("9" * 14, "太大"), ("nan", "太大")],
)
def test_what_is_no_number_is_refused_in_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        typed_number(typed)


def test_a_value_below_zero_is_refused(county: Unit, officer: User) -> None:
    with pytest.raises(Refused, match="不能小于0"):
        make_value(make_reported(), county, -1, by=officer)


def test_a_ratio_with_denominator_0_is_refused_unless_there_was_nobody_at_all(county: Unit, officer: User) -> None:
    ratio = make_ratio()
    with pytest.raises(Refused, match="分母为0时算不出比例"):
        make_value(ratio, county, 3, 0, by=officer)
    assert make_value(ratio, county, 0, 0, by=officer).figure is None


def test_half_a_ratio_is_kept_and_does_not_count_yet(county: Unit, officer: User) -> None:
    half = make_value(make_ratio(), county, 3, by=officer)
    assert not half.is_complete
    assert make_value(half.indicator, county, 3, 60, by=officer).figure == 5


def test_every_save_is_on_record_with_what_stood_before(county: Unit, officer: User) -> None:
    indicator = make_reported()
    make_value(indicator, county, 3, by=officer)
    value = make_value(indicator, county, 4, by=officer)
    assert value.version == 2
    entries = list(history(value))
    assert entries[0].data["before"] == {"number": "3"}
    assert entries[0].data["after"] == {"number": "4"}


def test_two_people_at_one_cell_the_second_is_told_and_nothing_is_overwritten(county: Unit, officer: User) -> None:
    indicator = make_reported()
    make_value(indicator, county, 3, by=officer)
    with pytest.raises(Overtaken, match="改成了3") as told:
        save_value(
            indicator=indicator,
            unit=county,
            period=term_of(timezone.localdate()),
            number=Decimal(9),
            version=0,
            by=officer,
        )
    assert told.value.current.version == 1
    assert ReportedValue.objects.get().number == 3


def test_a_rule_that_cannot_be_broken_refuses_and_an_odd_figure_wants_a_reason(county: Unit, officer: User) -> None:
    ratio = make_ratio()
    ratio.rules.create(kind=ValueRule.Kind.NOT_MORE, effect=ValueRule.Effect.REFUSE)
    ratio.rules.create(kind=ValueRule.Kind.CHANGE, effect=ValueRule.Effect.REASON, percent=30)
    with pytest.raises(Refused, match="分子70不能大于分母60"):
        make_value(ratio, county, 70, 60, by=officer, reason="没有办法")
    make_value(ratio, county, 5, 100, by=officer, period=last_term())
    make_value(ratio, county, 6, 100, by=officer)
    with pytest.raises(WantsReason, match="上期5%，本期10%，增加100%，超过30%"):
        make_value(ratio, county, 10, 100, by=officer)
    assert make_value(ratio, county, 10, 100, by=officer, reason="新增两所学校").reason == "新增两所学校"


def test_a_range_and_another_indicator_bound_a_figure(county: Unit, officer: User) -> None:
    whole, part = make_reported(), make_reported(name="其中乡村教师培训次数")
    part.rules.create(kind=ValueRule.Kind.NOT_MORE, effect=ValueRule.Effect.REFUSE, other=whole)
    whole.rules.create(kind=ValueRule.Kind.RANGE, effect=ValueRule.Effect.REASON, high=50)
    with pytest.raises(WantsReason, match="60次大于通常的上限50次"):
        make_value(whole, county, 60, by=officer)
    make_value(whole, county, 4, by=officer)
    with pytest.raises(Refused, match="5不能大于“专项培训次数”的4"):
        make_value(part, county, 5, by=officer)


def test_the_other_figure_of_a_rule_is_held_to_it_as_well(county: Unit, officer: User) -> None:
    whole, part = make_reported(), make_reported(name="其中乡村教师培训次数")
    part.rules.create(kind=ValueRule.Kind.NOT_MORE, effect=ValueRule.Effect.REFUSE, other=whole)
    make_value(whole, county, 10, by=officer)
    make_value(part, county, 8, by=officer)
    with pytest.raises(Refused, match="“其中乡村教师培训次数”已填8，不能大于这里的5"):
        make_value(whole, county, 5, by=officer)
    assert make_value(whole, county, 8, by=officer).number == 8


def test_how_often_a_figure_was_saved_is_not_the_pages_to_say(county: Unit, officer: User) -> None:
    period = term_of(timezone.localdate())
    value = save_value(
        indicator=make_reported(), unit=county, period=period, number=Decimal(3), version=2_000_000_000, by=officer
    )
    assert value.version == 1


def test_nobody_reports_for_another_unit(county: Unit) -> None:
    with pytest.raises(PermissionDenied):
        make_value(make_reported(), county, 3, by=make_officer(make_unit(UnitKind.COUNTY)))


def test_an_area_enters_for_those_under_it_only_where_the_indicator_says_so(county: Unit, officer: User) -> None:
    school = make_unit(UnitKind.SCHOOL, parent=county)
    with pytest.raises(PermissionDenied):
        make_value(make_reported(UnitKind.SCHOOL), school, 3, by=officer)
    assert make_value(make_reported(UnitKind.SCHOOL, entered_above=True), school, 3, by=officer).number == 3


def test_periods_of_one_figure_cannot_overlap(county: Unit, officer: User) -> None:
    value = make_value(make_reported(), county, 3, by=officer)
    again = ReportedValue(
        indicator=value.indicator, unit=county, key="other", during=value.during, number=Decimal(4), by=officer
    )
    with pytest.raises(ValidationError, match="时间不能重叠"):
        again.full_clean()


def test_a_closed_figure_is_corrected_by_the_office_alone_and_with_a_reason(county: Unit, officer: User) -> None:
    indicator = make_reported()
    ask_for(indicator)
    make_value(indicator, county, 3, by=officer, period=last_term())
    editor = make_user(Role.EDITOR)
    make_closing(editor)
    with pytest.raises(Refused, match="已封存"):
        make_value(indicator, county, 4, by=officer, period=last_term())
    with pytest.raises(WantsReason, match="更正须写明理由"):
        make_value(indicator, county, 4, by=editor, period=last_term())
    assert make_value(indicator, county, 4, by=editor, period=last_term(), reason="漏报一次").number == 4


def test_the_office_supplies_what_was_missing_when_a_period_was_closed_and_the_record_says_so(
    county: Unit, officer: User
) -> None:
    indicator, editor = make_reported(), make_user(Role.EDITOR)
    make_closing(editor)
    with pytest.raises(Refused, match="已封存"):
        make_value(indicator, county, 4, by=officer, period=last_term())
    with pytest.raises(WantsReason, match="须写明理由"):
        make_value(indicator, county, 4, by=editor, period=last_term())
    value = make_value(indicator, county, 4, by=editor, period=last_term(), reason="学校漏报")
    make_value(indicator, county, 5, by=editor, period=last_term(), reason="核对后更正")
    assert [entry.label for entry in history(value)] == ["更正", "补填"]


def test_a_comment_changes_nothing(county: Unit, officer: User) -> None:
    value = make_value(make_reported(), county, 3, by=officer)
    comment_value(value, text="含线上培训吗？", by=make_user(Role.EDITOR))
    value.refresh_from_db()
    assert value.version == 1
    assert value.comments.get().text == "含线上培训吗？"


@pytest.mark.parametrize("text", ["  ", "长" * 501, "\x00"])
def test_a_comment_that_cannot_be_kept_is_refused_in_a_sentence(county: Unit, officer: User, text: str) -> None:
    value = make_value(make_reported(), county, 3, by=officer)
    with pytest.raises((Refused, ValidationError)):
        comment_value(value, text=text, by=officer)
    assert not value.comments.exists()
