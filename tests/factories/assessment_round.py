"""A round of 捆绑式考核 taken as far as a test needs it, by the people whose turn it is."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pilots.models import AssessedSchool, Assessment, ItemScore, Reviewer
from pilots.services.assessment import open_assessment, publish, show, to_county, to_reviewers
from pilots.services.reviewing import TypedReview, assign_reviewer, hand_in_reviews, save_reviews
from pilots.services.self_assessment import finish_review, hand_in, write_self_assessment
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_user
from tests.factories.assessment import make_assessment, make_expert
from tests.factories.community import make_community, make_school


class Round:
    """A round over one community with a lead and two members, and the people in it."""

    def __init__(self, **fields: Any) -> None:
        self.editor = make_user(Role.EDITOR)
        county = make_school().parent
        assert county is not None
        self.county = make_user(Role.STAFF, county)
        schools = [make_school(county) for _ in range(3)]
        self.community = make_community(county, lead=schools[0], members=schools[1:])
        self.lead = make_user(Role.INFORMATION_OFFICER, schools[0])
        self.members = [make_user(Role.INFORMATION_OFFICER, school) for school in schools[1:]]
        self.assessment = make_assessment(self.editor, [self.community], **fields)
        self.assessed = self.assessment.communities.get()
        self.experts = [make_expert(), make_expert()]

    def score(self, code: str, user: User | None = None) -> ItemScore:
        rows = ItemScore.objects.filter(assessed=self.assessed, item__code=code)
        return rows.get(school__school=user.posts_today[0].unit) if user else rows.get()

    def open(self) -> None:
        open_assessment(self.assessment, by=self.editor)

    def self_assessed(self) -> None:
        self.open()
        write_self_assessment(self.score("A1"), by=self.lead, points=Decimal(36), words="开放了课程。")
        write_self_assessment(self.score("C1"), by=self.lead, points=Decimal(18), words="每两周一次。")
        for member in self.members:
            write_self_assessment(self.score("B1", member), by=member, points=None, words="课堂有进步。")
        for row in AssessedSchool.objects.filter(assessed=self.assessed):
            speaker = next(one for one in (self.lead, *self.members) if one.posts_today[0].unit_id == row.school_id)
            hand_in(row, by=speaker)

    def with_county(self) -> None:
        self.self_assessed()
        to_county(self.assessment, by=self.editor)

    def with_reviewers(self) -> None:
        self.with_county()
        finish_review(self.assessed, by=self.county)
        for expert in self.experts:
            assign_reviewer(self.assessed, expert, by=self.editor)
        to_reviewers(self.assessment, by=self.editor)

    def reviewer(self, number: int) -> Reviewer:
        return Reviewer.objects.get(assessed=self.assessed, user=self.experts[number])

    def scored(self) -> None:
        self.with_reviewers()
        for number, given in enumerate(((30, 20), (36, 30))):
            row, scores = self.reviewer(number), [self.score("B1", member) for member in self.members]
            reviews = [TypedReview(score.pk, Decimal(one)) for score, one in zip(scores, given, strict=True)]
            save_reviews(row, by=self.experts[number], reviews=reviews)
            hand_in_reviews(row, by=self.experts[number])

    def shown(self) -> None:
        self.scored()
        show(self.assessment, by=self.editor)

    def time_passes(self) -> None:
        day = timezone.localdate() - timedelta(days=1)
        names = ("self_until", "county_until", "review_until", "objections_until")
        Assessment.objects.filter(pk=self.assessment.pk).update(**dict.fromkeys(names, day))
        self.assessment.refresh_from_db()

    def published(self) -> None:
        self.shown()
        self.time_passes()
        self.publish()

    def publish(self) -> None:
        publish(self.assessment, by=self.editor)
