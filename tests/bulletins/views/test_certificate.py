"""采用证明: for a printed report, once, verified by anybody."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Certificate, Rendition, Submission
from bulletins.services import issue_chain as services
from bulletins.services.correction import void_issue
from bulletins.services.issue import assemble_issue
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import rename_unit
from portal.jobs.services import run
from tests.bulletins.published import office, store_rendition
from tests.factories import make_adopted, make_issue, make_officer, make_report, make_unit

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def printed_report(officer: User) -> Submission:
    """A report in a signed issue."""
    report = make_adopted(office(Role.EDITOR), officer)
    sign_issue_of(date(2024, 12, 2))
    report.refresh_from_db()
    return report


def sign_issue_of(day: date) -> None:
    """Whatever waits for an issue is signed in one."""
    editor = office(Role.EDITOR)
    issue = make_issue(editor, day)
    assemble_issue(issue, by=editor)
    services.request_proof(issue, by=editor)
    store_rendition(issue, Rendition.Kind.PROOF)
    services.send_for_review(issue, by=editor)
    services.approve_issue(issue, by=office(Role.REVIEWER))
    services.sign_issue(issue, by=office(Role.ISSUER))


def made(client: Client, report: Submission) -> Certificate:
    client.post(reverse("certificate", args=[report.pk]))
    certificate = Certificate.objects.get(submission=report)
    if certificate.job and not certificate.file:
        run(certificate.job.pk)
    certificate.refresh_from_db()
    return certificate


def test_a_unit_takes_the_certificate_of_its_printed_report(officer: User, signed_in: SignIn) -> None:
    report = printed_report(officer)
    client = signed_in(officer)
    assert (
        reverse("certificate", args=[report.pk]) in client.get(reverse("submission", args=[report.pk])).content.decode()
    )
    made(client, report)
    answer = client.get(reverse("certificate-pdf", args=[report.pk]))
    pdf = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    text = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert f"《{report.title}》" in text
    assert "特此证明。" in text


def test_a_prefecture_reads_its_countys_report_and_is_not_led_to_a_certificate_that_is_not_its_own(
    signed_in: SignIn,
) -> None:
    prefecture = make_unit(UnitKind.PREFECTURE)
    report = printed_report(make_officer(make_unit(UnitKind.COUNTY, parent=prefecture)))
    page = signed_in(make_officer(prefecture)).get(reverse("submission", args=[report.pk]))
    assert page.status_code == 200
    assert reverse("certificate", args=[report.pk]) not in page.content.decode()


def test_asked_again_it_is_the_same_one(officer: User, signed_in: SignIn) -> None:
    report = printed_report(officer)
    client = signed_in(officer)
    first = made(client, report)
    second = made(client, report)
    assert (first.pk, first.token, first.sha256) == (second.pk, second.token, second.sha256)


def test_anybody_verifies_it_by_its_code(officer: User, signed_in: SignIn, client: Client) -> None:
    certificate = made(signed_in(officer), printed_report(officer))
    page = client.get(reverse("verify", args=[certificate.token])).content.decode()
    for told in ("稿件采用证明", certificate.content["unit"], certificate.sha256, "有效"):
        assert told in page


def test_it_names_the_unit_as_it_was_called_when_it_sent_the_report_in(officer: User, signed_in: SignIn) -> None:
    report = printed_report(officer)
    before = report.unit.name
    rename_unit(report.unit, name="改名后的大学", since=date(2099, 1, 1), by=None)
    assert made(signed_in(officer), report).content["unit"] == before


def test_a_report_that_is_not_printed_has_none(officer: User, signed_in: SignIn) -> None:
    report = make_report(officer)
    client = signed_in(officer)
    assert client.post(reverse("certificate", args=[report.pk])).status_code == 403
    assert not Certificate.objects.exists()


def test_another_unit_does_not_see_it(officer: User, signed_in: SignIn) -> None:
    report = printed_report(officer)
    assert signed_in(make_officer()).get(reverse("certificate", args=[report.pk])).status_code == 404


def test_a_school_has_one_for_what_its_county_passed_on(signed_in: SignIn) -> None:
    county = make_unit(UnitKind.COUNTY)
    school = make_officer(make_unit(UnitKind.SCHOOL, parent=county))
    part = make_report(school)
    whole = printed_report(make_officer(county))
    Submission.objects.filter(pk=part.pk).update(part_of=whole, state=SubmissionState.PRINTED)
    assert made(signed_in(school), part).content["label"] == whole.placement.entry.issue.label


def test_what_a_county_passed_on_is_verified_like_anything_else(signed_in: SignIn, client: Client) -> None:
    county = make_unit(UnitKind.COUNTY)
    school = make_officer(make_unit(UnitKind.SCHOOL, parent=county))
    part = make_report(school)
    whole = printed_report(make_officer(county))
    Submission.objects.filter(pk=part.pk).update(part_of=whole, state=SubmissionState.PRINTED)
    certificate = made(signed_in(school), part)
    assert "有效" in client.get(reverse("verify", args=[certificate.token])).content.decode()


def test_after_its_issue_was_voided_it_says_so(officer: User, signed_in: SignIn, client: Client) -> None:
    report = printed_report(officer)
    certificate = made(signed_in(officer), report)
    void_issue(report.placement.entry.issue, by=office(Role.ISSUER), reason="版面有误。")
    page = client.get(reverse("verify", args=[certificate.token])).content.decode()
    assert "已作废" in page


def test_printed_anew_it_names_the_issue_that_holds_good(officer: User, signed_in: SignIn) -> None:
    report = printed_report(officer)
    first = made(signed_in(officer), report)
    void_issue(report.placement.entry.issue, by=office(Role.ISSUER), reason="版面有误。")
    sign_issue_of(date(2024, 12, 16))
    second = made(signed_in(officer), report)
    assert second.content["label"] != first.content["label"]
    assert (second.token, second.content["issue_date"]) == (first.token, "2024-12-16")
    assert second.sha256
    assert second.sha256 != first.sha256
