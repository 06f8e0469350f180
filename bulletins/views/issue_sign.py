"""签发: in the portal with a second look, or on paper with the scanned 签批单."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bulletins.forms.sign import SignedSheetForm, SignForm
from bulletins.models import Issue
from bulletins.rules import authority_of
from bulletins.services.content import content_of
from bulletins.services.issue_chain import sign_issue, sign_on_paper
from bulletins.services.numbering import proposed_label
from bulletins.states import NUMBERED_ISSUE
from bulletins.views.issue_chain import is_ready
from bulletins.views.issue_page import visible_issue
from bulletins.views.proof_state import proof_state
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.answers import tell
from portal.refusals import Refused, WrongState

#: The digest of no words: a page that showed no proof is no second look.
NOTHING = "none"


@require_http_methods(["GET", "POST"])
def issue_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows exactly what will be printed and asks for the password. A second click finds it done and says so."""
    user, issue = visible_issue(request, pk)
    form = SignForm(request.POST or None)
    if request.method == "POST" and _looked_again(request, user, form):
        try:
            sign_issue(issue, by=user, seen=form.cleaned_data["seen"] or NOTHING)
        except WrongState as error:
            _calmly(request, issue, error)
        except (Refused, ValidationError) as error:
            tell(request, error)
        else:
            messages.success(request, f"已签发，期号为{issue.label}。请确定印发日期。")
        return redirect("issue", pk)
    if not is_ready(request, issue, user, "sign"):
        return redirect("issue", pk)
    context = _shown(issue) | {"form": form, "authority": authority_of(user, Role.ISSUER)}
    return render(request, "issues/sign.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def issue_sign_on_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """登记签批单: what stands on the paper, and its scan. What was typed stays where something is refused."""
    user, issue = visible_issue(request, pk)
    form = SignedSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not user.has_perm("bulletins.enter_signed_sheet", issue):
            raise PermissionDenied
        if form.is_valid() and _entered(request, issue, user, form):
            return redirect("issue", pk)
        issue.refresh_from_db()
    if not is_ready(request, issue, user, "sign_on_paper"):
        return redirect("issue", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "issues/sign_on_paper.html", _shown(issue) | {"form": form}, status=status)


@require_safe
def issue_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The empty 签批单 of an issue, to be printed and signed by hand."""
    _user, issue = visible_issue(request, pk)
    if issue.state in NUMBERED_ISSUE:
        return redirect("issue", pk)
    return render(request, "issues/sheet.html", {"issue": issue, "content": content_of(issue)})


def _looked_again(request: HttpRequest, user: User, form: SignForm) -> bool:
    """Whether the password is the signer's own; wrong tries count like wrong sign-ins."""
    if not form.is_valid():
        return False
    if authenticate(request, username=user.username, password=form.cleaned_data["password"]) == user:
        return True
    form.add_error("password", "密码不对，没有签发。连续输错几次后账号会暂时锁定。")
    return False


def _entered(request: HttpRequest, issue: Issue, user: User, form: SignedSheetForm) -> bool:
    data = form.cleaned_data
    try:
        sign_on_paper(issue, by=user, sheet=form.sheet(), scan=data["scan"], seen=data["seen"])
    except WrongState as error:
        _calmly(request, issue, error)
        return True
    except (Refused, ValidationError) as error:
        tell(request, error)
        return False
    messages.success(request, f"签批单已登记，期号为{issue.label}。请确定印发日期。")
    return True


def _shown(issue: Issue) -> dict[str, object]:
    return {"issue": issue, "proof": proof_state(issue), "next_label": proposed_label(issue)}


def _calmly(request: HttpRequest, issue: Issue, error: WrongState) -> None:
    """After a double click nobody need be alarmed: the issue is signed, once."""
    issue.refresh_from_db()
    if issue.state in NUMBERED_ISSUE:
        messages.info(request, f"本期已经签发，期号为{issue.label}，没有重复编号。")
    else:
        tell(request, error)
