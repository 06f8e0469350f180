"""代办: another's posts for a time, never signatures, and both names in the record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from pytest_django import Settings

from bulletins.models import Submission
from bulletins.services.desk import adopt_submission
from bulletins.services.submission import approve_submission, create_submission, save_draft, submit_submission
from bulletins.states import SubmissionState
from portal.accounts.models import Acting, Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role
from portal.accounts.services.acting import authorise_acting, end_acting
from portal.accounts.services.deputy import name_deputy
from portal.accounts.services.post import give_post
from portal.audit.models import history
from portal.refusals import Refused
from tests.bulletins.calls import make_call, waits_of
from tests.factories import make_draft, make_officer, make_report, make_unit, make_user

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def fresh(user: User) -> User:
    """As the next request reads him."""
    return User.objects.get(pk=user.pk)


def let(principal: User, agent: User, by: User | None = None, days: int = 5) -> Acting:
    return authorise_acting(
        principal=principal, agent=agent, since=today(), until=today() + timedelta(days=days), by=by or principal
    )


def unit_of(user: User) -> Unit:
    return fresh(user).posts_today[0].unit


class TestWhatIsConferred:
    def test_the_agent_has_the_posts_in_units_and_what_waits_there(self, officer: User, editor: User) -> None:
        agent = make_user()
        let(officer, agent)
        make_call(editor, [unit_of(officer)])
        assert fresh(agent).holds(Role.INFORMATION_OFFICER, unit=unit_of(officer))
        assert waits_of(agent) == ["约稿：秋季教研"]

    def test_not_before_and_not_after(self, officer: User) -> None:
        agent = make_user()
        tomorrow = today() + timedelta(days=1)
        acting = authorise_acting(principal=officer, agent=agent, since=tomorrow, until=tomorrow, by=officer)
        assert fresh(agent).posts_today == []
        Acting.objects.filter(pk=acting.pk).update(during=(today() - timedelta(days=3), today()))
        assert fresh(agent).posts_today == []

    @pytest.mark.parametrize(
        "role", [Role.REVIEWER, Role.ISSUER, Role.ADMIN, Role.SECURITY, Role.AUDITOR, Role.LEADER, Role.EXPERT]
    )
    def test_signatures_and_control_are_never_conferred_not_even_by_an_admin(self, role: Role, officer: User) -> None:
        principal, agent, admin = officer, make_user(), make_user(Role.ADMIN)
        unit = unit_of(officer) if role == Role.EXPERT else None
        give_post(user=principal, unit=unit or the_office(), role=role, by=None)
        let(principal, agent, by=admin)
        assert fresh(agent).holds(Role.INFORMATION_OFFICER)
        assert not fresh(agent).holds(role)

    def test_an_editor_is_acted_for_by_order_of_an_admin_and_not_by_his_own(self, editor: User) -> None:
        agent, unit = make_user(), make_unit()
        with pytest.raises(ValidationError, match="没有单位的岗位"):
            let(editor, agent)
        give_post(user=editor, unit=unit, role=Role.STAFF, by=None)
        acting = let(editor, agent)
        assert [post.role for post in fresh(agent).posts_today] == [Role.STAFF]
        end_acting(acting, by=editor)
        let(editor, agent, by=make_user(Role.ADMIN))
        assert {post.role for post in fresh(agent).posts_today} == {Role.STAFF, Role.EDITOR}

    def test_what_one_was_lent_is_not_lent_on(self, officer: User) -> None:
        agent, third = make_officer(), make_user()
        let(officer, agent)
        let(agent, third)
        assert [post.unit for post in fresh(third).posts_today] == [unit_of(agent)]
        with pytest.raises(PermissionDenied):
            name_deputy(unit=unit_of(officer), user=third, since=today(), until=today(), by=fresh(agent))

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.SECURITY, Role.AUDITOR])
    def test_who_becomes_a_guardian_acts_for_nobody_any_more(self, officer: User, role: Role) -> None:
        agent = make_user()
        let(officer, agent)
        give_post(user=agent, unit=the_office(), role=role, by=None)
        assert [post.role for post in fresh(agent).posts_today] == [role]

    def test_an_account_switched_off_lends_nothing(self, officer: User) -> None:
        agent = make_user()
        let(officer, agent)
        User.objects.filter(pk=officer.pk).update(is_active=False)
        assert fresh(agent).posts_today == []


class TestRecord:
    def test_what_is_done_in_anothers_post_carries_both_names(self, officer: User) -> None:
        agent = make_user(name="李四")
        let(officer, agent)
        draft = create_submission(unit=unit_of(officer), by=fresh(agent), title="送教", text="11月5日送教下乡。")
        entry = history(draft).get()
        assert entry.by == agent
        assert entry.by_name == f"李四（代{officer.name}办理）"
        assert entry.data["acting_for"] == officer.pk

    def test_what_one_may_do_oneself_is_done_in_ones_own_name(self, officer: User) -> None:
        agent = make_officer()
        let(officer, agent)
        draft = make_draft(fresh(agent))
        submit_submission(draft, by=fresh(agent))
        own = {entry.by_name for entry in history(draft)}
        assert own == {agent.name}

    def test_both_in_one_request_are_told_apart(self, officer: User, editor: User) -> None:
        """An officer who also acts for an editor: his report is his own, the adoption is not."""
        let(editor, officer, by=make_user(Role.ADMIN))
        report = make_report(make_officer())
        person = fresh(officer)
        own = create_submission(unit=unit_of(officer), by=person, title="自己的")
        adopt_submission(report, by=person)
        again = create_submission(unit=unit_of(officer), by=person, title="又一篇")
        assert history(report).first().by_name.endswith(f"（代{editor.name}办理）")  # type: ignore[union-attr]
        assert {history(own).get().by_name, history(again).get().by_name} == {officer.name}


class TestSeparation:
    def test_who_wrote_may_not_approve_in_anothers_post(self, officer: User) -> None:
        approver = make_user(Role.UNIT_APPROVER, unit_of(officer))
        let(approver, officer)
        draft = make_draft(fresh(officer))
        submit_submission(draft, by=fresh(officer))
        with pytest.raises(PermissionDenied):
            approve_submission(draft, by=fresh(officer))

    def test_who_acts_for_the_writer_may_not_approve_in_his_post(self, officer: User) -> None:
        """The officer is an approver as well; his agent does not sign what he wrote."""
        unit = unit_of(officer)
        give_post(user=officer, unit=unit, role=Role.UNIT_APPROVER, by=None)
        other, agent = make_user(Role.UNIT_APPROVER, unit), make_user()
        draft = make_draft(fresh(officer))
        submit_submission(draft, by=fresh(officer))
        let(officer, agent)
        with pytest.raises(PermissionDenied):
            approve_submission(Submission.objects.get(pk=draft.pk), by=fresh(agent))
        let(other, agent)
        approve_submission(Submission.objects.get(pk=draft.pk), by=fresh(agent))
        assert history(draft).first().by_name.endswith(f"（代{other.name}办理）")  # type: ignore[union-attr]

    def test_nor_what_the_one_he_acts_for_has_taken_over(self, officer: User) -> None:
        unit = unit_of(officer)
        keeper, agent = make_user(Role.UNIT_APPROVER, unit), make_user()
        make_user(Role.UNIT_APPROVER, unit)
        draft = make_draft(fresh(officer))
        Submission.objects.filter(pk=draft.pk).update(keeper=keeper)
        submit_submission(Submission.objects.get(pk=draft.pk), by=fresh(officer))
        let(keeper, agent)
        with pytest.raises(PermissionDenied):
            approve_submission(Submission.objects.get(pk=draft.pk), by=fresh(agent))

    def test_an_approver_does_not_sign_what_he_wrote_himself_for_the_officer(self, officer: User) -> None:
        """Whose draft it is hides nobody's hand: writing for somebody is recorded once, and signed by another."""
        unit = unit_of(officer)
        agent, other = make_user(Role.UNIT_APPROVER, unit), make_user(Role.UNIT_APPROVER, unit)
        draft = make_draft(fresh(officer))
        let(officer, agent)
        for number in (1, 2):
            text = f"第{number}次写的话。"
            draft = save_draft(draft, by=fresh(agent), title=draft.title, text=text, version=draft.version)
        submit_submission(draft, by=fresh(agent))
        written = history(draft).get(action="bulletins.submission.write_for")
        assert written.by_name == f"{agent.name}（代{officer.name}办理）"
        with pytest.raises(Refused, match="另一位"):
            approve_submission(draft, by=fresh(agent))
        approve_submission(draft, by=fresh(other))
        assert draft.state == SubmissionState.IN_REVIEW

    def test_nor_does_he_sign_what_was_written_for_him(self, officer: User) -> None:
        """The officer is an approver as well: what his agent wrote in his post is as good as his."""
        unit = unit_of(officer)
        give_post(user=officer, unit=unit, role=Role.UNIT_APPROVER, by=None)
        agent, other = make_user(), make_user(Role.UNIT_APPROVER, unit)
        let(officer, agent)
        draft = create_submission(unit=unit, by=fresh(agent), title="送教")
        save_draft(draft, by=fresh(agent), title="送教", text="11月5日送教下乡。", version=draft.version)
        submit_submission(draft, by=fresh(agent))
        with pytest.raises(Refused, match="另一位"):
            approve_submission(draft, by=fresh(officer))
        approve_submission(draft, by=fresh(other))
        assert draft.state == SubmissionState.IN_REVIEW


class TestAuthorising:
    def test_only_the_person_himself_or_an_admin(self, officer: User, editor: User) -> None:
        with pytest.raises(PermissionDenied):
            let(officer, make_user(), by=editor)

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.SECURITY, Role.AUDITOR])
    def test_the_three_guardians_act_for_nobody(self, officer: User, role: Role) -> None:
        with pytest.raises(ValidationError, match="不能代他人办理"):
            let(officer, make_user(role))

    def test_days_are_checked(self, officer: User, settings: Settings) -> None:
        settings.DELEGATION_MAX_DAYS = 10
        agent, day = make_user(), today()
        for since, until, sentence in (
            (day - timedelta(days=1), day, "已经过去"),
            (day, day - timedelta(days=1), "早于开始日期"),
            (day, day + timedelta(days=10), "最多10天"),
        ):
            with pytest.raises(ValidationError, match=sentence):
                authorise_acting(principal=officer, agent=agent, since=since, until=until, by=officer)

    def test_nobody_acts_for_himself_or_twice_at_a_time(self, officer: User) -> None:
        agent = make_user()
        with pytest.raises(ValidationError, match="不能委托自己"):
            let(officer, officer)
        let(officer, agent)
        with pytest.raises(ValidationError, match="已受托"):
            let(officer, agent)

    def test_the_agent_is_told_and_each_end_stops_it_at_once(self, officer: User) -> None:
        agent = make_user()
        acting = let(officer, agent)
        assert agent.notices.get().subject == f"请您代{officer.name}办理工作"
        end_acting(acting, by=agent)
        assert fresh(agent).posts_today == []
        with pytest.raises(PermissionDenied):
            end_acting(let(officer, agent), by=make_user())
        actions = set(history(officer).values_list("action", flat=True))
        assert {"accounts.acting.give", "accounts.acting.end"} <= actions


def test_a_page_reads_posts_in_one_query_whoever_one_acts_for(officer: User, django_assert_num_queries: object) -> None:
    agent = make_user()
    for principal in (officer, make_officer(), make_officer()):
        let(principal, agent)
    person = fresh(agent)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(person.posts_today) == 3
