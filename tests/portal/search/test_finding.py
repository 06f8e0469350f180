"""Words, phrases, filters, counts and pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulletins.models import Submission
from portal.accounts.models import User
from portal.search.finding import matching
from portal.search.indexing import catch_up_wholly
from portal.search.models import Findable
from portal.text.wanted import read_query
from tests.factories import make_draft, make_officer, make_report, make_unit
from tests.portal.search.looking import keys, look, numbers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("推进城乡教育共同体建设。", "共同"),
        ("推进城乡教育共同体建设。", "體"),
        ("推进城鄉教育共同體建設。", "城乡教育共同体"),
        ("推进城乡教育共同体建设。", "城鄉"),
        ("第 16 期，2024 年 11 月。", "2024年11月"),
        ("ＡＢＣ课堂", "abc课堂"),
        ("完成率50%。", "50%"),
        ("代号A_B。", "A_B"),
        ("路径a\\b。", "a\\b"),
        ("老师说“好”。", "说“好”"),
        ("庆祝😀活动", "😀"),
        ("集体备课之后座谈。", "座谈 集体"),
        ("两校 协同，提质", '"两校 协同"'),
    ],
)
def test_is_found(officer: User, text: str, query: str) -> None:
    draft = make_draft(officer, text=text)
    assert keys(officer, query, "report") == {draft.pk}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("共建同学体育馆。", "共同体"),
        ("集体。备课", "集体备课"),
        ("集体\n备课", "体备"),
        ("完成率500。", "50%"),
        ("代号AxB。", "A_B"),
        ("集体备课。", "集体 座谈"),
        ("两校分头协同。", '"两校协同"'),
        ("教研联合。", "联合教研"),
    ],
)
def test_is_not_found(officer: User, text: str, query: str) -> None:
    make_draft(officer, title="题", text=text)
    assert keys(officer, query, "report") == set()


def test_a_report_is_found_by_its_units_name_and_spelling(editor: User) -> None:
    report = make_report(make_officer(make_unit(name="青山师范大学")), text="11月5日，一起磨课。")
    make_report(text="11月5日，一起磨课。")
    for query in ("青山 磨课", "qssfdx 磨课", "qingshan"):
        assert keys(editor, query, "report") == {report.pk}, query
    assert keys(editor, "青山 座谈", "report") == set()


def test_the_latest_stand_first_and_units_before_all(officer: User) -> None:
    old, new = (make_draft(officer, title="青山备课") for _ in range(2))
    Submission.objects.filter(pk=old.pk).update(created_at="2023-01-01T08:00+08:00")
    unit = make_unit(name="青山师范大学")
    found = look(officer, "青山")
    assert [(hit.source.name, hit.object_id) for hit in found.hits] == [
        ("unit", unit.pk),
        ("report", new.pk),
        ("report", old.pk),
    ]


def test_pages_follow_on_each_other_and_counts_are_of_all(officer: User) -> None:
    drafts = {make_draft(officer, title="磨课").pk for _ in range(5)}
    pages = [[hit.object_id for hit in look(officer, "磨课", page=page, size=2).hits] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert {pk for page in pages for pk in page} == drafts
    assert numbers(look(officer, "磨课", size=2)) == {"report": 5}


def test_counting_stops_where_nobody_reads_on(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        make_draft(officer, title="磨课")
    for module in ("finding", "keys"):
        monkeypatch.setattr(f"portal.search.{module}.COUNTED", 3)
    found = look(officer, "磨课", size=2, page=2)
    (count,) = [count for count in found.counts if count.source.name == "report"]
    assert count.label == "3+"
    assert len(found.hits) == 1


def test_a_period_holds_both_its_days(officer: User) -> None:
    draft = make_draft(officer)
    Submission.objects.filter(pk=draft.pk).update(created_at="2024-11-18T23:30+08:00")
    for days, found in (
        ({"since": "2024-11-18", "until": "2024-11-18"}, {draft.pk}),
        ({"since": "2024-11-19"}, set()),
        ({"until": "2024-11-17"}, set()),
    ):
        assert keys(officer, "磨课", "report", **days) == found


def test_without_words_filters_alone_list_what_there_is(officer: User) -> None:
    draft = make_draft(officer)
    unit = str(draft.unit_id)
    assert keys(officer, "", "report", unit=unit) == {draft.pk}


def test_a_list_is_narrowed_by_the_same_index(officer: User) -> None:
    draft = make_draft(officer, text="城鄉教育共同體。")
    rows = Submission.objects.all()
    assert list(rows.filter(pk__in=matching("report", read_query("城乡")))) == [draft]
    assert not rows.filter(pk__in=matching("report", read_query("%"))).exists()


def test_thirty_finds_cost_as_many_queries_as_one(officer: User) -> None:
    make_draft(officer)
    catch_up_wholly()
    with CaptureQueriesContext(connection) as one:
        look(officer, "磨课")
    for _ in range(29):
        make_draft(officer)
    catch_up_wholly()
    with CaptureQueriesContext(connection) as thirty:
        assert len(look(officer, "磨课").hits) == 30
    assert len(thirty) == len(one)


def test_the_rare_word_is_looked_up_and_not_read_for(officer: User) -> None:
    """The database has an index that it can use for words: without reading every text."""
    make_draft(officer)
    catch_up_wholly()
    rows = Findable.objects.filter(grams__contains=list(read_query("磨课").words[0].grams))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "findable_grams" in rows.explain()


def test_days_are_those_of_the_portals_time_zone(officer: User) -> None:
    draft = make_draft(officer)
    Submission.objects.filter(pk=draft.pk).update(created_at="2024-11-18T00:30+08:00")
    (hit,) = look(officer, "磨课", kind="report").hits
    assert hit.day == date(2024, 11, 18)


@pytest.mark.parametrize("sample", [1, 400], ids=["frequent", "by the index"])
@pytest.mark.parametrize("in_order", [0, 8000], ids=["all finds read", "the latest read"])
def test_many_things_are_found_like_few(
    officer: User, monkeypatch: pytest.MonkeyPatch, sample: int, in_order: int
) -> None:
    drafts = [make_draft(officer, title="磨课" if n % 3 else "听课", text="城乡教育共同体") for n in range(9)]
    for n, draft in enumerate(drafts):
        Submission.objects.filter(pk=draft.pk).update(created_at=f"2024-11-{10 + n}T08:00+08:00")
    few = {query: look(officer, query, size=3, page=2) for query in ("磨课", "教育共同体", "磨课 共同", "")}
    monkeypatch.setattr("portal.search.keys.FEW", 0)
    monkeypatch.setattr("portal.search.keys.SAMPLE", sample)
    monkeypatch.setattr("portal.search.keys.READ_IN_ORDER", in_order)
    for query, found in few.items():
        many = look(officer, query, size=3, page=2)
        assert [hit.object_id for hit in many.hits] == [hit.object_id for hit in found.hits]
        assert numbers(many) == numbers(found)
