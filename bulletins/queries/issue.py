"""Where every list and look-up of issues starts, for pages, API, archive and feed alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from bulletins.models import Entry, Issue, Periodical, Rendition, Section, Submission
from bulletins.queries.readership import own_deliveries
from bulletins.states import ISSUE_TRANSITIONS, OPEN_ISSUE, PUBLIC_ISSUE, IssueState
from portal.accounts.models import User
from portal.accounts.roles import OFFICE_PLANNERS, Role
from portal.audit.models import Entry as AuditEntry
from portal.audit.models import history
from portal.text.official import official_date

#: The links of the chain of sign-off, as transitions (DOMAIN.md, the bulletin).
CHAIN = ("send_for_review", "approve", "sign", "print", "publish")
#: The desk has sent it on, and it is not public yet.
ON_THE_WAY = (IssueState.AWAITING_REVIEW, IssueState.AWAITING_SIGNATURE, IssueState.SIGNED, IssueState.PRINTED)
#: Other ways in which a link is done.
SAME_LINK = {"publish_corrected": "publish"}


def the_periodical() -> Periodical:
    """The one bulletin; the migration creates it."""
    return Periodical.objects.earliest("pk")


def issues_for(user: User) -> QuerySet[Issue]:
    """Issues that ``user`` may see inside the portal: the desk all, a leader once signed, others what is public
    or was sent to them."""
    rows = Issue.objects.select_related("periodical")
    if user.has_perm("bulletins.view_desk"):
        return rows
    if user.has_perm("bulletins.view_issues"):
        return rows.filter(number__isnull=False)
    received = Q(pk__in=own_deliveries(user).values("issue"))
    return rows.filter(received | Q(state__in=PUBLIC_ISSUE, published_at__isnull=False))


def issues_on_their_way(user: User) -> QuerySet[Issue]:
    """What the desk has sent on its way and waits for: the review, the signature, the printing."""
    rows = Issue.objects.filter(state__in=ON_THE_WAY)
    return rows if user.holds(*OFFICE_PLANNERS, Role.ISSUER) else rows.none()


def issues_in_the_making(user: User) -> QuerySet[Issue]:
    """Issues with all that belongs to their making, for the desk alone."""
    rows = Issue.objects.select_related("periodical")
    return rows if user.has_perm("bulletins.view_desk") else rows.none()


def open_issues(user: User) -> QuerySet[Issue]:
    """Issues whose words may still change, the next one first."""
    return issues_in_the_making(user).filter(state__in=OPEN_ISSUE).order_by("issue_date", "pk")


def public_issues() -> QuerySet[Issue]:
    """What anybody may read, the latest first. An issue is public only with its final PDF."""
    return (
        Issue.objects.filter(state__in=PUBLIC_ISSUE, published_at__isnull=False)
        .select_related("periodical")
        .order_by("-issue_date", "-number", "-pk")
    )


def section_by_kind(sections: Iterable[Section]) -> dict[str, Section]:
    """Where reports of a unit of each kind are printed: the first of ``sections`` that takes them (data)."""
    found: dict[str, Section] = {}
    for section in sections:
        for kind in section.unit_kinds:
            found.setdefault(kind, section)
    return found


def entries_of(issue: Issue) -> QuerySet[Entry]:
    """Entries in printed order with section, parts, cases, and reports with their units and what was joined into them.

    Eight queries, however many entries.
    """
    reports = Submission.objects.select_related("unit").prefetch_related("parts__unit")
    return issue.entries.select_related("section").prefetch_related(
        Prefetch("submissions", queryset=reports), "parts", "case_links__case"
    )


def latest_proof(issue: Issue) -> Rendition | None:
    return issue.renditions.filter(kind=Rendition.Kind.PROOF).first()


def proof_of(issue: Issue, content_digest: str) -> Rendition | None:
    """A proof of exactly these words, if one was made."""
    return issue.renditions.filter(kind=Rendition.Kind.PROOF, content_digest=content_digest).first()


def final_rendition(issue: Issue) -> Rendition | None:
    return issue.renditions.filter(kind=Rendition.Kind.FINAL).first()


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain of sign-off: done by whom and when, or still to come (``name`` empty).

    ``note`` says what is special about it: for whom and by which paper, or that it was signed on paper.
    """

    label: str
    name: str = ""
    at: datetime | None = None
    note: str = ""


def chain_of(records: Iterable[AuditEntry]) -> list[Link]:
    """The chain from 送审 to 公开, read off an issue's records (newest first). Sending back makes it begin anew."""
    labels = {transition.name: transition.label for transition in ISSUE_TRANSITIONS}
    done: dict[str, Link] = {}
    for row in reversed(list(records)):
        name = row.action.rpartition(".")[2]
        if name == "send_back":
            done.clear()
        elif name == "sign_on_paper":
            done |= _links_on_paper(row, labels)
        elif SAME_LINK.get(name, name) in CHAIN:
            done[SAME_LINK.get(name, name)] = Link(row.label, row.by_name, row.at, _authority_note(row))
    return [done.get(name, Link(labels[name])) for name in CHAIN]


def _links_on_paper(row: AuditEntry, labels: dict[str, str]) -> dict[str, Link]:
    """The two signatures of a 签批单, with the days that stand on it, and who entered it."""
    note = f"纸质签批单，{row.by_name}登记"
    signatures = {"approve": ("reviewer", "reviewed_on"), "sign": ("issuer", "signed_on")}
    return {
        name: Link(labels[name], row.data[who], row.at, f"{official_date(date.fromisoformat(row.data[day]))}，{note}")
        for name, (who, day) in signatures.items()
    }


def _authority_note(row: AuditEntry) -> str:
    return f"代{row.data['principal']}，依据{row.data['basis']}" if "principal" in row.data else ""


def records_of(issue: Issue) -> list[AuditEntry]:
    """Everything recorded about an issue, newest first; one query."""
    return list(history(issue))


def sent_back_with(issue: Issue, records: Iterable[AuditEntry]) -> AuditEntry | None:
    """Why the issue came back, as long as it is open and has not been sent for review again."""
    if issue.state not in OPEN_ISSUE:
        return None
    for row in records:
        if row.action.endswith((".send_back", ".send_for_review")):
            return row if row.action.endswith(".send_back") else None
    return None


def issues_with_counts(user: User) -> QuerySet[Issue]:
    """The list of issues at the desk, with the number of entries each has now."""
    return issues_for(user).annotate(entry_count=Count("entries")).order_by("-issue_date", "-pk")


def next_window(today: date) -> tuple[date, date]:
    """The collection window proposed for a new issue: from the day after the last window's end to ``today``."""
    last = Issue.objects.order_by("-window_end").values_list("window_end", flat=True).first()
    start = last + timedelta(days=1) if last else today.replace(day=1)
    return start, max(start, today)


def asked_at(issue: Issue, kind: str) -> datetime | None:
    """When a proof (or the final file) was last asked for; a job that is tried again keeps its first date."""
    actions = ("proof",) if kind == Rendition.Kind.PROOF else ("print", "retry_final")
    names = [f"{issue._meta.label_lower}.{action}" for action in actions]
    return history(issue).filter(action__in=names).values_list("at", flat=True).first()
