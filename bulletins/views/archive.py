"""The public archive: what was published, for anybody, signed in or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from bulletins.content import IssueContent
from bulletins.models import Correction, Issue, Rendition
from bulletins.queries.archive import (
    archived_issues,
    archived_sections,
    archived_years,
    final_file,
    find_in_archive,
    neighbours,
    with_final_file,
)
from bulletins.queries.correction import corrections_in, corrections_of
from bulletins.queries.issue import public_issues
from bulletins.services.content import content_of
from bulletins.states import IssueState
from portal.accounts.requests import PAGE_SIZE, whole_number
from portal.search.finding import Found
from portal.search.paging import page_number, pages
from portal.text.wanted import read_query


@login_not_required
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All public issues by year, or what was found in them."""
    wanted = read_query(request.GET.get("q", ""))
    years, sections = archived_years(), archived_sections()
    asked = request.GET.get("year", "")
    year = whole_number(asked) if whole_number(asked) in years else None
    section = request.GET.get("section", "")
    section = section if section in sections else ""
    context: dict[str, Any] = {"years": years, "year": year, "q": wanted.text, "sections": sections, "section": section}
    if wanted.words:
        number = page_number(request)
        found = find_in_archive(wanted, year=year, section=section, page=number, size=PAGE_SIZE)
        context |= {"lines": _by_issue(found), "pages": pages(found.counts, "", number)}
    elif not wanted.text:
        rows = with_final_file(archived_issues(year=year))
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"page": page, "issues": [_overview(issue) for issue in page]}
    return render(request, "archive/list.html", context)


def _by_issue(found: Found) -> list[dict[str, Any]]:
    """Finds under the issues they stand in, in the order in which these were found."""
    lines: dict[str, dict[str, Any]] = {}
    for hit in found.hits:
        page, _, anchor = hit.described.url.partition("#")
        line = lines.setdefault(page, {"url": page, "called": hit.described.facts[0], "day": hit.day, "hits": []})
        if anchor:
            line["hits"].append(hit)
    return list(lines.values())


@login_not_required
@require_safe
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue to read, on a phone as well."""
    found = with_final_file(public_issues().filter(pk=pk)).first()
    if found is None:
        return not_public(request)
    earlier, later = neighbours(found)
    content = content_of(found)
    address = canonical(found)
    context = {
        "issue": found,
        "content": content,
        "sections": _sections(content, corrections_in(found)),
        "final": final_file(found),
        "earlier": earlier,
        "later": later,
        "corrections": list(corrections_of(found)),
        "canonical": address,
    }
    response = render(request, "archive/issue.html", context)
    response["Link"] = f'<{address}>; rel="canonical"'
    return response


def _etag(request: HttpRequest, pk: int) -> str | None:
    final = _public_file(pk)
    return f'"{final.sha256}"' if final else None


@login_not_required
@require_safe
@condition(etag_func=_etag)
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The final PDF; its hash is its tag, so that nobody fetches the same file twice."""
    final = _public_file(pk)
    if final is None:
        return not_public(request)
    response = FileResponse(
        default_storage.open(final.file), content_type="application/pdf", filename=final.issue.file_name
    )
    response["Link"] = f'<{canonical(final.issue)}>; rel="canonical"'
    patch_cache_control(response, public=True, max_age=3600)
    return response


def not_public(request: HttpRequest) -> HttpResponse:
    """The same calm answer for what is not public and for what does not exist."""
    return render(request, "archive/not_public.html", status=404)


def canonical(issue: Issue) -> str:
    """The one lasting address of a public issue."""
    return settings.SITE_URL + reverse("archive-issue", args=[issue.pk])


def _public_file(pk: int) -> Rendition | None:
    issues = public_issues().filter(pk=pk).exclude(state=IssueState.VOIDED)
    rows = Rendition.objects.filter(kind=Rendition.Kind.FINAL, issue__in=issues)
    return rows.select_related("issue__periodical").first()


def _sections(content: IssueContent, corrects: Mapping[str, Correction] | None = None) -> list[dict[str, Any]]:
    """Sections with every entry's anchor and name, and what it corrects; entries are counted through the issue."""
    sections: list[dict[str, Any]] = []
    number = 0
    for section in content.sections:
        entries = []
        for entry in section.entries:
            number += 1
            anchor = entry.key or f"item-{number}"
            corrected = (corrects or {}).get(anchor)
            entries.append({"anchor": anchor, "called": entry.called, "entry": entry, "corrects": corrected})
        sections.append({"name": section.name, "anchor": f"section-{len(sections) + 1}", "entries": entries})
    return sections


def _overview(issue: Issue) -> dict[str, Any]:
    """A line of the list: the issue, its sections with counts, its file."""
    content = content_of(issue)
    return {"issue": issue, "content": content, "sections": _sections(content), "final": final_file(issue)}
