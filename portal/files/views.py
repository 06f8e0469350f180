"""Adding, fetching and taking away attachments; every page that shows an owner includes the same fragment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.requests import person
from portal.files.kinds import SHOWN_INLINE
from portal.files.queries import attachment_for, owner_for
from portal.files.registry import owners_of
from portal.files.services import attach_file, detach_file
from portal.refusals import Refused


@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself, to those who may see its owner: pictures and PDF in the browser, the rest to be saved."""
    found = attachment_for(person(request), pk)
    if not default_storage.exists(found.path):
        raise Http404
    response = FileResponse(
        default_storage.open(found.path),
        as_attachment=found.media_type not in SHOWN_INLINE,
        filename=found.name,
        content_type=found.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


@require_POST
def upload(request: HttpRequest, label: str, owner: int) -> HttpResponse:
    """Add the chosen files; one that is refused does not hold up the others."""
    found = owner_for(person(request), label, owner)
    if not person(request).has_perm(owners_of(type(found)).writable, found):
        raise PermissionDenied
    problems = []
    chosen = request.FILES.getlist("files")
    for file in chosen:
        try:
            attach_file(owner=found, upload=file, by=person(request))
        except Refused as refusal:
            problems.append(f"{_short(file)}：{refusal}")
    if not chosen:
        problems.append("还没有选择文件，请先选择再添加。")
    return _answer(request, found, problems, said=f"已添加{len(chosen) - len(problems)}个附件。")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away."""
    found = attachment_for(person(request), pk)
    owner = found.owner
    try:
        detach_file(found, by=person(request))
    except Refused as refusal:
        return _answer(request, owner, [str(refusal)], said="")
    return _answer(request, owner, [], said="附件已删除。")


def _answer(request: HttpRequest, owner: Any, problems: list[str], *, said: str) -> HttpResponse:
    """The fragment anew, or back to the page the form stood on."""
    back = request.POST.get("next", "")
    if request.headers.get("HX-Request"):
        context = {"owner": owner, "problems": problems, "files_next": back}
        return render(request, "files/box.html", context, status=422 if problems else 200)
    for problem in problems:
        messages.error(request, problem)
    if not problems:
        messages.success(request, said)
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "home")


def _short(file: File[bytes]) -> str:
    name = file.name or "文件"
    return name if len(name) <= 40 else f"{name[:37]}……"
