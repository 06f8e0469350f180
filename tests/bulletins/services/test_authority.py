"""代签授权: who may review or sign for whom, in writing and for a limited time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from bulletins.models import SigningAuthority
from bulletins.queries.issue import chain_of, records_of
from bulletins.services.authority import end_authority, give_authority
from bulletins.services.issue_chain import approve_issue, sign_issue
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.services.post import end_post
from portal.files.services import attach_file, detach_file
from portal.inbox.queries import waiting_for
from portal.refusals import Refused
from tests.bulletins.chain import approved, make_written, sent_for_review
from tests.portal.files.samples import picture, upload


def give(principal: User, substitute: User, by: User, role: str = Role.ISSUER, days: int = 7) -> SigningAuthority:
    today = timezone.localdate()
    return give_authority(
        principal=principal,
        substitute=substitute,
        role=role,
        since=today,
        until=today + timedelta(days=days),
        basis="2024年12月1日授权书",
        by=by,
    )


def again(user: User) -> User:
    """The same person on a new request."""
    return User.objects.get(pk=user.pk)


def test_a_substitute_signs_and_the_chain_says_for_whom_and_by_which_paper(
    editor: User, reviewer: User, issuer: User
) -> None:
    give(issuer, reviewer, issuer)
    issue = sign_issue(approved(make_written(editor)), by=reviewer)
    link = next(link for link in chain_of(records_of(issue)) if link.label == "签发")
    assert (link.name, link.note) == ("省办审核", "代省办签发人，依据2024年12月1日授权书")


def test_without_an_authority_nobody_signs_for_another(editor: User, reviewer: User) -> None:
    issue = approved(make_written(editor))
    with pytest.raises(PermissionDenied):
        sign_issue(issue, by=reviewer)


def test_an_authority_to_review_is_none_to_sign(editor: User, reviewer: User, issuer: User) -> None:
    give(reviewer, editor, issuer, Role.REVIEWER)
    issue = approve_issue(sent_for_review(make_written(editor)), by=editor)
    with pytest.raises(PermissionDenied):
        sign_issue(issue, by=editor)


def test_what_waits_for_the_principal_waits_for_the_substitute(editor: User, reviewer: User, issuer: User) -> None:
    issue = approved(make_written(editor))
    authority = give(issuer, reviewer, issuer)
    assert "代省办签发人签发本期" in [row.what for row in waiting_for(again(reviewer))]
    end_authority(authority, by=issuer)
    assert [row.what for row in waiting_for(again(reviewer))] == []
    with pytest.raises(PermissionDenied):
        sign_issue(issue, by=again(reviewer))


def test_it_ends_with_the_principals_own_post(editor: User, reviewer: User, issuer: User) -> None:
    give(issuer, reviewer, issuer)
    end_post(issuer.posts.get(), by=None)
    issue = approved(make_written(editor)) if again(issuer).holds(Role.ISSUER) else None
    assert issue is None
    assert not again(reviewer).has_perm("bulletins.sign_issue")


@pytest.mark.parametrize("days", [-1, -30])
def test_it_ends_after_it_begins(reviewer: User, issuer: User, days: int) -> None:
    with pytest.raises(ValidationError, match="早于"):
        give(issuer, reviewer, issuer, days=days)


def test_days_gone_by_are_refused(reviewer: User, issuer: User) -> None:
    with pytest.raises(ValidationError, match="已过"):
        give_authority(
            principal=issuer,
            substitute=reviewer,
            role=Role.ISSUER,
            since=date(2024, 1, 1),
            until=date(2024, 2, 1),
            basis="授权书",
            by=issuer,
        )


def test_who_holds_no_post_has_none_to_lend(reviewer: User, editor: User, issuer: User) -> None:
    with pytest.raises(ValidationError, match="不担任"):
        give(reviewer, editor, issuer, Role.ISSUER)


def test_the_substitute_works_at_the_desk(issuer: User, officer: User) -> None:
    with pytest.raises(ValidationError, match="编审人员"):
        give(issuer, officer, issuer)


def test_one_authority_at_a_time(reviewer: User, issuer: User) -> None:
    give(issuer, reviewer, issuer)
    with pytest.raises(ValidationError, match="已有"):
        give(issuer, reviewer, issuer)


def test_an_editor_enters_none(reviewer: User, issuer: User, editor: User) -> None:
    with pytest.raises(PermissionDenied):
        give(issuer, reviewer, editor)


def test_its_paper_stays(reviewer: User, issuer: User) -> None:
    authority = give(issuer, reviewer, by=issuer)
    paper = attach_file(owner=authority, upload=upload(picture(), "授权书.png"), by=issuer)
    paper.owner = authority
    with pytest.raises(Refused, match="已存档"):
        detach_file(paper, by=issuer)
