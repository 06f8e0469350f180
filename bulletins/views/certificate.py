"""采用证明 of one printed report: ordering it, how far it is, its PDF."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from bulletins.models import Certificate, Submission
from bulletins.queries.submission import submissions_for
from bulletins.services.certificate import order_certificate
from portal.accounts.models import User
from portal.accounts.requests import person
from portal.answers import attempt
from portal.jobs.progress import job_progress


@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the certificate; POST has it made."""
    user, submission = _theirs(request, pk)
    if request.method == "POST":
        attempt(request, order_certificate, submission, by=user)
        return redirect("certificate", pk)
    made = Certificate.objects.select_related("job").filter(submission=submission).first()
    context = {"submission": submission, "certificate": made, "progress": job_progress(made.job if made else None)}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "submissions/certificate_part.html" if part else "submissions/certificate.html", context)


@require_GET
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file; 404 until it is there."""
    _, submission = _theirs(request, pk)
    made = get_object_or_404(Certificate.objects.exclude(file=""), submission=submission)
    if not default_storage.exists(made.file):
        raise Http404
    response = FileResponse(default_storage.open(made.file), as_attachment=True, filename=f"采用证明：{submission}.pdf")
    response["Cache-Control"] = "private, no-cache"
    return response


def _theirs(request: HttpRequest, pk: int) -> tuple[User, Submission]:
    """A report for its unit or the office: 404 for others, 403 where it is not theirs to certify or not printed."""
    user = person(request)
    submission = get_object_or_404(submissions_for(user), pk=pk)
    if not user.has_perm("bulletins.make_certificate", submission):
        raise PermissionDenied
    return user, submission
