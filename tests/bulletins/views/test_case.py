"""Pages of cases: what units, the office, experts and the public see of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletins.models import Case
from bulletins.services.case_file import CASE_PDF, file_of_case
from bulletins.states.case import CaseState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import history
from portal.jobs.models import Job, JobState
from portal.jobs.services import run
from portal.search.indexing import catch_up
from tests.factories import make_issue, make_officer, make_unit, make_user
from tests.factories.case import (
    WORDS,
    ask,
    make_case,
    make_expert,
    make_kept_case,
    make_public_case,
    make_sent_case,
    score,
)

pytestmark = pytest.mark.django_db

Login = Callable[[User], Client]


@pytest.fixture
def login() -> Login:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def editor() -> User:
    return make_user(Role.EDITOR)


def typed(case: Case, **changes: str) -> dict[str, str]:
    texts = {f"part_{number}": part.text for number, part in enumerate(case.own_parts)}
    facts = {"title": case.title, "topic": case.topic, "stage": case.stage, "version": str(case.version)}
    return facts | texts | changes


class TestWriting:
    def test_what_was_typed_is_not_lost_when_a_colleague_was_quicker(self, login: Login) -> None:
        officer = make_officer()
        case, client = make_case(officer), login(officer)
        page = client.post(reverse("case-edit", args=[case.pk]), typed(case, version="1", title="我的标题"))
        assert page.status_code == 409
        assert "我的标题" in page.content.decode()
        assert "刚刚在别处被保存过" in page.content.decode()
        again = client.post(reverse("case-edit", args=[case.pk]), typed(case, title="我的标题"))
        assert again.status_code == 302
        assert Case.objects.get(pk=case.pk).title == "我的标题"

    def test_a_part_that_is_too_long_is_told_beside_it(self, login: Login) -> None:
        officer = make_officer()
        case = make_case(officer)
        page = login(officer).post(reverse("case-edit", args=[case.pk]), typed(case, part_0="长" * 10_001))
        assert page.status_code == 409
        assert "有10001字，超过10000字" in page.content.decode()

    def test_save_and_send_in_one_click(self, login: Login) -> None:
        officer = make_officer()
        case = make_case(officer)
        login(officer).post(reverse("case-edit", args=[case.pk]), typed(case, then="send"))
        assert Case.objects.get(pk=case.pk).state == CaseState.SENT


class TestReviews:
    def test_the_unit_sees_neither_names_nor_points(self, login: Login, editor: User) -> None:
        officer = make_officer()
        case, expert = make_sent_case(officer), make_expert()
        (review,) = ask(case, expert, by=editor)
        score(review, words="请补充数据。")
        client = login(editor)
        client.post(reverse("case-act", args=[case.pk, "return"]), {"reason": "请修改。"})
        told = login(officer).get(reverse("case", args=[case.pk])).content.decode()
        assert "请补充数据。" in told
        assert expert.name not in told
        assert "标准差" not in told
        office = client.get(reverse("case", args=[case.pk])).content.decode()
        assert expert.name in office
        assert "标准差" in office

    def test_an_expert_of_the_unit_is_refused_in_a_sentence(self, login: Login, editor: User) -> None:
        case = make_sent_case()
        own = make_expert(case.unit)
        page = login(editor).post(reverse("case-assign", args=[case.pk]), {"experts": [own.pk], "due": "2099-01-01"})
        assert page.status_code == 422
        assert f"{own}在{case.unit}任职，与本案例有关，不能评审" in page.content.decode()

    def test_points_that_were_typed_stay_where_they_are_refused(self, login: Login, editor: User) -> None:
        (review,) = ask(make_sent_case(), make_expert(), by=editor)
        page = login(review.expert).post(
            reverse("case-review", args=[review.pk]), {"points_0": "99", "words": "不错。"}
        )
        assert page.status_code == 422
        assert "评分须在0到20分之间" in page.content.decode()
        assert 'value="99"' in page.content.decode()

    def test_another_expert_does_not_find_it(self, login: Login, editor: User) -> None:
        (review,) = ask(make_sent_case(), make_expert(), by=editor)
        assert login(make_expert()).get(reverse("case-review", args=[review.pk])).status_code == 404


class TestLibrary:
    def test_anybody_reads_what_is_public_and_nothing_else(self, client: Client, editor: User) -> None:
        public = make_public_case(editor, title="公开的做法")
        kept = make_kept_case(editor, title="只在库内的做法")
        page = client.get(reverse("case-library")).content.decode()
        assert "公开的做法" in page
        assert "只在库内的做法" not in page
        assert client.get(reverse("public-case", args=[public.pk])).status_code == 200
        assert client.get(reverse("public-case", args=[kept.pk])).status_code == 404
        assert client.get(reverse("public-case-word", args=[public.pk])).status_code == 200
        assert client.get(reverse("public-case-word", args=[kept.pk])).status_code == 404

    def test_words_are_found_in_simplified_and_traditional(self, client: Client, editor: User) -> None:
        make_public_case(editor, title="协同备课", texts=WORDS)
        make_public_case(editor, title="送教下乡", topic="机制建设")
        catch_up()
        for word in ("协同", "協同"):
            found = client.get(reverse("case-library"), {"q": word}).content.decode()
            assert "协同备课" in found
            assert "送教下乡" not in found
        by_topic = client.get(reverse("case-library"), {"topic": "机制建设"}).content.decode()
        assert "送教下乡" in by_topic
        assert "协同备课</a>" not in by_topic

    def test_an_area_holds_the_cases_of_its_counties(self, client: Client, editor: User) -> None:
        county = make_unit("county")
        make_public_case(editor, make_officer(county), title="县里的做法")
        make_public_case(editor, title="别处的做法")
        assert county.parent is not None
        page = client.get(reverse("case-library"), {"area": county.parent.pk}).content.decode()
        assert "县里的做法" in page
        assert "别处的做法" not in page

    def test_the_pdf_is_there_once_a_worker_has_printed_it(self, client: Client, editor: User) -> None:
        case = make_public_case(editor)
        assert client.get(reverse("public-case-pdf", args=[case.pk])).status_code == 404
        assert file_of_case(case) == file_of_case(Case.objects.get(pk=case.pk))

    def test_the_page_of_a_case_waits_for_its_pdf(self, login: Login, editor: User) -> None:
        case, client = make_public_case(editor), login(editor)
        address = reverse("case", args=[case.pk])
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "PDF正在制作" in part
        assert "hx-trigger" in part
        assert "<html" not in part
        assert "PDF正在制作" in client.get(address).content.decode()
        run(Job.objects.get(kind=CASE_PDF).pk)
        done = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert reverse("case-pdf", args=[case.pk]) in done
        assert "hx-trigger" not in done

    def test_the_public_page_waits_for_its_pdf_and_has_one_made_that_has_gone(
        self, client: Client, editor: User
    ) -> None:
        case = make_public_case(editor)
        address = reverse("public-case", args=[case.pk])
        page = client.get(address).content.decode()
        assert "PDF正在制作" in page
        assert "htmx.min.js" in page
        run(Job.objects.get(kind=CASE_PDF).pk)
        done = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert reverse("public-case-pdf", args=[case.pk]) in done
        assert "hx-trigger" not in done
        assert "<html" not in done
        assert "htmx.min.js" not in client.get(address).content.decode()
        default_storage.delete(file_of_case(case))
        assert "PDF正在制作" in client.get(address).content.decode()
        assert Job.objects.get(kind=CASE_PDF).state == JobState.QUEUED

    def test_the_pdf_is_made_anew_where_its_file_has_gone(self, login: Login, editor: User) -> None:
        case, client = make_public_case(editor), login(editor)
        run(Job.objects.get(kind=CASE_PDF).pk)
        default_storage.delete(file_of_case(case))
        assert "PDF正在制作" in client.get(reverse("case", args=[case.pk])).content.decode()
        assert Job.objects.get(kind=CASE_PDF).state == JobState.QUEUED


class TestLists:
    @pytest.mark.parametrize("where", ["cases", "case-library"])
    def test_a_list_costs_the_same_with_one_and_with_many(self, login: Login, editor: User, where: str) -> None:
        client = login(editor)
        case = make_public_case(editor, partners=[make_unit(), make_unit()])
        client.get(reverse(where))
        with CaptureQueriesContext(connection) as one:
            client.get(reverse(where))
        for number in range(29):
            twin = Case.objects.get(pk=case.pk)
            twin.pk, twin.title, twin.unit = None, f"第{number}篇", make_unit()
            twin.save()
            twin.partners.set([make_unit()])
        with CaptureQueriesContext(connection) as many:
            client.get(reverse(where))
        assert len(many) == len(one) <= 15

    def test_the_unit_page_counts_its_cases(self, login: Login, editor: User) -> None:
        case = make_public_case(editor)
        page = login(make_officer()).get(reverse("unit", args=[case.unit_id])).content.decode()
        assert "参与案例1篇，入库1篇，公开1篇" in page


def test_the_editor_writes_a_case_into_an_issue(login: Login, editor: User) -> None:
    case, issue = make_kept_case(editor), make_issue(editor)
    section = issue.periodical.sections.get(name="他山之石")
    words = {"issue": issue.pk, "section": section.pk, "lead": "两地教师同上一堂课。", "text": "双方轮流做东。"}
    answer = login(editor).post(reverse("case-offer", args=[case.pk]), words)
    entry = issue.entries.get()
    assert answer["Location"].endswith(f"#entry-{entry.pk}")
    assert reverse("case", args=[case.pk]) in login(editor).get(reverse("issue", args=[issue.pk])).content.decode()
    assert "【他山之石】" in login(editor).get(reverse("case", args=[case.pk])).content.decode()


def test_an_expert_who_asks_for_the_cases_gets_those_he_reviews(login: Login, editor: User) -> None:
    case, expert = make_sent_case(), make_expert()
    ask(case, expert, by=editor)
    page = login(expert).get(reverse("cases"), follow=True)
    assert page.redirect_chain == [(reverse("case-reviews"), 302)]
    assert case.title in page.content.decode()


def test_where_nothing_was_done_yet_no_empty_card_stands(editor: User) -> None:
    card = get_template("partials/changes.html")
    assert card.render({"changes": history(make_case()).none()}).strip() == ""
    assert "办理经过" in card.render({"changes": history(make_sent_case())})


def test_an_expert_is_led_to_what_he_scores_alone(login: Login) -> None:
    page = login(make_expert()).get(reverse("home")).content.decode()
    entries = {name for name in ("案例评审", "考核评价", "结对合作", "试点管理", "典型案例") if f">{name}" in page}
    assert entries == {"案例评审", "考核评价"}
