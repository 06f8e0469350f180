"""温馨提示: everything that lies with a person in one message, at most one a day, whoever asks; leaders never."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role
from portal.accounts.services.post import give_post
from portal.audit.models import history
from portal.jobs.models import Job, JobState
from portal.jobs.services import run
from portal.notices import reminding
from portal.notices.models import Notice
from portal.notices.reminding import (
    REMIND,
    Owed,
    Reminded,
    add_reminders,
    order_reminders,
    remind,
    remind_due,
    reminded_since,
)
from portal.text.official import official_date
from tests.factories import make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


class Library:
    """An app of the test's own: units owe it books, which it reminds of on the day they are to be back."""

    def __init__(self) -> None:
        self.lent: list[Owed] = []

    def lend(self, name: str, *people: User, unit: Unit | None = None, until: date | None = None) -> Owed:
        """The thing whose record tells of it is the unit itself."""
        unit = unit or people[0].posts_today[0].unit
        self.lent.append(Owed(unit, unit, people, name, "待归还", f"/books/{len(self.lent)}/", until))
        return self.lent[-1]

    def due(self, day: date) -> list[Owed]:
        return [owed for owed in self.lent if owed.until == day]

    def outstanding(self, people: Collection[User]) -> list[Owed]:
        return [owed for owed in self.lent if set(owed.people) & set(people)]


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """The only source there is."""
    monkeypatch.setattr(reminding, "_sources", [])
    library = Library()
    add_reminders(library.due, library.outstanding)
    return library


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def message(user: User) -> Notice:
    return Notice.objects.get(user=user)


class TestTheMessage:
    def test_of_one_thing_it_names_it_and_leads_to_it(self, library: Library, officer: User) -> None:
        remind([library.lend("《教学勇气》", officer, until=in_days(2))], by=None)
        notice = message(officer)
        assert (notice.subject, notice.url) == ("温馨提示：《教学勇气》待归还", "/books/0/")
        unit = officer.posts_today[0].unit
        assert f"· 《教学勇气》（{unit.label}）：待归还，{official_date(in_days(2))}截止" in notice.body
        assert unit.label in notice.why

    def test_of_more_it_joins_whatever_lies_with_him_the_nearest_day_first(
        self, library: Library, officer: User
    ) -> None:
        other = make_unit()
        cause = library.lend("《无期之书》", officer)
        library.lend("《后还之书》", officer, unit=other, until=in_days(9))
        library.lend("《过期之书》", officer, unit=make_unit(), until=in_days(-3))
        remind([cause], by=None)
        notice = message(officer)
        assert (notice.subject, notice.url) == ("温馨提示：有3件事项等您办理", "/waiting/")
        lines = notice.body.splitlines()
        assert [line[3:7] for line in lines[:3]] == ["过期之书", "后还之书", "无期之书"]
        assert f"已于{official_date(in_days(-3))}截止，仍可办理" in lines[0]
        assert other.label in lines[1]

    def test_two_apps_come_in_one_message(self, library: Library, officer: User) -> None:
        archive = Library()
        add_reminders(archive.due, archive.outstanding)
        archive.lend("案卷", officer, unit=make_unit())
        remind([library.lend("书", officer)], by=None)
        assert "案卷" in message(officer).body

    def test_who_only_shares_another_thing_is_not_told_for_that(self, library: Library, officer: User) -> None:
        colleague = make_officer()
        cause = library.lend("书", officer)
        library.lend("两人的书", officer, colleague, unit=make_unit())
        assert remind([cause], by=None).told == [officer.name]


class TestWhoIsTold:
    def test_at_most_once_a_day_whoever_asks(self, library: Library, officer: User, editor: User) -> None:
        book, other = library.lend("书", officer), library.lend("另一本", officer, unit=make_unit())
        assert remind([book], by=None).told == [officer.name]
        again = remind([other], by=editor)
        assert again.sentences() == ["这次没有需要提醒的人。", f"未提醒（今天已提醒过）：{officer.name}。"]
        Notice.objects.update(occasion=f"reminder:{in_days(-1)}")
        assert remind([other], by=editor).sentences() == [f"已提醒1人：{officer.name}。"]

    def test_leaders_never(self, library: Library, officer: User) -> None:
        book = library.lend("书", officer)
        give_post(user=officer, unit=the_office(), role=Role.LEADER, by=None)
        assert remind([book], by=None).left_out == {"领导不作提醒": [officer.name]}
        assert not Notice.objects.exists()

    def test_a_unit_in_which_nobody_can_sign_in_is_named_once(self, library: Library) -> None:
        unit = make_unit()
        gone = make_user(Role.STAFF, unit, is_active=False)
        books = [library.lend("书", gone, unit=unit), library.lend("另一本", unit=unit)]
        assert remind(books, by=None).left_out == {"没有可登录的人员": [unit.name]}
        assert not Notice.objects.exists()

    def test_long_lists_of_names_are_cut_with_their_number(self) -> None:
        told = Reminded(told=[f"甲{number}" for number in range(21)]).sentences()
        assert told[0].endswith("、甲19等21人。")

    def test_it_asks_the_database_as_often_for_thirty_as_for_one(self, library: Library, officer: User) -> None:
        def queries(books: list[Owed]) -> int:
            with CaptureQueriesContext(connection) as counted:
                remind(books, by=None)
            return len(counted)

        queries([library.lend("书", make_officer())])  # whatever is read once for all
        few = queries([library.lend("书", officer)])
        assert queries([library.lend("书", make_officer()) for _ in range(30)]) == few


class TestTheRecord:
    def test_each_thing_tells_who_was_reminded_of_it_and_by_whom(
        self, library: Library, officer: User, editor: User
    ) -> None:
        unit, other = officer.posts_today[0].unit, make_unit()
        cause = library.lend("书", officer)
        library.lend("另一本", officer, unit=other)
        remind([cause], by=editor)
        for thing in (unit, other):
            entry = history(thing).get(action="accounts.unit.remind")
            assert (entry.by, entry.data["told"]) == (editor, [{"unit": thing.label, "person": officer.name}])

    def test_a_source_can_ask_what_the_calendar_brought_to_mind_since(
        self, library: Library, officer: User, editor: User
    ) -> None:
        unit = officer.posts_today[0].unit
        remind([library.lend("书", officer)], by=None)
        assert list(Unit.objects.filter(pk__in=reminded_since(Unit, in_days(0)))) == [unit]
        assert not reminded_since(Unit, in_days(1)).exists()
        assert unit not in Unit.objects.exclude(pk__in=reminded_since(Unit, in_days(-2)))
        clicked = library.lend("另一本", make_officer())
        assert remind([clicked], by=editor).told
        assert list(Unit.objects.filter(pk__in=reminded_since(Unit, in_days(-2)))) == [unit]


class TestTheCalendar:
    def test_whose_day_it_is_is_told(self, library: Library, officer: User) -> None:
        later = make_officer()
        library.lend("书", officer, until=in_days(0))
        library.lend("另一本", later, until=in_days(1))
        assert remind_due().told == [officer.name]

    def test_what_has_been_done_is_not_mentioned(self, library: Library, officer: User) -> None:
        library.lend("书", officer, until=in_days(0))
        library.lent.clear()
        assert remind_due().told == []

    def test_beat_asks_for_it_once_a_day_from_the_set_hour_on(
        self, library: Library, officer: User, settings: Settings
    ) -> None:
        library.lend("书", officer, until=in_days(0))
        settings.REMINDER_HOUR = 24
        order_reminders()
        assert not Job.objects.filter(kind=REMIND).exists()
        settings.REMINDER_HOUR = 0
        order_reminders()
        order_reminders()
        job = Job.objects.get(kind=REMIND)
        run(job.pk)
        job.refresh_from_db()
        assert job.state == JobState.DONE
        assert message(officer).subject == "温馨提示：书待归还"
