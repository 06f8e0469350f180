"""How full an issue in the making is, for every page that shows its proof."""

from __future__ import annotations

from dataclasses import dataclass

from bulletins.content import IssueContent
from bulletins.extent import estimated_pages
from bulletins.models import Issue
from bulletins.views.proof_state import ProofState


@dataclass(frozen=True, slots=True)
class Extent:
    """Pages so far against the usual number; ``is_exact`` where a proof of exactly these words counts them."""

    pages: int
    usual: int
    is_exact: bool

    @property
    def over(self) -> int:
        return max(0, self.pages - self.usual)

    @property
    def left(self) -> int:
        return max(0, self.usual - self.pages)


def extent_of(issue: Issue, content: IssueContent, proof: ProofState) -> Extent:
    """From the proof where it is current, else reckoned from the characters."""
    usual = issue.periodical.usual_pages
    if proof.is_current and proof.rendition is not None:
        return Extent(proof.rendition.pages, usual, True)
    return Extent(estimated_pages(content), usual, False)
