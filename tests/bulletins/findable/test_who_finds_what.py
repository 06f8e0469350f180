"""Nobody finds what he may not see: neither the thing, nor words of it that are another's."""

from __future__ import annotations

import pytest

from bulletins.services.desk import edit_for_print, return_submission
from bulletins.services.entry import add_entry, edit_entry
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.files.services import attach_file
from portal.search.indexing import catch_up
from portal.search.models import FileText
from tests.bulletins.published import make_published, make_signed
from tests.factories import make_draft, make_issue, make_officer, make_report, make_unit, make_user
from tests.portal.files.samples import picture, upload
from tests.portal.search.looking import keys, look, numbers

pytestmark = pytest.mark.django_db


def test_a_draft_is_found_by_its_unit_alone(officer: User, editor: User) -> None:
    draft = make_draft(officer, text="磨课之后座谈。")
    colleague = make_user(Role.STAFF, draft.unit)
    assert keys(officer, "磨课", "report") == keys(colleague, "磨课", "report") == {draft.pk}
    others = (
        editor,
        make_officer(),
        make_user(Role.ADMIN),
        make_user(Role.LEADER),
        make_user(Role.AUDITOR),
        make_user(),
    )
    for other in others:
        assert numbers(look(other, "磨课")) == {}, other


def test_a_report_is_found_by_its_unit_and_the_desk(officer: User, editor: User) -> None:
    report = make_report(officer, text="磨课之后座谈。")
    for reader in (officer, editor, make_user(Role.AUDITOR), make_user(Role.ISSUER)):
        assert keys(reader, "磨课", "report") == {report.pk}
    for other in (make_officer(), make_user(Role.LEADER), make_user(Role.SECURITY), make_user(Role.EXPERT)):
        assert numbers(look(other, "磨课")) == {}


def test_the_offices_words_are_found_by_the_office_alone(officer: User, editor: User) -> None:
    report = make_report(officer, text="磨课之后座谈。")
    edit_for_print(report, by=editor, lead="两校研课。", text="会后交流。", version=report.version)
    for words in ("研课", "交流"):
        assert keys(editor, words, "report") == {report.pk}
        assert numbers(look(officer, words)) == {}, words
    for reader in (editor, officer):
        (hit,) = look(reader, "磨课").hits
        shown = "".join(piece.text for piece in (*hit.title, *hit.text))
        assert ("研课" in shown) <= (reader == editor)


def test_the_offices_words_go_when_the_report_is_returned(officer: User, editor: User) -> None:
    report = make_report(officer, text="磨课之后座谈。")
    edit_for_print(report, by=editor, lead="两校研课。", text="会后交流。", version=report.version)
    catch_up()
    return_submission(report, by=editor, reason="请补充")
    assert keys(editor, "研课", "report") == set()
    assert keys(officer, "磨课", "report") == {report.pk}


def test_a_report_edited_for_print_is_one_find(officer: User, editor: User) -> None:
    report = make_report(officer, text="磨课之后座谈。")
    edit_for_print(report, by=editor, lead="两校磨课。", text="磨课之后座谈。", version=report.version)
    assert numbers(look(editor, "磨课")) == {"report": 1}


def test_entries_in_the_making_are_the_desks_and_public_ones_everybodys(editor: User, officer: User) -> None:
    making = make_issue(editor)
    section = making.periodical.sections.earliest("order")
    draft = add_entry(making, section=section, lead="音乐走教。", text="", by=editor)
    signed = make_signed(leads=("音乐走教第二场。",)).entries.get()
    public = make_published(leads=("音乐走教第三场。",)).entries.get()
    assert keys(editor, "走教", "entry") == {draft.pk, signed.pk, public.pk}
    assert keys(make_user(Role.LEADER), "走教", "entry") == {signed.pk, public.pk}
    assert keys(officer, "走教", "entry") == {public.pk}


def test_an_entry_is_found_as_it_was_signed(editor: User) -> None:
    issue = make_signed(leads=("音乐走教。",))
    issue.entries.update(lead="改过的话。")
    assert keys(editor, "走教", "entry") == {issue.entries.get().pk}
    assert keys(editor, "改过", "entry") == set()


def test_an_entry_in_the_making_is_found_as_it_stands(editor: User) -> None:
    issue = make_issue(editor)
    section = issue.periodical.sections.earliest("order")
    entry = add_entry(issue, section=section, lead="音乐走教。", text="", by=editor)
    edit_entry(entry, by=editor, lead="美术走教。", text="", version=entry.version)
    assert keys(editor, "美术", "entry") == {entry.pk}
    assert keys(editor, "音乐", "entry") == set()


def test_an_issue_is_found_by_its_number_and_dates(editor: User, officer: User) -> None:
    issue = make_published()
    for words in (issue.label, "2024年12月2日", "工作动态"):
        assert issue.pk in keys(officer, words, "issue"), words
    hidden = make_issue(editor)
    assert hidden.pk in keys(editor, "工作动态", "issue")
    assert hidden.pk not in keys(officer, "工作动态", "issue")


def test_a_file_is_found_by_who_sees_what_it_belongs_to(officer: User, editor: User) -> None:
    draft = make_draft(officer)
    file = attach_file(owner=draft, upload=upload(picture(), "磨课照片.png"), by=officer)
    FileText.objects.create(attachment=file, text="黑板上写着单元设计")
    assert keys(officer, "磨课照片", "file") == keys(officer, "单元设计", "file") == {file.pk}
    for other in (editor, make_officer(), make_user()):
        assert numbers(look(other, "单元设计")) == {}
    (hit,) = look(officer, "单元设计").hits
    assert str(draft) in hit.described.facts


def test_units_are_found_by_who_works_in_the_programme(officer: User) -> None:
    unit, partner = officer.posts_today[0].unit, make_unit(UnitKind.PARTNER)
    assert unit.pk in keys(make_officer(), unit.name, "unit")
    for outsider in (make_user(), make_user(Role.EXPERT), make_user(Role.PARTNER_READER, partner)):
        assert numbers(look(outsider, unit.name)) == {}


def test_every_find_leads_to_a_page_that_opens(officer: User, editor: User, signed_in: object) -> None:
    report = make_report(officer, title="磨课", text="磨课之后座谈。")
    make_published(leads=("集体磨课。",))
    make_signed(leads=("再次磨课。",))
    assert report.pk
    people = (officer, editor, make_user(Role.LEADER), make_user(Role.ADMIN), make_user(Role.AUDITOR), make_officer())
    for person in people:
        client = signed_in(person)  # type: ignore[operator]
        for query in ("磨课", "工作动态", report.unit.name):
            for hit in look(person, query).hits:
                assert client.get(hit.described.url.partition("#")[0]).status_code == 200, (person, hit.described.url)


def test_a_reader_of_nothing_finds_nothing() -> None:
    assert look(make_user(), "教").hits == []
