"""案例征集 and 编入工作动态: a call that asks for cases, and a case that becomes an entry."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from bulletins.models import Case, Entry, EntryCase
from bulletins.queries.call_table import lines_of
from bulletins.queries.issue import the_periodical
from bulletins.services.call_answer import start_answer
from bulletins.services.case import CaseFacts, save_case, submit_case, withdraw_case
from bulletins.services.case_answer import start_case_answer
from bulletins.services.case_offer import first_words, offer_case
from bulletins.services.entry import add_entry, remove_entry
from bulletins.services.merging import merge_entries, restore_entry
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.refusals import Refused
from tests.bulletins.calls import make_call, target_of, waits_of
from tests.factories import make_issue, make_officer, make_user
from tests.factories.case import WORDS, make_kept_case, make_sent_case, the_frame

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_user(Role.EDITOR)


class TestCallForCases:
    def test_answering_begins_a_case_in_the_frame_and_sending_it_in_answers(self, editor: User) -> None:
        officer = make_officer()
        unit = officer.posts_today[0].unit
        call = make_call(editor, [unit], frame=the_frame(), topic="共同体案例")
        assert (call.kind, call.get_kind_display()) == ("case", "案例征集")
        case = start_case_answer(target_of(call, unit), by=officer)
        assert (case.title, case.call, case.frame) == ("共同体案例", call, the_frame())
        assert start_case_answer(target_of(call, unit), by=officer) == case
        facts = CaseFacts(title=case.title, topic="教师发展", texts=WORDS)
        submit_case(save_case(case, facts, by=officer, version=1), by=officer)
        assert target_of(call, unit).answered_at is not None
        assert [one for one in waits_of(officer) if "案例征集" in one] == []
        (line,) = lines_of(call, [target_of(call, unit)], editor)
        assert line.reports == [case]

    def test_taken_back_it_answers_no_more(self, editor: User) -> None:
        officer = make_officer()
        unit = officer.posts_today[0].unit
        call = make_call(editor, [unit], frame=the_frame())
        case = start_case_answer(target_of(call, unit), by=officer)
        facts = CaseFacts(title="一篇", topic="教师发展", texts=WORDS)
        submit_case(save_case(case, facts, by=officer, version=1), by=officer)
        withdraw_case(Case.objects.get(pk=case.pk), by=officer)
        assert target_of(call, unit).answered_at is None

    def test_a_call_for_cases_takes_no_report_and_the_other_way_round(self, editor: User) -> None:
        officer = make_officer()
        unit = officer.posts_today[0].unit
        for_cases = make_call(editor, [unit], frame=the_frame())
        with pytest.raises(Refused, match="写案例"):
            start_answer(target_of(for_cases, unit), by=officer)
        for_reports = make_call(editor, [unit])
        with pytest.raises(Refused, match="不是案例"):
            start_case_answer(target_of(for_reports, unit), by=officer)

    def test_another_unit_does_not_answer_for_it(self, editor: User) -> None:
        unit = make_officer().posts_today[0].unit
        call = make_call(editor, [unit], frame=the_frame())
        with pytest.raises(PermissionDenied):
            start_case_answer(target_of(call, unit), by=make_officer())


class TestOffering:
    def offered(self, editor: User, case: Case) -> Entry:
        section = the_periodical().sections.get(name="他山之石")
        lead, text = first_words(case)
        return offer_case(case, issue=make_issue(editor), section=section, lead=lead, text=text, by=editor)

    def test_entry_and_case_know_each_other(self, editor: User) -> None:
        case = make_kept_case(editor)
        entry = self.offered(editor, case)
        assert entry.section.name == "他山之石"
        assert case.title in entry.lead
        assert list(case.entry_links.values_list("entry", flat=True)) == [entry.pk]
        assert [link.case for link in entry.case_links.all()] == [case]

    def test_only_what_is_in_the_library(self, editor: User) -> None:
        with pytest.raises(Refused, match="入库后才能"):
            self.offered(editor, make_sent_case())

    def test_once_in_an_issue(self, editor: User) -> None:
        case = make_kept_case(editor)
        entry = self.offered(editor, case)
        with pytest.raises(Refused, match="已经编入本期"):
            offer_case(case, issue=entry.issue, section=entry.section, lead="再来。", text="", by=editor)

    def test_the_link_goes_along_when_entries_are_merged_and_taken_apart(self, editor: User) -> None:
        case = make_kept_case(editor)
        entry = self.offered(editor, case)
        other = add_entry(entry.issue, section=entry.section, lead="另一条。", text="正文。", by=editor)
        merged = merge_entries(entry.issue, entries=[entry.pk, other.pk], by=editor)
        assert EntryCase.objects.get(case=case).entry == merged
        first, _second = restore_entry(merged, by=editor)
        assert EntryCase.objects.get(case=case).entry == first

    def test_an_entry_taken_out_frees_the_case(self, editor: User) -> None:
        case = make_kept_case(editor)
        remove_entry(self.offered(editor, case), by=editor)
        assert not case.entry_links.exists()
