"""The public archive: open to anybody, and only what was published."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bulletins.services.entry import add_entry
from portal.accounts.roles import Role
from portal.search.indexing import catch_up_wholly
from tests.bulletins.published import make_printed, make_published, office, small_pdf
from tests.factories import make_issue, make_report

ATOM = "{http://www.w3.org/2005/Atom}"


def page(client: Client, address: str, **data: Any) -> str:
    answer = client.get(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
class TestList:
    def test_an_empty_archive_says_so(self, client: Client) -> None:
        assert "还没有公开的工作动态" in page(client, "/archive/")

    def test_a_visitor_finds_published_issues_by_year_the_latest_first(self, client: Client) -> None:
        make_published(date(2023, 11, 25))
        make_published(date(2024, 3, 4))
        shown = page(client, "/archive/")
        assert shown.index("2024年3月4日") < shown.index("2023年11月25日")
        only = page(client, "/archive/", year=2023)
        assert "2023年11月25日" in only
        assert "2024年3月4日" not in only

    def test_what_is_printed_but_not_published_is_not_listed(self, client: Client) -> None:
        issue = make_printed()
        assert issue.label not in page(client, "/archive/")

    def test_words_are_found_in_leads_and_texts(self, client: Client) -> None:
        met = make_published(date(2024, 3, 4), leads=("音乐教师走教。", "共上一堂课。"), text="来自乡村小学。")
        other = make_published(date(2024, 4, 4), leads=("集体备课。",), text="来自城区。")
        for words in ("走教", "乡村小学", "音乐 乡村"):
            shown = page(client, "/archive/", q=words)
            assert f"/archive/{met.pk}/" in shown
            assert f"/archive/{other.pk}/" not in shown

    def test_a_find_leads_to_the_entry(self, client: Client) -> None:
        issue = make_published(leads=("音乐教师走教。", "共上一堂课。"))
        entry = issue.entries.get(lead="共上一堂课。")
        shown = page(client, "/archive/", q="一堂课")
        assert f"/archive/{issue.pk}/#entry-{entry.pk}" in shown
        assert "音乐教师走教" not in shown

    @pytest.mark.parametrize("words", ["entry-", "paragraphs", "key", "masthead"])
    def test_the_form_in_which_words_are_kept_is_not_found(self, client: Client, words: str) -> None:
        issue = make_published()
        assert f"/archive/{issue.pk}/" not in page(client, "/archive/", q=words)

    @pytest.mark.parametrize("words", ['说"好"', "a\\b", "50%", "A_B"])
    def test_marks_that_mean_something_to_a_database_are_only_marks(self, client: Client, words: str) -> None:
        met = make_published(date(2024, 3, 4), leads=(f"老师{words}。",))
        other = make_published(date(2024, 4, 4), leads=("说好，500，AxB，ab。",))
        shown = page(client, "/archive/", q=words)
        assert f"/archive/{met.pk}/" in shown
        assert f"/archive/{other.pk}/" not in shown

    def test_finds_are_marked_as_they_were_written(self, client: Client) -> None:
        make_published(leads=("音乐走教。",), text="城鄉教育共同體的教师共上一堂课。")
        shown = page(client, "/archive/", q="城乡教育 走教")
        assert "<mark>城鄉教育</mark>共同體" in shown
        assert "音乐<mark>走教</mark>" in shown

    def test_a_find_can_be_narrowed_to_a_section_and_a_year(self, client: Client) -> None:
        issue = make_published(date(2023, 11, 25), leads=("音乐走教。",))
        link = f"/archive/{issue.pk}/"
        assert link in page(client, "/archive/", q="走教", section="省级动态", year=2023)
        make_published(date(2024, 3, 4))
        assert link not in page(client, "/archive/", q="走教", year=2024)

    def test_drafts_and_reports_are_found_by_no_visitor(self, client: Client) -> None:
        editor = office(Role.EDITOR)
        issue = make_issue(editor)
        add_entry(issue, section=issue.periodical.sections.earliest("order"), lead="音乐走教。", text="", by=editor)
        make_report(text="音乐走教。")
        make_printed(leads=("再次走教。",))
        assert "没有找到" in page(client, "/archive/", q="走教")

    @pytest.mark.parametrize("words", ["%", "_", "，。", "——"])
    def test_marks_alone_are_nothing_to_look_for(self, client: Client, words: str) -> None:
        make_published()
        assert "没有可以查找的文字" in page(client, "/archive/", q=words)

    def test_nothing_found_says_what_to_try(self, client: Client) -> None:
        make_published()
        assert "请换一个词" in page(client, "/archive/", q="不存在的词")

    @pytest.mark.parametrize("query", [{"year": "昨年"}, {"year": "²"}, {"page": "999"}, {"q": "\x00"}])
    def test_odd_addresses_are_borne(self, client: Client, query: dict[str, str]) -> None:
        make_published()
        page(client, "/archive/", **query)

    def test_thirty_issues_cost_as_many_queries_as_one(self, client: Client) -> None:
        make_published()
        catch_up_wholly()
        with CaptureQueriesContext(connection) as one:
            page(client, "/archive/", q="备课")
        for _ in range(29):
            make_published()
        catch_up_wholly()
        with CaptureQueriesContext(connection) as thirty:
            page(client, "/archive/", q="备课")
        assert len(thirty) == len(one)


@pytest.mark.django_db
class TestReading:
    def test_an_issue_is_shown_as_it_was_signed(self, client: Client) -> None:
        issue = make_published(leads=("音乐教师走教。",))
        shown = page(client, f"/archive/{issue.pk}/")
        assert issue.content is not None
        for text in (issue.label, issue.content["masthead"], "【省级动态】", "音乐教师走教。", "2024年12月2日印发"):
            assert text in shown

    def test_later_changes_of_the_rows_change_nothing(self, client: Client) -> None:
        issue = make_published(leads=("音乐教师走教。",))
        issue.entries.update(lead="改过的话。")
        shown = page(client, f"/archive/{issue.pk}/")
        assert "音乐教师走教。" in shown
        assert "改过的话。" not in shown

    def test_what_people_wrote_is_text_and_never_markup(self, client: Client) -> None:
        issue = make_published(leads=("<script>alert(1)</script>",))
        assert "<script>alert" not in page(client, f"/archive/{issue.pk}/")

    def test_the_neighbours_are_the_public_ones(self, client: Client) -> None:
        first, second, third = (make_published(date(2024, month, 4)) for month in (3, 4, 5))
        make_printed(date(2024, 4, 20))
        shown = page(client, f"/archive/{second.pk}/")
        assert f'rel="prev" href="/archive/{first.pk}/"' in shown
        assert f'rel="next" href="/archive/{third.pk}/"' in shown
        assert 'rel="prev"' not in page(client, f"/archive/{first.pk}/")
        assert 'rel="next"' not in page(client, f"/archive/{third.pk}/")

    def test_two_issues_of_one_day_stand_in_the_order_of_their_numbers(self, client: Client) -> None:
        first, second = make_published(), make_published()
        assert f'rel="next" href="/archive/{second.pk}/"' in page(client, f"/archive/{first.pk}/")
        assert f'rel="prev" href="/archive/{first.pk}/"' in page(client, f"/archive/{second.pk}/")

    def test_it_has_one_lasting_address(self, client: Client, settings: Any) -> None:
        settings.SITE_URL = "https://portal.example"
        issue = make_published()
        answer = client.get(f"/archive/{issue.pk}/")
        assert answer["Link"] == f'<https://portal.example/archive/{issue.pk}/>; rel="canonical"'

    def test_sixty_entries_cost_as_many_queries_as_one(self, client: Client) -> None:
        small = make_published()
        large = make_published(leads=tuple(f"第{number}次备课。" for number in range(60)))
        with CaptureQueriesContext(connection) as one:
            page(client, f"/archive/{small.pk}/")
        with CaptureQueriesContext(connection) as sixty:
            page(client, f"/archive/{large.pk}/")
        assert len(sixty) == len(one)

    def test_what_is_not_public_and_what_is_not_there_look_alike(self, client: Client) -> None:
        hidden = [make_printed().pk, make_issue(office(Role.EDITOR)).pk, 999_999]
        for part in ("", "pdf/"):
            answers = [client.get(f"/archive/{pk}/{part}") for pk in hidden]
            assert {answer.status_code for answer in answers} == {404}
            assert len({answer.content for answer in answers}) == 1
        assert "没有找到" in answers[0].content.decode()


@pytest.mark.django_db
class TestPdf:
    def test_anybody_fetches_the_final_file(self, client: Client) -> None:
        issue = make_published()
        answer = client.get(f"/archive/{issue.pk}/pdf/")
        assert b"".join(answer.streaming_content) == small_pdf()  # type: ignore[attr-defined]
        assert answer["Content-Type"] == "application/pdf"
        assert "inline" in answer["Content-Disposition"]
        assert "max-age" in answer["Cache-Control"]

    def test_who_has_the_file_is_not_sent_it_again(self, client: Client) -> None:
        issue = make_published()
        tag = client.get(f"/archive/{issue.pk}/pdf/")["ETag"]
        assert tag == f'"{issue.renditions.get(kind="final").sha256}"'
        assert client.get(f"/archive/{issue.pk}/pdf/", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.django_db
class TestFeed:
    def feed(self, client: Client) -> Element:
        answer = client.get("/archive/feed.atom")
        assert answer["Content-Type"].startswith("application/atom+xml")
        root: Element = fromstring(answer.content)
        return root

    def test_an_empty_feed_is_a_feed(self, client: Client) -> None:
        assert self.feed(client).findall(f"{ATOM}entry") == []

    def test_it_lists_what_is_published_with_the_pdf(self, client: Client) -> None:
        issue = make_published(leads=("音乐教师走教。",))
        make_printed()
        (entry,) = self.feed(client).findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == str(issue)
        assert "音乐教师走教" in (entry.findtext(f"{ATOM}summary") or "")
        enclosure = entry.find(f"{ATOM}link[@rel='enclosure']")
        assert enclosure is not None
        assert enclosure.get("length") == str(len(small_pdf()))

    def test_every_address_begins_with_the_portals_own(self, client: Client, settings: Any) -> None:
        settings.SITE_URL = "https://portal.example"
        make_published()
        root = self.feed(client)
        addresses = [link.get("href", "") for link in root.iter(f"{ATOM}link")]
        addresses += [element.text or "" for element in root.iter(f"{ATOM}id")]
        assert len(addresses) >= 5
        assert all(address.startswith("https://portal.example/") for address in addresses)

    def test_twenty_issues_cost_as_many_queries_as_one(self, client: Client) -> None:
        make_published()
        with CaptureQueriesContext(connection) as one:
            self.feed(client)
        for _ in range(19):
            make_published()
        with CaptureQueriesContext(connection) as twenty:
            assert len(self.feed(client).findall(f"{ATOM}entry")) == 20
        assert len(twenty) == len(one)
