"""Unit sign-off: the signed page, one-time links, and the page that a link opens without signing in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bulletins.forms.signing import LinkForm, PaperForm
from bulletins.models import SignLink
from bulletins.queries.signing import approvers_to_ask
from bulletins.services.signing_links import VALID_HOURS, LinkRefused, answer_link, make_sign_link, revoke_sign_links
from bulletins.services.signing_links import usable_link as find_link
from bulletins.services.signing_paper import submit_on_paper
from bulletins.views.submission import shown, theirs
from portal.accounts.requests import person
from portal.answers import attempt, sentences, tell
from portal.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """上传签批件并报送. What was typed stays where something is refused; the file must be chosen again."""
    user, submission = theirs(request, pk)
    if not user.has_perm("bulletins.submit_on_paper", submission):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "signing/paper.html", {"submission": submission, "form": PaperForm()})
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "signed_on")}
        done = form.call(submit_on_paper, submission=submission, by=user, upload=form.cleaned_data["scan"], **given)
        if done is not None:
            return redirect("submission", pk)
    return render(request, "signing/paper.html", {"submission": submission, "form": form}, status=422)


@require_POST
@never_cache
def link_make(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time link, shown this once to be copied."""
    user, submission = theirs(request, pk)
    if not user.has_perm("bulletins.make_sign_link", submission):
        raise PermissionDenied
    form = LinkForm(request.POST, approvers=approvers_to_ask(submission))
    if not form.is_valid():
        return _told(request, submission, Refused("请选择发给哪位审核人。"))
    approver = form.cleaned_data["approver"]
    try:
        token = make_sign_link(submission, approver=approver, by=user)
    except Refused as refusal:
        return _told(request, submission, refusal)
    address = request.build_absolute_uri(reverse("sign", args=[token]))
    context = {"submission": submission, "approver": approver, "address": address, "hours": VALID_HOURS}
    return render(request, "signing/link.html", context)


@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End the links that could still be used."""
    user, submission = theirs(request, pk)
    attempt(request, revoke_sign_links, submission, by=user, said="链接已作废，不能再用。")
    return redirect("submission", pk)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a one-time link: exactly the words it was made for, 同意报送 and 退回修改."""
    try:
        link = find_link(token)
        if request.method != "POST":
            return _private(render(request, "signing/sign.html", {"link": link}))
        agree, reason = request.POST.get("answer") == "agree", request.POST.get("reason", "").replace("\x00", "")
        _require_himself(request, link)
        submission = answer_link(token, agree=agree, reason=reason)
    except LinkRefused as refusal:
        return _private(render(request, "signing/unusable.html", {"sentence": str(refusal)}, status=410))
    except (Refused, ValidationError) as error:
        context = {"link": link, "problems": sentences(error), "reason": reason}
        return _private(render(request, "signing/sign.html", context, status=422))
    return _private(render(request, "signing/answered.html", {"submission": submission, "agreed": agree}))


def _require_himself(request: HttpRequest, link: SignLink) -> None:
    """The officer who made a link does not answer it from his own desk. Raises Refused; the link stays open."""
    if request.user.is_authenticated and request.user.pk != link.approver_id:
        raise Refused(
            f"这台电脑上登录的是{request.user}，而链接是发给{link.approver}的，没有办理。"
            f"请{link.approver}在自己的手机或电脑上打开链接，或先退出登录。"
        )


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a key: no search engine keeps it. That no other site is told it, every page has
    (SECURE_REFERRER_POLICY); stricter than same-origin, browsers hide from us, too, where a form comes from."""
    response["X-Robots-Tag"] = "noindex"
    return response


def _told(request: HttpRequest, submission: Any, refusal: Refused) -> HttpResponse:
    tell(request, refusal)
    submission.refresh_from_db()
    return render(request, "submissions/detail.html", shown(submission, person(request)), status=409)
