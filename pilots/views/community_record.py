"""Records of a community: writing one, changing it, and the 服务证明 of a teacher's exchange."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from pilots.certificate import ServiceContent
from pilots.forms.community_record import CertifyForm, RecordForm
from pilots.models import Community, CommunityRecord, CommunityRecordKind, ServiceCertificate
from pilots.queries.community_record import certificate_by_token, record_kinds, records_for
from pilots.queries.community_term import current_schools
from pilots.services.community_record import drop_record, save_record
from pilots.services.service_certificate import order_service_certificate
from pilots.views.community import own_schools, writable_community
from portal.accounts.models import User
from portal.accounts.requests import demand, person, whole_number
from portal.answers import attempt
from portal.jobs.progress import job_progress
from portal.periods import term_of

#: Longer than any token: a longer address is none of ours and asks the database nothing.
LONGEST_TOKEN = 32


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Choosing the kind, then a form that asks what it needs."""
    user, found = writable_community(request, pk, "pilots.write_in_community")
    kind = _kind(request)
    if kind is None:
        return render(request, "communities/record_kinds.html", {"community": found, "kinds": record_kinds()})
    own = set(own_schools(user, found))
    schools = [school for school in current_schools(found) if school.pk in own]
    form = RecordForm(request.POST if request.method == "POST" else None, community=found, kind=kind, own=schools)
    if request.method == "POST" and form.is_valid():
        made = form.call(save_record, record=None, facts=form.facts(), community=found, by=user)
        if made is not None:
            messages.success(request, f"已登记“{kind}”。")
            return _to_community(made)
    return _form_page(request, found, kind, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changing or ending a record; everybody else who sees it reads it on the community's page."""
    user, record = _record(request, pk)
    demand(request, "pilots.write_record", obj=record)
    posted = request.POST if request.method == "POST" else None
    form = RecordForm(posted, community=record.community, kind=record.kind, record=record)
    if posted is not None and form.is_valid():
        saved = form.call(save_record, record=record, facts=form.facts(), community=record.community, by=user)
        if saved is not None:
            messages.success(request, "记录已保存。")
            return _to_community(saved)
    return _form_page(request, record.community, record.kind, form, record)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """It was entered by mistake."""
    user, record = _record(request, pk)
    demand(request, "pilots.write_record", obj=record)
    if attempt(request, drop_record, record, by=user, said="记录已删除。"):
        return redirect("community", record.community_id)
    return redirect("community-record", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the 服务证明; POST has it made."""
    user, record = _certifiable(request, pk)
    made = ServiceCertificate.objects.select_related("job").filter(record=record).first()
    initial = {"person": made.content["person"] if made else record.person}
    form = CertifyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        ordered = form.call(order_service_certificate, record=record, by=user, **form.cleaned_data)
        if ordered is not None:
            return redirect("service-certificate", pk)
    progress = job_progress(made.job if made else None)
    context = {"record": record, "certificate": made, "form": form, "progress": progress}
    part = request.headers.get("HX-Request") == "true"
    template = "communities/certificate_part.html" if part else "communities/certificate.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_GET
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file; 404 until it is there."""
    _, record = _certifiable(request, pk)
    made = get_object_or_404(ServiceCertificate.objects.exclude(file=""), record=record)
    if not default_storage.exists(made.file):
        raise Http404
    name = f"服务证明：{made.content['person']}.pdf"
    response = FileResponse(default_storage.open(made.file), as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-cache"
    return response


@login_not_required
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What a genuine certificate says; the same calm answer for every token that is not ours."""
    found = certificate_by_token(token) if len(token) <= LONGEST_TOKEN and "\x00" not in token else None
    if found is None:
        response = render(request, "communities/verify_unknown.html", status=404)
    else:
        context = {"certificate": found, "content": ServiceContent.from_json(found.content)}
        response = render(request, "communities/verify.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _record(request: HttpRequest, pk: int) -> tuple[User, CommunityRecord]:
    user = person(request)
    return user, get_object_or_404(records_for(user), pk=pk)


def _certifiable(request: HttpRequest, pk: int) -> tuple[User, CommunityRecord]:
    """A record that the person may certify: 404 for who does not see it, 403 for who sees it only."""
    user, record = _record(request, pk)
    if not user.has_perm("pilots.certify_service", record):
        raise PermissionDenied
    return user, record


def _kind(request: HttpRequest) -> CommunityRecordKind | None:
    key = whole_number(request.GET.get("kind", ""))
    return get_object_or_404(record_kinds(), pk=key) if key is not None else None


def _to_community(record: CommunityRecord) -> HttpResponse:
    """Back to the duty it belongs to, in its term."""
    address = reverse("community", args=[record.community_id])
    return redirect(f"{address}?term={term_of(record.start).key}#duty-{record.kind.duty_id}")


def _form_page(
    request: HttpRequest, found: Community, kind: CommunityRecordKind, form: RecordForm, record: CommunityRecord | None
) -> HttpResponse:
    context = {"community": found, "kind": kind, "form": form, "record": record}
    return render(request, "communities/record.html", context, status=422 if form.is_bound else 200)
