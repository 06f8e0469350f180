"""合订本 on its page: ordering, progress, taking it; and what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Issue, Volume
from bulletins.states import IssueState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.jobs.services import run
from tests.bulletins.published import make_printed, make_signed
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def order(client: Client, **fields: str) -> str:
    return client.post(reverse("volumes"), fields or {"year": "2024"}, follow=True).content.decode()


def test_a_year_is_bound_by_a_worker_and_taken(editor: User, signed_in: SignIn) -> None:
    for day in (date(2024, 12, 2), date(2024, 12, 9)):
        make_printed(day, leads=(f"第{day.day}日备课。",))
    client = signed_in(editor)
    assert "正在制作合订本" in order(client)
    volume = Volume.objects.get()
    assert volume.job
    row = client.get(reverse("volume-row", args=[volume.pk])).content.decode()
    assert "hx-get" in row
    run(volume.job.pk)
    volume.refresh_from_db()
    assert (volume.title, volume.issues.count()) == ("工作动态2024年合订本", 2)
    answer = client.get(reverse("volume-pdf", args=[volume.pk]))
    pdf = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "第2日备课" in text
    assert "第9日备课" in text


def test_the_same_range_ordered_twice_is_one_volume(editor: User, signed_in: SignIn) -> None:
    make_printed()
    client = signed_in(editor)
    order(client)
    order(client)
    assert Volume.objects.count() == 1


def test_a_later_issue_makes_it_another_volume(editor: User, signed_in: SignIn) -> None:
    make_printed()
    client = signed_in(editor)
    order(client)
    make_printed(date(2024, 12, 9))
    order(client)
    assert Volume.objects.count() == 2


def test_a_range_without_printed_issues_says_so(editor: User, signed_in: SignIn) -> None:
    make_signed()
    page = order(signed_in(editor), since="2024-01-01", until="2024-12-31")
    assert "这段时间没有已印发的期次" in page
    assert not Volume.objects.exists()


def test_an_issue_whose_file_is_still_being_made_is_waited_for(editor: User, signed_in: SignIn) -> None:
    from bulletins.services.issue_chain import print_issue

    issue = print_issue(make_signed(), by=editor, printed_on=date(2024, 12, 3))
    assert f"{issue.label}的正式文件还没有制作完成" in order(signed_in(editor))


def test_a_voided_issue_is_left_out_and_named(editor: User, signed_in: SignIn) -> None:
    from bulletins.services.binding import volume_content

    make_printed()
    voided = make_printed(date(2024, 12, 9))
    Issue.objects.filter(pk=voided.pk).update(state=IssueState.VOIDED)
    order(signed_in(editor))
    content = volume_content(Volume.objects.get())
    assert len(content.issues) == 1
    assert content.left_out == (f"{voided.label}已作废，未收入。",)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"year": ""}, "请选择年份，或填写起止日期"),
        ({"since": "2024-01-01"}, "请把起止日期都填上"),
        ({"since": "2024-12-01", "until": "2024-01-01"}, "截止日期早于开始日期"),
        ({"since": "x", "until": "y"}, "日期请写成"),
    ],
)
def test_a_wrong_range_is_refused(editor: User, signed_in: SignIn, fields: dict[str, str], said: str) -> None:
    make_printed()
    assert said in order(signed_in(editor), **fields)


def test_a_leader_takes_volumes_and_orders_none(editor: User, signed_in: SignIn) -> None:
    make_printed()
    order(signed_in(editor))
    leader = signed_in(make_user(Role.LEADER))
    assert "工作动态2024年合订本" in leader.get(reverse("volumes")).content.decode()
    assert leader.post(reverse("volumes"), {"year": "2024"}).status_code == 403
