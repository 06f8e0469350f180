"""下载Word: the issue as it stands, or as it was signed, for the office to work on outside the portal."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from bulletins.layout.word import issue_docx
from bulletins.services.content import content_of
from bulletins.views.issue_page import visible_issue
from portal.files.downloads import word_file


@require_GET
def issue_word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An editable .docx in any state that the person may see; before sign-off its name says 拟第17期."""
    _, issue = visible_issue(request, pk)
    content = content_of(issue)
    return word_file(issue_docx(content), f"{content.title}{content.label}.docx")
