"""Look-ups of an issue's proofs as rounds: 一校, 二校, 三校 … in the order in which they were made."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import QuerySet

from bulletins.models import EntrySource, Issue, Rendition


def proofs_of(issue: Issue) -> QuerySet[Rendition]:
    """The proofs of ``issue``, the latest first, each with its job (the words it was made of) and who asked for it."""
    return issue.renditions.filter(kind=Rendition.Kind.PROOF).select_related("job__created_by").order_by("-pk")


def round_number(proof: Rendition) -> int:
    """Which round a proof is, from 1."""
    return Rendition.objects.filter(issue=proof.issue_id, kind=Rendition.Kind.PROOF, pk__lte=proof.pk).count()


def proof_before(proof: Rendition) -> Rendition | None:
    """The proof made before this one."""
    return proofs_of(proof.issue).filter(pk__lt=proof.pk).first()


def reports_by_entry(issue: Issue) -> dict[str, list[int]]:
    """By an entry's key in print the keys of the reports it is made of."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = EntrySource.objects.filter(entry__issue=issue).order_by("entry", "submission")
    for entry, report in rows.values_list("entry", "submission"):
        found[f"entry-{entry}"].append(report)
    return dict(found)
