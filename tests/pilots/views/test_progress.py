"""The pages of 学期确认单, as those see them who fill in, review and open them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from pilots.models import ProgressDoubt, ProgressReport, ReportingException, ReportingPeriod, ReportingRule
from pilots.services.progress_report import approve_report, return_report, submit_report
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.text.official import official_date
from tests.factories import make_officer, make_unit, make_user
from tests.factories.progress import Desks, make_desks, open_past, open_term, submitted

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
WORDS = {"outcomes": "联合教研开展得好。", "difficulties": "", "next_steps": "", "version": "0"}


def page_of(report: ProgressReport) -> str:
    return reverse("progress-report", args=[report.pk])


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_the_school_fills_in_and_submits_on_one_page(signed_in: SignIn) -> None:
    desks = make_desks()
    client = signed_in(desks.teacher)
    assert "核对无误，提交" in text(client, page_of(desks.report))
    client.post(reverse("progress-save", args=[desks.report.pk]), WORDS | {"act": "submit"})
    assert desks.report.state == "at_county"
    assert desks.report.outcomes == WORDS["outcomes"]
    assert "取回" in text(client, page_of(desks.report))


def test_what_was_typed_is_not_lost_where_a_colleague_was_quicker(signed_in: SignIn) -> None:
    desks = make_desks()
    client = signed_in(desks.teacher)
    save = reverse("progress-save", args=[desks.report.pk])
    client.post(save, WORDS | {"act": "save"})
    answer = client.post(save, WORDS | {"act": "save", "outcomes": "另一种写法。"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "另一种写法。" in shown
    assert "联合教研开展得好。" in shown


def test_the_county_passes_it_from_its_page(signed_in: SignIn) -> None:
    desks = make_desks()
    report = submitted(desks)
    client = signed_in(desks.bureau)
    assert "没有一项活动" in text(client, page_of(report))
    act = reverse("progress-act", args=[report.pk, "approve"])
    client.post(act, {"turn": report.turn, "note": "情况属实。"})
    assert desks.report.state == "at_province"
    again = client.post(act, {"turn": report.turn})
    assert again.status_code == 409
    assert "已由他人处理" in again.content.decode()


def test_a_return_without_a_reason_keeps_the_page(signed_in: SignIn) -> None:
    desks = make_desks()
    report = submitted(desks)
    client = signed_in(desks.bureau)
    answer = client.post(reverse("progress-act", args=[report.pk, "return"]), {"turn": report.turn, "reason": ""})
    assert answer.status_code == 409
    assert "请写明" in answer.content.decode()


def test_what_comes_back_shows_the_difference_to_who_reviews(signed_in: SignIn) -> None:
    desks = make_desks()
    report = submitted(desks)
    return_report(report, turn=report.turn, by=desks.bureau, reason="请补充成效。")
    assert "请补充成效。" in text(signed_in(desks.teacher), page_of(report))
    save = reverse("progress-save", args=[report.pk])
    signed_in(desks.teacher).post(save, WORDS | {"act": "submit"})
    assert "<ins>联合教研开展得好。</ins>" in text(signed_in(desks.bureau), page_of(report))


def test_the_day_of_a_review_is_written_as_the_office_writes_days(signed_in: SignIn) -> None:
    desks = make_desks()
    approve_report(submitted(desks), by=desks.bureau, turn=desks.report.turn)
    shown = text(signed_in(desks.office), page_of(desks.report))
    assert f"{desks.bureau.name} {official_date(timezone.localdate())}" in shown


def test_a_locked_sheet_says_who_can_open_it_again(signed_in: SignIn) -> None:
    desks = make_desks(open_now=False)
    open_past(desks.office)
    assert "由省协同提质办指名开通" in text(signed_in(desks.teacher), page_of(desks.report))
    assert "请在“指名补正”中写明" in text(signed_in(make_user(Role.REVIEWER)), page_of(desks.report))


def test_another_county_finds_nothing(signed_in: SignIn) -> None:
    desks = make_desks()
    report = submitted(desks)
    stranger = signed_in(make_user(Role.UNIT_APPROVER, make_unit(UnitKind.COUNTY)))
    assert stranger.get(page_of(report)).status_code == 404
    act = reverse("progress-act", args=[report.pk, "approve"])
    assert stranger.post(act, {"turn": report.turn}).status_code == 404
    assert report.unit.label not in text(stranger, reverse("progress-reports"))


def test_what_is_not_submitted_is_read_by_its_unit_only(signed_in: SignIn) -> None:
    desks = make_desks()
    signed_in(desks.teacher).post(reverse("progress-save", args=[desks.report.pk]), WORDS | {"act": "save"})
    shown = text(signed_in(desks.bureau), page_of(desks.report))
    assert "还没有提交" in shown
    assert WORDS["outcomes"] not in shown


def test_the_list_asks_no_more_for_many_than_for_one(signed_in: SignIn) -> None:
    desks = make_desks()
    submitted(desks)
    client = signed_in(desks.bureau)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("progress-reports"))
        return len(found)

    few = queries()
    for _ in range(30):
        make_unit(UnitKind.SCHOOL, parent=desks.county)
    open_term(desks.office)
    assert queries() <= few
    assert few <= 15


def test_the_clean_ones_are_passed_together(signed_in: SignIn) -> None:
    desks = make_desks()
    report = submitted(desks)
    ProgressReport.objects.update(is_clean=True)
    client = signed_in(desks.bureau)
    assert "批量通过" in text(client, reverse("progress-reports"))
    approve = reverse("progress-approve-many")
    answer = client.post(approve, {"chosen": [report.pk], "next": reverse("progress-reports")}, follow=True)
    assert "已通过1份" in answer.content.decode()
    answer = client.post(approve, {"chosen": [report.pk]}, follow=True)
    assert "可能已由同事处理" in answer.content.decode()


def test_after_passing_many_the_list_stands_as_it_was_narrowed_and_nothing_else_opens(signed_in: SignIn) -> None:
    client, here = signed_in(make_desks().bureau), reverse("progress-reports")
    for given, shown in (
        (f"{here}?state=at_county", f"{here}?state=at_county"),
        ("https://example.org/?state=at_county", f"{here}?state=at_county"),
        ("9999-12-31", here),
        ("?q=a\r\nSet-Cookie: b", f"{here}?q=a%0D%0ASet-Cookie%3A+b"),
    ):
        assert client.post(reverse("progress-approve-many"), {"next": given})["Location"] == shown


def test_the_office_opens_and_sees_who_has_reported(signed_in: SignIn) -> None:
    desks = make_desks(open_now=False)
    client = signed_in(desks.office)
    assert "还没有开放填报" in text(client, reverse("progress-reports"))
    choice = client.get(reverse("reporting-periods")).context["form"].fields["span"].choices[0][0]
    answer = client.post(reverse("reporting-periods"), {"span": choice}, follow=True)
    assert "新开放" in answer.content.decode()
    submit_report(desks.report, by=desks.teacher)
    period = ReportingPeriod.objects.get()
    shown = client.get(reverse("reporting-period", args=[period.pk])).context["lines"]
    lines = {line.name.strip(): line for line in shown}
    county = lines[desks.county.label]
    assert (county.counts["expected"], county.counts["submitted"], county.counts["in_time"]) == (2, 1, 1)
    assert lines[desks.prefecture.label].counts["expected"] == 2
    sheet = load_workbook(BytesIO(client.get(reverse("reporting-period-export", args=[period.pk])).content)).active
    assert sheet is not None
    assert desks.county.label in [row[0] for row in sheet.iter_rows(values_only=True)]


def test_the_list_goes_to_excel_as_it_is_narrowed(signed_in: SignIn) -> None:
    desks = make_desks()
    submitted(desks)
    answer = signed_in(desks.office).get(reverse("progress-export"), {"state": "at_county"})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)] == [desks.school.name]


def test_days_and_rules_are_kept_from_their_pages(signed_in: SignIn) -> None:
    desks = make_desks()
    client = signed_in(desks.office)
    period = desks.report.period
    page = reverse("reporting-period", args=[period.pk])
    wrong = client.post(page, {"due": "2030-01-02", "locks_on": "2030-01-01"})
    assert wrong.status_code == 422
    assert client.post(page, {"due": "2030-01-01", "locks_on": "2030-01-02"}).status_code == 302
    rule = ReportingRule.objects.get(unit_kind=UnitKind.SCHOOL)
    name = f"rule-{rule.pk}"
    given = {f"{name}-reports": "on", f"{name}-cadence": rule.cadence_id, f"{name}-reviewed_by": "prefecture"}
    client.post(reverse("reporting-rules"), {"which": name} | given)
    rule.refresh_from_db()
    assert rule.reviewed_by == ["prefecture"]


def test_an_exception_is_granted_on_the_locked_sheet(signed_in: SignIn) -> None:
    desks = make_desks(open_now=False)
    open_past(desks.office)
    client = signed_in(make_user(Role.REVIEWER))
    assert "指名开通" in text(client, page_of(desks.report))
    until = timezone.localdate() + timedelta(days=2)
    given = {"user": desks.teacher.pk, "reason": "漏登一次教研。", "until": until.isoformat()}
    client.post(reverse("progress-exception", args=[desks.report.pk]), given)
    assert ReportingException.objects.get().user == desks.teacher
    assert "核对无误，提交" in text(signed_in(desks.teacher), page_of(desks.report))


def test_who_keeps_a_doubted_fact_answers_on_a_page_of_his_own(signed_in: SignIn) -> None:
    desks = make_desks()
    keeper = make_officer(make_unit())
    doubt = ProgressDoubt.objects.create(
        report=desks.report,
        key="activity:1",
        line="11月5日联合教研",
        right="11月6日",
        owner=keeper.posts_today[0].unit,
        by=desks.teacher,
    )
    client = signed_in(keeper)
    page = reverse("progress-doubt", args=[doubt.pk])
    assert "11月6日" in text(client, page)
    assert client.get(page_of(desks.report)).status_code == 404
    assert client.post(page, {"act": "uphold", "answer": ""}).status_code == 409
    client.post(page, {"act": "correct", "answer": "已改为11月6日。"})
    assert "已改为11月6日。" in text(signed_in(desks.teacher), page_of(desks.report))


def test_it_can_be_printed_as_it_was_submitted(signed_in: SignIn) -> None:
    desks = make_desks()
    report = submitted(desks)
    approve_report(report, turn=report.turn, by=desks.bureau)
    shown = text(signed_in(desks.teacher), reverse("progress-print", args=[report.pk]))
    assert "本期没有记录" in shown
    assert desks.teacher.name in shown


def test_nobody_is_asked_to_fill_in_what_was_not_opened(signed_in: SignIn) -> None:
    desks: Desks = make_desks(open_now=False)
    assert "现在没有确认单" in text(signed_in(desks.teacher), reverse("progress-reports"))


def test_a_locked_sheet_that_was_never_submitted_says_so_to_the_office(signed_in: SignIn) -> None:
    desks = make_desks(open_now=False)
    open_past(desks.office)
    client = signed_in(desks.office)
    assert "本期已锁定，该单位没有提交。" in text(client, page_of(desks.report))
    ReportingPeriod.objects.update(locks_on=timezone.localdate())
    assert "该单位正在填写，还没有提交。" in text(client, page_of(desks.report))


def test_a_confirmed_sheet_offers_no_opening_by_name(signed_in: SignIn) -> None:
    desks = make_desks(open_now=False)
    open_past(desks.office)
    client = signed_in(make_user(Role.REVIEWER))
    assert "<summary>指名开通</summary>" in text(client, page_of(desks.report))
    ProgressReport.objects.filter(pk=desks.report.pk).update(state="confirmed")
    shown = text(client, page_of(desks.report))
    assert "<summary>指名开通</summary>" not in shown
    assert "确认单已确认，请先退回，再指名开通。" in shown


def test_who_was_named_reads_his_last_day_and_afterwards_that_it_is_over(signed_in: SignIn) -> None:
    desks = make_desks(open_now=False)
    open_past(desks.office)
    today = timezone.localdate()
    given = {"period": desks.report.period, "unit": desks.school, "user": desks.teacher, "granted_by": desks.office}
    exception = ReportingException.objects.create(**given, reason="漏登。", until=today)
    client = signed_in(desks.teacher)
    shown = text(client, page_of(desks.report))
    assert f"办公室已指名由您补正，到{official_date(today)}为止。" in shown
    assert "已到期" not in shown
    exception.until = today - timedelta(days=1)
    exception.save()
    shown = text(client, page_of(desks.report))
    assert "办公室已指名由您补正" not in shown
    assert "已到期" in shown
