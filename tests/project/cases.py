"""Cases of the walk over all addresses: a draft, one that an expert scores, and a public one."""

from __future__ import annotations

from portal.accounts.models import User
from tests.factories.case import ask, make_case, make_expert, make_public_case, make_sent_case, the_frame


def cases_of(officer: User, editor: User) -> dict[str, int | str]:
    """All three are of the officer's unit."""
    sent = make_sent_case(officer, title="送到办公室的案例")
    (review,) = ask(sent, make_expert(), by=editor)
    return {
        "case_draft": make_case(officer, title="案例草稿").pk,
        "case_sent": sent.pk,
        "case_review": review.pk,
        "case_public": make_public_case(editor, officer, title="公开的案例").pk,
        "case_frame": the_frame().pk,
    }
