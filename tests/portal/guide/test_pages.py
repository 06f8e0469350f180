"""The user guide: which page helps whom, and that nothing in it leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.guide.pages import ORDER, guide_page, guide_pages, help_address
from tests.project.addresses import ADDRESSES

#: Addresses that answer with a file, a part of a page or another address: they have no help button.
FILES = {
    "activities-export",
    "alliance-export",
    "archive-feed",
    "archive-pdf",
    "assessed-export",
    "assessed-word",
    "assessment-export",
    "assessment-word",
    "attachment",
    "board-export",
    "board-of-export",
    "calendar-feed",
    "call-export",
    "case-pdf",
    "case-word",
    "cases-export",
    "certificate-pdf",
    "closing-export",
    "corrections-export",
    "exchange-file",
    "exchange-result",
    "exchange-template",
    "export-audit",
    "export-table",
    "inspection-export",
    "issue-pdf",
    "issue-readership-table",
    "ledger-export",
    "ledger-reports-export",
    "meeting-file",
    "meetings-export",
    "needs-export",
    "notice",
    "outputs-export",
    "pack-file",
    "pack-row",
    "partnerships-export",
    "pilots-export",
    "pilots-word",
    "progress-export",
    "proof-pdf",
    "proof-picture",
    "public-case-pdf",
    "public-case-word",
    "remarks-table",
    "reporting-matrix-export",
    "reporting-period-export",
    "round-export",
    "round-word",
    "school-profiles-export",
    "survey-export",
    "targets-export",
    "tasks-export",
    "teams-export",
    "values-export",
    "volume-pdf",
    "volume-row",
    "words-export",
    "work-items-export",
}
PAGES = {page.slug: page for page in guide_pages()}


def test_the_guide_has_a_page_for_every_role_of_the_portal() -> None:
    covered = {role for page in guide_pages() for role in page.roles}
    assert covered == {role.value for role in Role} - {Role.PARTNER_READER}


def test_every_page_of_the_guide_has_its_place_in_the_contents() -> None:
    assert tuple(PAGES) == ORDER


@pytest.mark.parametrize("slug", PAGES)
def test_links_and_pictures_of_a_page_exist(slug: str) -> None:
    page = PAGES[slug]
    for target, anchor in re.findall(r"\]\(([\w-]+)\.md(?:#([\w-]+))?\)", page.source):
        other = guide_page(target)
        assert other is not None, target
        assert not anchor or anchor in {chapter.id for chapter in other.chapters}, anchor
    for picture in re.findall(r"!\[[^\]]+\]\(pictures/([^)]+)\)", page.source):
        assert finders.find(f"guide/{picture}"), picture
    assert "![](" not in page.source, "a picture needs a description"


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_opens_for_anybody_with_its_chapters_as_anchors(slug: str, db: None) -> None:
    text = Client().get(f"/guide/{slug}/").content.decode()
    assert PAGES[slug].title in text
    for chapter in PAGES[slug].chapters:
        assert f'id="{chapter.id}"' in text
    assert ".md" not in text
    assert "&lt;!--" not in text


@pytest.mark.parametrize("slug", PAGES)
def test_pictures_keep_their_room_so_that_a_chapter_stays_where_it_was_opened(slug: str) -> None:
    for picture in re.findall(r"<img [^>]*>", PAGES[slug].html()):
        assert re.search(r'width="\d+"', picture), picture
        assert re.search(r'height="\d+"', picture), picture


def test_the_help_button_of_a_page_opens_the_chapter_of_ones_own_role(
    editor: User, officer: User, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(editor).get("/desk/").content.decode()
    assert 'href="/guide/?page=desk"' in page
    answer = signed_in(editor).get("/guide/?page=desk")
    assert answer["Location"].startswith("/guide/editor/#")
    assert signed_in(officer).get("/guide/?page=submissions")["Location"].startswith("/guide/officer/#")


def test_help_for_a_page_that_no_chapter_names_is_ones_own_guide_or_the_contents() -> None:
    assert help_address("no-such-page", [Role.EDITOR]) == "/guide/editor/"
    assert help_address("no-such-page", []) == "/guide/"


def test_every_page_of_the_portal_is_explained_by_a_chapter() -> None:
    explained = {name for page in guide_pages() for chapter in page.chapters for name in chapter.pages}
    pages = {name for name, lines in ADDRESSES.items() if any(line.get is not None for line in lines)}
    unexplained = {name for name in pages - explained if not name.startswith("api-")}
    assert unexplained == FILES | {"guide", "guide-page"}
    assert explained <= set(ADDRESSES)


def test_an_unknown_page_of_the_guide_is_not_found(db: None) -> None:
    assert Client().get("/guide/nothing/").status_code == 404
