"""Sending out in the sample programme: two issues sent, some confirmed, one leader's remark with an answer."""

from __future__ import annotations

from bulletins.content import printed_entries
from bulletins.models import Issue
from bulletins.queries.readership import own_deliveries
from bulletins.queries.remark import units_concerned
from bulletins.services.content import content_of
from bulletins.services.readership import confirm_delivery, note_reading, send_issue
from bulletins.services.remark import answer_follow_up, pass_remark, write_remark
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.services.user import update_account
from portal.home.sample.play import Play
from portal.notices.models import MailChoice
from portal.notices.services.notice import choose_mail

#: How many of the units that can have read and confirmed the later issue; all of them the earlier one.
ALREADY_CONFIRMED = 4


def send_out(play: Play) -> None:
    """Send the printed issues to the default readership, read and confirm as units would."""
    editor, leader = play.office[Role.EDITOR], play.office[Role.LEADER]
    _give_addresses(leader, *list(play.officers.values())[:2])
    issues = list(Issue.objects.filter(printed_on__isnull=False).order_by("issue_date"))
    officers = list(play.officers.values())
    for issue in issues:
        send_issue(issue, by=editor)
        readers = officers[:ALREADY_CONFIRMED] if issue == issues[-1] else officers
        for officer in readers:
            _read_and_confirm(issue, officer)
        note_reading(issue, by=leader)
    _remark(play, issues[-1], editor, leader)


def _give_addresses(*people: User) -> None:
    """Some have e-mail, one of them once a day; a demonstration writes it into a folder."""
    for person in people:
        update_account(person, by=None, email=f"{person.username}@example.cn")
        person.refresh_from_db()
    choose_mail(people[-1], MailChoice.DAILY)


def _read_and_confirm(issue: Issue, officer: User) -> None:
    note_reading(issue, by=officer)
    for delivery in own_deliveries(officer).filter(issue=issue, unit__isnull=False):
        confirm_delivery(delivery, by=officer)


def _remark(play: Play, issue: Issue, editor: User, leader: User) -> None:
    key = printed_entries(content_of(issue))[0].key
    remark = write_remark(issue, by=leader, text="做法实在，请有关单位总结经验，逐步推开。", entry_key=key)
    concerned = list(units_concerned(remark))
    another = next(play.units[name] for name in play.officers if play.units[name] not in concerned)
    first, *_ = pass_remark(remark, by=editor, units=[*concerned, another])
    officer = play.officers[first.unit.name]
    answer_follow_up(first, by=officer, answer="已在结对学校中交流做法，下学期起在全部结对学校推开。")
