"""What the public page of verification tells of a token: one issue or one certificate, nothing beside it."""

from __future__ import annotations

from django.db.models import Prefetch

from bulletins.models import Certificate, Issue, Rendition
from bulletins.queries.issue import public_issues
from bulletins.states import IssueState

#: States that a printed copy does not show; any other state means that it stands.
NO_LONGER_PLAIN = (IssueState.CORRECTED, IssueState.VOIDED)
VALID = "有效"


def issue_by_token(token: str) -> Issue | None:
    """The issue whose imprint carries ``token``, with its final file as ``final_files``."""
    finals = Prefetch("renditions", Rendition.objects.filter(kind=Rendition.Kind.FINAL), to_attr="final_files")
    return Issue.objects.select_related("periodical").prefetch_related(finals).filter(verify_token=token).first()


def certificate_by_token(token: str) -> Certificate | None:
    """The certificate that carries ``token``."""
    return Certificate.objects.filter(token=token).first()


def issue_certified(certificate: Certificate) -> Issue:
    """The issue that a certificate speaks of, by what it says: a voided issue's reports stand in it no longer, and
    what was joined into another report never stood in one by itself."""
    said = certificate.content
    rows = Issue.objects.select_related("periodical").filter(
        content__label=said["label"], issue_date=said["issue_date"], number__isnull=False
    )
    return next(issue for issue in rows if f"{issue.masthead}{issue.periodical.title}" == said["periodical"])


def standing_of(issue: Issue) -> str:
    """有效, 已更正 or 已作废."""
    return str(issue.get_state_display()) if issue.state in NO_LONGER_PLAIN else VALID


def public_notices(issue: Issue) -> list[Issue]:
    """The public issues in which corrections of ``issue`` are printed, each once."""
    notices = issue.corrections.values("notice__issue")
    return list(public_issues().filter(pk__in=notices))


def is_public(issue: Issue) -> bool:
    """Whether anybody may read the issue in the archive."""
    return public_issues().filter(pk=issue.pk).exists()
