"""使用指南: open to everybody, also to who cannot sign in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from portal.guide.pages import guide_page, guide_pages, help_address


@login_not_required
@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """The list of guides; with ``?page=`` straight to the chapter about that page, for this person."""
    if name := request.GET.get("page", ""):
        roles = [post.role for post in request.user.posts_today] if request.user.is_authenticated else []
        return redirect(help_address(name, roles))
    return render(request, "guide/contents.html", {"pages": guide_pages()})


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One role's guide with its own contents beside it."""
    found = guide_page(slug)
    if found is None:
        raise Http404
    text = mark_safe(found.html())  # noqa: S308  (a file of the project itself)
    return render(request, "guide/page.html", {"page": found, "text": text, "pages": guide_pages()})
