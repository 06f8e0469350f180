from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletins.models import HouseWord
from bulletins.queries.checking import examine_report
from portal.accounts.models import User
from tests.factories import make_report

SignIn = Callable[[User], Client]


def test_words_are_added_one_per_line(editor: User, signed_in: SignIn) -> None:
    lines = "甲乙丙=甲乙丁=写错了\n\n子丑寅＝子丑卯\n甲乙丙=再来一次"
    answer = signed_in(editor).post(reverse("word-new"), {"kind": "replaced", "lines": lines}, follow=True)
    assert "新增2个，另有1个原来就有" in answer.content.decode()
    added = HouseWord.objects.get(word="甲乙丙")
    assert (added.replacement, added.note, added.changed_by) == ("甲乙丁", "写错了", editor)


@pytest.mark.parametrize("lines", ["甲乙丙", "好=坏", "甲乙=甲丙\n子"])
def test_one_wrong_line_is_named_and_none_is_taken(editor: User, signed_in: SignIn, lines: str) -> None:
    before = HouseWord.objects.count()
    answer = signed_in(editor).post(reverse("word-new"), {"kind": "replaced", "lines": lines})
    assert answer.status_code == 422
    assert "行“" in answer.content.decode()
    assert lines in answer.content.decode()
    assert HouseWord.objects.count() == before


def test_a_word_out_of_use_is_not_told_any_more(editor: User, signed_in: SignIn) -> None:
    report = make_report(text="会上布署了工作。")
    assert examine_report(report, "", report.text, []).findings
    word = HouseWord.objects.get(word="布署")
    data = {"kind": word.kind, "word": word.word, "replacement": word.replacement, "note": ""}
    assert signed_in(editor).post(reverse("word-edit", args=[word.pk]), data).status_code == 302
    assert examine_report(report, "", report.text, []).findings == ()


@pytest.mark.parametrize(("field", "value"), [("replacement", ""), ("word", "布"), ("word", "")])
def test_what_cannot_be_listed_is_refused_with_a_sentence(
    editor: User, signed_in: SignIn, field: str, value: str
) -> None:
    word = HouseWord.objects.get(word="布署")
    data = {"kind": "replaced", "word": "布署", "replacement": "部署", "note": ""} | {field: value}
    answer = signed_in(editor).post(reverse("word-edit", args=[word.pk]), data)
    assert answer.status_code == 422
    assert "text-danger" in answer.content.decode()


def test_who_reads_at_the_desk_reads_the_list_and_only_editors_change_it(reviewer: User, signed_in: SignIn) -> None:
    client = signed_in(reviewer)
    page = client.get(reverse("words")).content.decode()
    assert "布署" in page
    assert reverse("word-new") not in page
    assert client.get(reverse("word-new")).status_code == 403


def test_the_list_is_narrowed_and_given_out_as_excel(editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    page = client.get(reverse("words"), {"kind": "replaced", "text": "部署"}).content.decode()
    assert "布署" in page
    assert "拚搏" not in page
    export = client.get(reverse("words-export"), {"text": "部署"})
    assert export.headers["Content-Type"].startswith("application/vnd.openxmlformats")


def test_the_list_asks_the_same_number_of_questions_for_many(editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    counts = []
    for number in (1, 30):
        HouseWord.objects.all().delete()
        HouseWord.objects.bulk_create(
            HouseWord(kind="forbidden", word=f"词语{each}", changed_by=editor) for each in range(number)
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("words"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
