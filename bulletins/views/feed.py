"""The Atom feed of published issues."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.views.decorators.http import require_safe

from bulletins.models import Issue
from bulletins.queries.archive import final_file, with_final_file
from bulletins.queries.issue import public_issues, the_periodical
from bulletins.services.content import content_of
from bulletins.views.archive import canonical

LATEST = 20

if TYPE_CHECKING:
    IssueFeed = Feed[Issue, None]
else:
    IssueFeed = Feed  # generic for the type checker only


class ArchiveFeed(IssueFeed):
    """The latest issues; every address in it is absolute and starts with ``settings.SITE_URL``."""

    feed_type = Atom1Feed

    def title(self) -> str:
        periodical = the_periodical()
        return f"{periodical.masthead}{periodical.title}"

    def subtitle(self) -> str:
        return "已公开的各期工作动态"

    def link(self) -> str:
        return settings.SITE_URL + reverse("archive")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("archive-feed")

    def feed_guid(self) -> str:
        return self.feed_url()

    def items(self) -> QuerySet[Issue]:
        return with_final_file(public_issues())[:LATEST]

    def item_title(self, item: Issue) -> str:
        return str(item)

    def item_description(self, item: Issue) -> str:
        """Sections and what stands in them, as plain text."""
        sections = content_of(item).sections
        return "\n".join(
            f"【{section.name}】" + "；".join(entry.called for entry in section.entries) for section in sections
        )

    def item_link(self, item: Issue) -> str:
        return canonical(item)

    def item_guid(self, item: Issue) -> str:
        return canonical(item)

    def item_author_name(self, item: Issue) -> str:
        return item.office

    def item_pubdate(self, item: Issue) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Issue) -> datetime | None:
        return item.published_at

    def item_enclosures(self, item: Issue) -> list[Enclosure]:
        final = final_file(item)
        if final is None:
            return []
        address = settings.SITE_URL + reverse("archive-pdf", args=[item.pk])
        return [Enclosure(address, str(final.size), "application/pdf")]


feed = login_not_required(require_safe(ArchiveFeed()))
