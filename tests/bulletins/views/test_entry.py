from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Entry, Issue
from bulletins.queries.issue import entries_of
from bulletins.services.entry import edit_entry
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.bulletins.chain import make_written, sent_for_review
from tests.factories import make_adopted, make_user

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def issue(editor: User) -> Issue:
    return make_written(editor, ("一。", "二。", "三。"))


def entry_with(issue: Issue, lead: str) -> Entry:
    return issue.entries.get(lead=lead)


def order(issue: Issue) -> list[str]:
    return [entry.lead for entry in entries_of(issue)]


def at(name: str, entry: Entry) -> str:
    return reverse(name, args=[entry.pk])


def test_arrows_move_an_entry_by_keyboard(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    client.post(at("entry-shift", entry_with(issue, "一。")), {"down": "1"})
    assert order(issue) == ["二。", "一。", "三。"]
    client.post(at("entry-shift", entry_with(issue, "三。")), {"up": "1"})
    assert order(issue) == ["二。", "三。", "一。"]


def test_a_drop_puts_it_between_others_of_any_section(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    third, here = entry_with(issue, "三。"), entry_with(issue, "一。").section
    client.post(at("entry-move", third), {"section": here.pk, "position": "1"})
    assert order(issue) == ["一。", "三。", "二。"]
    elsewhere = issue.periodical.sections.get(name="他山之石")
    client.post(at("entry-move", third), {"section": elsewhere.pk, "position": ""})
    third.refresh_from_db()
    assert third.section == elsewhere


@pytest.mark.parametrize("section", ["", "栏目", "999999"])
def test_a_section_that_is_none_is_not_there(issue: Issue, editor: User, signed_in: SignIn, section: str) -> None:
    response = signed_in(editor).post(at("entry-move", entry_with(issue, "一。")), {"section": section})
    assert response.status_code == 404


def test_it_is_edited_in_place(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client, entry = signed_in(editor), entry_with(issue, "一。")
    form = client.get(at("entry-edit", entry), headers=HTMX).content.decode()
    assert "<html" not in form
    assert "一。</textarea>" in form
    words = {"lead": "改过。", "text": "新正文。", "version": entry.version}
    card = client.post(at("entry-edit", entry), words, headers=HTMX).content.decode()
    assert "改过。" in card
    assert f'id="entry-{entry.pk}"' in card
    assert 'hx-swap-oob="true"' in card, "the proof's standing is told along"
    assert client.get(at("entry", entry), headers=HTMX).status_code == 200


def test_it_is_edited_without_script_on_a_page_of_its_own(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client, entry = signed_in(editor), entry_with(issue, "一。")
    assert "<html" in client.get(at("entry-edit", entry)).content.decode()
    response = client.post(at("entry-edit", entry), {"lead": "改过。", "text": "", "version": entry.version})
    assert response["Location"] == f"{reverse('issue', args=[issue.pk])}#entry-{entry.pk}"


def test_two_editors_in_one_entry_the_second_sees_both_texts(issue: Issue, editor: User, signed_in: SignIn) -> None:
    entry = entry_with(issue, "一。")
    edit_entry(entry, by=editor, lead="同事的话。", text="", version=1)
    response = signed_in(editor).post(
        at("entry-edit", entry), {"lead": "我的话。", "text": "", "version": 1}, headers=HTMX
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "同事的话。" in page
    assert "我的话。</textarea>" in page
    entry.refresh_from_db()
    assert entry.lead == "同事的话。"


def test_empty_words_come_back_with_a_sentence(issue: Issue, editor: User, signed_in: SignIn) -> None:
    entry = entry_with(issue, "一。")
    response = signed_in(editor).post(at("entry-edit", entry), {"lead": " ", "text": "", "version": 1}, headers=HTMX)
    assert response.status_code == 422
    assert "请填写其中一项" in response.content.decode()


def test_taking_out_and_putting_in_again(editor: User, issue: Issue, signed_in: SignIn) -> None:
    report = make_adopted(editor, title="来回")
    client, section = signed_in(editor), entry_with(issue, "一。").section
    place = reverse("submission-place", args=[issue.pk, report.pk])
    client.post(place, {"section": section.pk, "position": "0"})
    assert order(issue)[0] == "来回。"
    client.post(at("entry-remove", entry_with(issue, "来回。")))
    assert order(issue) == ["一。", "二。", "三。"]
    assert "来回" in client.get(reverse("issue", args=[issue.pk])).content.decode()


def test_a_new_entry_is_written_into_a_section(issue: Issue, editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    section = issue.periodical.sections.get(name="专家引领")
    address = reverse("entry-new", args=[issue.pk])
    assert client.get(address, {"section": section.pk}).status_code == 200
    client.post(address, {"section": section.pk, "lead": "专家谈。", "text": "三点。"})
    assert entry_with(issue, "专家谈。").section == section
    wrong = client.post(address, {"section": "", "lead": "打好的字。", "text": ""})
    assert wrong.status_code == 422
    assert "打好的字。" in wrong.content.decode()


def test_a_locked_issue_tells_and_keeps_what_was_typed(issue: Issue, editor: User, signed_in: SignIn) -> None:
    entry = entry_with(issue, "一。")
    sent_for_review(issue)
    words = {"lead": "迟到的话。", "text": "", "version": entry.version}
    response = signed_in(editor).post(at("entry-edit", entry), words, headers=HTMX)
    assert response.status_code == 409
    assert "内容已锁定" in response.content.decode()
    assert "迟到的话。" in response.content.decode()
    signed_in(editor).post(at("entry-remove", entry))
    assert order(issue) == ["一。", "二。", "三。"]


@pytest.mark.parametrize(
    ("role", "answer"),
    [(Role.REVIEWER, 403), (Role.ISSUER, 403), (Role.AUDITOR, 403), (Role.LEADER, 404), (Role.ADMIN, 404)],
)
def test_only_editors_touch_entries(issue: Issue, signed_in: SignIn, role: str, answer: int) -> None:
    entry, client = entry_with(issue, "一。"), signed_in(make_user(role))
    words = {"lead": "别人的话。", "text": "", "version": 1, "section": entry.section_id, "position": "2", "down": "1"}
    for name in ("entry-edit", "entry-move", "entry-shift", "entry-remove"):
        assert client.post(at(name, entry), words).status_code == answer, name
    assert client.post(reverse("entry-new", args=[issue.pk]), words).status_code == answer
    assert client.post(reverse("issue-assemble", args=[issue.pk])).status_code == answer
    assert order(issue) == ["一。", "二。", "三。"]
    assert not Entry.objects.filter(lead="别人的话。").exists()


def test_an_officer_of_a_unit_finds_none_of_it(issue: Issue, officer: User, signed_in: SignIn) -> None:
    entry, client = entry_with(issue, "一。"), signed_in(officer)
    assert client.get(at("entry", entry)).status_code == 404
    assert client.post(at("entry-remove", entry)).status_code == 404


@pytest.mark.parametrize("name", ["entry-move", "entry-shift", "entry-remove"])
def test_reading_an_address_changes_nothing(issue: Issue, editor: User, signed_in: SignIn, name: str) -> None:
    assert signed_in(editor).get(at(name, entry_with(issue, "一。"))).status_code == 405
