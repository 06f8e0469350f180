"""校样记录: every proof of an issue with who, when, how many pages, and what it changed in the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from bulletins.comparing import Changes, EntryChange, Kind, Placed, compare
from bulletins.content import IssueContent
from bulletins.models import Rendition
from bulletins.queries.issue import issues_in_the_making
from bulletins.queries.proof_rounds import proof_before, proofs_of, round_number
from bulletins.reading.word.numbering import chinese
from bulletins.services.content import content_of
from portal.accounts.requests import person
from portal.text.difference import Piece, difference

#: Rounds on one page: each is shown with all that it changed.
ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A change of an entry for people: what happened, to which, where, and its words with the difference."""

    kinds: tuple[Kind, ...]
    called: str
    where: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Round:
    """A proof as a round. ``changes`` is None for the first, and where what it was made of is not known."""

    number: int
    proof: Rendition
    changes: Changes | None

    @property
    def name(self) -> str:
        return f"{chinese(self.number)}校"

    @property
    def before(self) -> str:
        """The name of the round before; empty for the first."""
        return f"{chinese(self.number - 1)}校" if self.number > 1 else ""

    @property
    def around(self) -> list[tuple[str, list[Piece]]]:
        """Changes of masthead and imprint."""
        rows = self.changes.around if self.changes else ()
        return [(row.label, difference(row.before, row.after)) for row in rows]

    @property
    def entries(self) -> list[Shown]:
        return [_shown(change) for change in self.changes.entries] if self.changes else []


@require_GET
def proof_rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """All rounds of an issue, the latest first."""
    issue = get_object_or_404(issues_in_the_making(person(request)), pk=pk)
    page = Paginator(proofs_of(issue), ROUNDS).get_page(request.GET.get("page"))
    proofs = list(page.object_list)
    last = page.paginator.count - page.start_index() + 1
    earlier = [*proofs[1:], proof_before(proofs[-1])] if proofs else []
    content = content_of(issue)
    context = {
        "issue": issue,
        "label": content.label,
        "page": page,
        "digest": content.digest(),
        "rounds": [
            Round(last - step, proof, _changes(before, proof))
            for step, (proof, before) in enumerate(zip(proofs, earlier, strict=True))
        ],
    }
    return render(request, "issues/rounds.html", context)


def round_of(proof: Rendition) -> Round:
    """The round that a proof is, with what it changed."""
    return Round(round_number(proof), proof, _changes(proof_before(proof), proof))


def _changes(before: Rendition | None, proof: Rendition) -> Changes | None:
    was, now = (_made_of(one) for one in (before, proof))
    if was is None or now is None:
        return None
    return compare(was[0], now[0], was=was[1], now=now[1])


def _made_of(proof: Rendition | None) -> tuple[IssueContent, dict[str, Any]] | None:
    """The words of a proof and its entries' reports."""
    if proof is None or proof.job is None:
        return None
    return IssueContent.from_json(proof.job.payload["content"]), proof.job.payload.get("reports", {})


def _shown(change: EntryChange) -> Shown:
    return Shown(change.kinds, (change.after or change.before)[0].called, _where(change), _pieces(change))


def _pieces(change: EntryChange) -> list[Piece]:
    """The words with what was changed in them; none where an entry only moved."""
    before, after = change.words
    return difference(before, after) if before != after else []


def _where(change: EntryChange) -> str:
    old, new = change.before, change.after
    if Kind.MERGED in change.kinds:
        return f"{_at(new[0])}，由{'、'.join(f'“{one.called}”' for one in old)}合并而成"
    if Kind.RESTORED in change.kinds:
        return f"由“{old[0].called}”分为{'、'.join(map(_at, new))}"
    if Kind.MOVED in change.kinds and old[0].section == new[0].section:
        return f"在【{new[0].section}】由第{old[0].number}条移到第{new[0].number}条"
    if Kind.MOVED in change.kinds:
        return f"由{_at(old[0])}移到{_at(new[0])}"
    return _at((new or old)[0])


def _at(one: Placed) -> str:
    return f"【{one.section}】第{one.number}条"
