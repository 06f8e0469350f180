from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletins.models import Issue, Rendition
from bulletins.services import issue_chain as chain
from bulletins.services.content import build_content
from bulletins.services.entry import add_entry, edit_entry, move_entry, place_submission
from bulletins.services.issue import around_of, update_issue
from bulletins.services.merging import merge_entries
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.bulletins.chain import make_written
from tests.bulletins.published import make_printed
from tests.factories import make_adopted, make_issue, make_user

SignIn = Callable[[User], Client]


def proof(issue: Issue, by: User, pages: int = 2) -> Rendition:
    """A proof of the present words as the worker leaves it, its pictures aside."""
    job = chain.request_proof(issue, by=by)
    digest = build_content(issue).digest()
    return Rendition.objects.create(
        issue=issue,
        kind="proof",
        job=job,
        file=f"issues/{job.pk}/issue.pdf",
        size=1,
        pages=pages,
        content_digest=digest,
    )


def rounds(client: Client, issue: Issue) -> str:
    return client.get(reverse("proof-rounds", args=[issue.pk])).content.decode()


def test_before_the_first_proof_it_says_how_to_make_one(editor: User, signed_in: SignIn) -> None:
    page = rounds(signed_in(editor), make_issue(editor))
    assert "本期还没有校样" in page
    assert "生成校样" in page


def test_each_round_has_its_name_who_when_and_pages(editor: User, signed_in: SignIn) -> None:
    issue = make_written(editor)
    for number in range(1, 4):
        proof(issue, editor, pages=number + 3)
        edit_entry(issue.entries.get(), by=editor, lead=f"改第{number}次。", text="正文。", version=number)
    page = rounds(signed_in(editor), issue)
    assert page.index("三校</h2>") < page.index("二校</h2>") < page.index("一校</h2>")
    assert page.count(f"· {editor.name} ·") == 3
    assert "4页" in page
    assert "6页" in page
    assert "与现在的内容一致" not in page


def test_a_changed_word_is_marked_between_two_rounds(editor: User, signed_in: SignIn) -> None:
    issue = make_written(editor, ("两校一起备课。",))
    proof(issue, editor)
    edit_entry(issue.entries.get(), by=editor, lead="两校一起磨课。", text="12月1日，教师分组说课。", version=1)
    proof(issue, editor)
    page = rounds(signed_in(editor), issue)
    assert '<del><span class="visually-hidden">删去：</span>备</del>' in page
    assert '<ins><span class="visually-hidden">增加：</span>磨</ins>' in page
    assert "改动1处" in page
    assert "与现在的内容一致" in page
    assert "这是本期的第一次校样" in page


def test_merging_real_reports_is_told_as_merging(editor: User, signed_in: SignIn) -> None:
    issue = make_issue(editor)
    section = issue.periodical.sections.earliest("order")
    reports = [make_adopted(editor, title=title, text=f"{title}的经过。") for title in ("一起教研", "共同备课")]
    for report in reports:
        place_submission(issue, submission=report, section=section, position=None, by=editor)
    proof(issue, editor)
    merged = merge_entries(issue, entries=list(issue.entries.values_list("pk", flat=True)), by=editor)
    edit_entry(merged, by=editor, lead="两单位开展活动。", text="全部重新写过。", version=merged.version)
    proof(issue, editor)
    page = rounds(signed_in(editor), issue)
    assert "合并</span>" in page
    assert "合并而成" in page
    assert "改动1处" in page


def test_a_moved_entry_says_from_where_to_where(editor: User, signed_in: SignIn) -> None:
    issue = make_written(editor, ("第一条。", "第二条。", "第三条。"))
    first, _, third = issue.periodical.sections.order_by("order")[:3]
    entries = list(issue.entries.all())
    proof(issue, editor)
    move_entry(entries[2], section=first, position=0, by=editor)
    move_entry(entries[1], section=third, position=None, by=editor)
    proof(issue, editor)
    page = rounds(signed_in(editor), issue)
    assert f"在【{first.name}】由第3条移到第1条" in page
    assert f"由【{first.name}】第2条移到【{third.name}】第1条" in page


def test_a_changed_masthead_shows_as_such(editor: User, signed_in: SignIn) -> None:
    issue = make_written(editor)
    proof(issue, editor)
    names = ("issue_date", "window_start", "window_end", "masthead", "office", "report_to", "copy_to")
    around = dict(zip(names, around_of(issue), strict=True)) | {"issue_date": date(2024, 12, 5)}
    update_issue(issue, by=editor, version=issue.version, **around)  # type: ignore[arg-type]
    issue.refresh_from_db()
    proof(issue, editor)
    page = rounds(signed_in(editor), issue)
    assert "报头日期</strong>" in page
    assert "报头和版记" in page


def test_a_proof_whose_words_were_not_kept_is_still_a_round(editor: User, signed_in: SignIn) -> None:
    issue = make_written(editor)
    one = proof(issue, editor)
    Rendition.objects.filter(pk=one.pk).update(job=None)
    add_entry(issue, section=issue.periodical.sections.earliest("order"), lead="又一条。", text="正文。", by=editor)
    proof(issue, editor)
    page = rounds(signed_in(editor), issue)
    assert "无法比较" in page
    assert "二校" in page


def test_the_record_stays_after_sign_off_for_the_desk_alone(editor: User, signed_in: SignIn) -> None:
    issue = make_printed()
    assert "一校" in rounds(signed_in(editor), issue)
    for role in (Role.LEADER, Role.ADMIN):
        answer = signed_in(make_user(role)).get(reverse("proof-rounds", args=[issue.pk]))
        assert answer.status_code == 404


def test_twelve_rounds_are_on_two_pages_for_the_price_of_one(editor: User, signed_in: SignIn) -> None:
    issue = make_written(editor)
    client = signed_in(editor)
    entry = issue.entries.get()
    proof(issue, editor)
    edit_entry(entry, by=editor, lead="改。", text="正文。", version=1)
    proof(issue, editor)
    rounds(client, issue)
    with CaptureQueriesContext(connection) as few:
        rounds(client, issue)
    for version in range(2, 12):
        edit_entry(entry, by=editor, lead=f"改第{version}次。", text="正文。", version=version)
        proof(issue, editor)
    with CaptureQueriesContext(connection) as many:
        page = rounds(client, issue)
    assert len(many) == len(few)
    assert "十二校" in page
    assert "三校</h2>" in page
    second = client.get(reverse("proof-rounds", args=[issue.pk]), {"page": "2"}).content.decode()
    assert "二校</h2>" in second
    assert "改动1处" in second


class TestTheProofItself:
    @pytest.fixture
    def issue(self, editor: User) -> Issue:
        """Two entries, and a proof on whose first page both stand, the second running over."""
        issue = make_written(editor, ("第一条。", "第二条。"))
        first, second = issue.entries.all()
        one = proof(issue, editor)
        line = [0.1333, 0.4, 0.7429, 0.0344]
        keys = {"1": [f"entry-{first.pk}", f"entry-{first.pk}", f"entry-{second.pk}"], "2": [f"entry-{second.pk}"]}
        one.positions = {page: [[key, *line] for key in lines] for page, lines in keys.items()}
        one.save()
        return issue

    def page(self, client: Client, issue: Issue) -> str:
        return client.get(reverse("issue-proof", args=[issue.pk])).content.decode()

    def test_a_click_on_a_line_opens_its_entry(self, issue: Issue, editor: User, signed_in: SignIn) -> None:
        page = self.page(signed_in(editor), issue)
        first, second = issue.entries.all()
        assert page.count(f'href="{reverse("entry-edit", args=[first.pk])}?from=proof" tabindex="0"') == 1
        assert page.count(f'href="{reverse("entry-edit", args=[second.pk])}?from=proof" tabindex="0"') == 2
        assert 'aria-label="编辑：第一条。"' in page
        assert page.count('<rect x="13.33%" y="40.00%" width="74.29%" height="3.44%"/>') == 4
        assert "style=" not in page[page.index("proof-sheet") :]

    def test_who_does_not_edit_is_led_to_the_words(self, issue: Issue, reviewer: User, signed_in: SignIn) -> None:
        page = self.page(signed_in(reviewer), issue)
        first = issue.entries.earliest("position")
        address = f"{reverse('issue', args=[issue.pk])}#entry-{first.pk}"
        assert f'href="{address}"' in page
        assert f'id="entry-{first.pk}"' in signed_in(reviewer).get(address).content.decode()

    def test_lines_of_an_entry_that_is_gone_lead_nowhere(self, issue: Issue, editor: User, signed_in: SignIn) -> None:
        gone = issue.entries.earliest("position")
        address = reverse("entry-edit", args=[gone.pk])
        gone.delete()
        assert address not in self.page(signed_in(editor), issue)

    def test_saving_leads_back_to_the_proof(self, issue: Issue, editor: User, signed_in: SignIn) -> None:
        client = signed_in(editor)
        address = f"{reverse('entry-edit', args=[issue.entries.earliest('position').pk])}?from=proof"
        assert "返回校样" in client.get(address).content.decode()
        words = {"lead": "改过的第一条。", "text": "正文。", "version": "1"}
        answer = client.post(address, words, follow=True)
        assert answer.redirect_chain == [(reverse("issue-proof", args=[issue.pk]), 302)]
        assert "请重新生成校样" in answer.content.decode()

    def test_the_second_round_shows_above_its_pages_what_it_changed(
        self, issue: Issue, editor: User, signed_in: SignIn
    ) -> None:
        client = signed_in(editor)
        assert "相比" not in self.page(client, issue)
        edit_entry(issue.entries.earliest("position"), by=editor, lead="新的第一条。", text="正文。", version=1)
        proof(issue, editor)
        page = self.page(client, issue)
        assert "二校与一校相比改动1处" in page
        again = client.get(reverse("issue-progress", args=[issue.pk]), {"pages": "1"}).content.decode()
        assert "二校与一校相比改动1处" in again
