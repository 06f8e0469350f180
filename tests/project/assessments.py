"""An assessment for the walk over all addresses: open, over a community of the unit's school, with a reviewer."""

from __future__ import annotations

from pilots.models import Community, Objection
from pilots.services.assessment import open_assessment
from pilots.services.reviewing import assign_reviewer
from portal.accounts.models import User
from tests.factories.assessment import make_assessment, make_expert, make_survey


def assessments_of(community: int | str, editor: User) -> dict[str, int | str]:
    """Ids that the addresses of 考核评价 need; the scores are those of the community's lead."""
    found = make_assessment(editor, [Community.objects.get(pk=community)])
    open_assessment(found, by=editor)
    assessed = found.communities.get()
    lead = assessed.schools.get(is_lead=True)
    score = lead.scores.get()
    survey = make_survey(editor)
    return {
        "assessment": found.pk,
        "assessed": assessed.pk,
        "assessed_school": lead.pk,
        "reviewer_of_it": assign_reviewer(assessed, make_expert(), by=editor).pk,
        "item_score": score.pk,
        "objection": Objection.objects.create(score=score, unit=lead.school, text="分数算少了。").pk,
        "scheme": found.scheme_id,
        "scheme_item": found.scheme.items.earliest("pk").pk,
        "survey": survey.pk,
        "survey_token": survey.token,
    }
