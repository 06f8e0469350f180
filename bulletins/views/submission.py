"""信息报送, the unit's side: the list, one report, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bulletins.forms.submission import FilterForm, NewForm
from bulletins.models import Submission
from bulletins.queries.collecting import schools_to_write_for
from bulletins.queries.submission import (
    filter_submissions,
    own_submissions,
    received_submissions,
    section_of,
    submissions_for,
    unit_history,
)
from bulletins.queries.whereabouts import whereabouts
from bulletins.rules import UNIT_ROLES
from bulletins.services import submission as services
from bulletins.services.acts import act_on_submission
from bulletins.services.print_words import as_printed
from bulletins.services.submission_rows import fact_lines
from bulletins.states import WITH_UNIT, SubmissionState
from bulletins.views.submission_hints import LONGEST_USUAL, SHORTEST_USUAL, odd_note
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person, whole_number
from portal.answers import attempt
from portal.notices.services import mark_seen
from portal.text.structure import paragraphs
from portal.workflow import Transition, available

#: The unit's acts, and what the page says when one is done. The office's decisions have their own addresses.
SAID = {
    "send_to_approver": "已送本单位审核人。",
    "submit": "已报送。下面可以看到进展。",
    "approve": "已同意，稿件已报送。",
    "send_back": "已退回，信息员会看到您的理由。",
    "withdraw": "已撤回，稿件回到草稿，可以修改。",
    "hand_in": "已交本单位信息员。下面可以看到进展。",
    "take_back": "已取回，可以修改。",
    "hand_back": "已退回，撰写人会看到您的理由。",
    "forward": "已以本单位名义转报，学校会看到进展。",
    "pass_back": "已退回，对方会看到您的理由。",
    "keep": "已留用，对方会看到您的说明。",
    "take_up": "已放回待汇总。",
    "free": "已移出汇总稿，回到待汇总。",
}
SENDING = frozenset({"send_to_approver", "submit", "hand_in"})


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of the person's units, fifty a page; filters stay in the address."""
    user = demand(request, "bulletins.add_submission")
    form = FilterForm(request.GET)
    narrowing = form.narrowing()
    rows = filter_submissions(own_submissions(user), **narrowing)
    units = user.units_as(*UNIT_ROLES)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing),
        "units": units,
        "new_form": NewForm(units=units),
    }
    return render(request, "submissions/list.html", context)


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """A new draft of the chosen unit, or of the only one."""
    user = demand(request, "bulletins.add_submission")
    units = user.units_as(*UNIT_ROLES)
    chosen = units[0].pk if len(units) == 1 and "unit" not in request.POST else None
    if chosen is None:
        units = [*units, *schools_to_write_for(user)]
        form = NewForm(request.POST, units=units)
        if not form.is_valid():
            messages.error(request, "请先选择报送单位，再新建报送。")
            return redirect("submissions")
        chosen = form.cleaned_data["unit"]
    unit = next(unit for unit in units if unit.pk == chosen)
    return redirect("submission-edit", services.create_submission(unit=unit, by=user).pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Text, facts, files, state and history, and what may be done now."""
    user, submission = theirs(request, pk)
    mark_seen(about=submission, by=user)
    return render(request, "submissions/detail.html", shown(submission, user))


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it will stand in print, before the office has edited it."""
    user, submission = theirs(request, pk)
    lead, text = as_printed(submission.title, submission.text)
    context = shown(submission, user) | {
        "lead": lead,
        "paragraphs": paragraphs(text),
        "section": section_of(submission),
        "length": len("".join(f"{lead}{text}".split())),
        "usual": (SHORTEST_USUAL, LONGEST_USUAL),
        "odd_note": odd_note(submission.title, submission.text),
    }
    return render(request, "submissions/preview.html", context)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away that never left the unit."""
    user, submission = theirs(request, pk)
    done = attempt(request, services.delete_draft, submission, by=user, said="草稿已删除。")
    return redirect("submissions") if done else redirect("submission", pk)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step of the unit. A refusal is told on the report's page, with the reason still in its field."""
    user, submission = theirs(request, pk)
    if name not in SAID:
        raise Http404
    reason = request.POST.get("reason", "").replace("\x00", "")
    version = whole_number(request.POST.get("seen", ""))
    if attempt(request, act_on_submission, submission, name, by=user, reason=reason, seen=version, said=SAID[name]):
        return redirect("submission", pk)
    submission.refresh_from_db()
    context = shown(submission, user, typed={name: reason})
    return render(request, "submissions/detail.html", context, status=409)


def theirs(request: HttpRequest, pk: int) -> tuple[User, Submission]:
    """The person and a report that he may see (the desk reads what has left a unit); 404 otherwise."""
    user = person(request)
    return user, get_object_or_404(submissions_for(user), pk=pk)


@dataclass(frozen=True, slots=True)
class Step:
    """A button of the unit's pages; ``typed`` is the reason that was refused, None where none was given."""

    transition: Transition
    label: str
    typed: str | None = None


def buttons(submission: Submission, user: User) -> list[Transition]:
    """The unit's steps that are open to ``user``."""
    return [step for step in available(submission, user) if step.name in SAID]


def step_label(submission: Submission, step: Transition) -> str:
    """What the button of a step is called: sending a returned report again has a name of its own."""
    again = submission.state == SubmissionState.RETURNED and step.name in SENDING
    return "修改后重报" if again else step.label


def shown(submission: Submission, user: User, *, typed: dict[str, str] | None = None) -> dict[str, Any]:
    """What every page about one report needs; ``typed`` holds reasons by the name of the step that was refused."""
    never_left = submission.state == SubmissionState.DRAFT and submission.submitted_at is None
    writes = user.has_perm("bulletins.write_submission", submission)
    return {
        "submission": submission,
        "steps": [
            Step(step, step_label(submission, step), (typed or {}).get(step.name)) for step in buttons(submission, user)
        ],
        "may_edit": writes and submission.state in WITH_UNIT,
        "may_delete": writes and never_left,
        "may_certify": user.has_perm("bulletins.make_certificate", submission),
        "at_desk": user.has_perm("bulletins.view_desk")
        and received_submissions(user).filter(pk=submission.pk).exists(),
        "facts": fact_lines(submission),
        "history": unit_history(submission),
        "whereabouts": whereabouts(submission),
    }
