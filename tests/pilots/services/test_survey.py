"""满意度调查: one answer a device, nothing that tells who answered, results only above few answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilots.models import Survey, SurveyAnswer
from pilots.models.survey import FEW_ANSWERS
from pilots.queries.survey import result_of_survey, surveys_for
from pilots.services.survey import answer_survey, delete_survey, save_survey
from pilots.views.survey import DEVICE_COOKIE
from portal.accounts.roles import Role
from portal.refusals import Refused
from tests.factories import make_user
from tests.factories.assessment import STATEMENTS, make_survey
from tests.factories.community import make_school

pytestmark = pytest.mark.django_db

MARKS = {"mark_0": "5", "mark_1": "4", "words": "很好"}


def address(survey: Survey) -> str:
    return reverse("survey-answer", args=[survey.token])


def fill(survey: Survey, client: Client) -> int:
    client.get(address(survey))
    return client.post(address(survey), MARKS).status_code


def test_anybody_with_the_link_answers_without_signing_in() -> None:
    survey, visitor = make_survey(make_user(Role.EDITOR)), Client()
    assert fill(survey, visitor) == 200
    (answer,) = survey.answers.all()
    assert (answer.marks, answer.words) == ([5, 4], "很好")


def test_a_device_answers_once() -> None:
    survey, visitor = make_survey(make_user(Role.EDITOR)), Client()
    fill(survey, visitor)
    second = visitor.post(address(survey), MARKS)
    assert second.status_code == 422
    assert "每台设备只能填一次" in second.content.decode()
    answer_survey(survey, device="one", marks=[5, 5], words="")
    with pytest.raises(Refused, match="每台设备只能填一次"):
        answer_survey(survey, device="one", marks=[5, 5], words="")
    assert survey.answers.count() == 2
    assert fill(survey, Client()) == 200


def test_a_made_up_mark_of_the_device_does_not_count() -> None:
    survey, visitor = make_survey(make_user(Role.EDITOR)), Client()
    visitor.cookies[DEVICE_COOKIE] = "made-up"
    assert visitor.post(address(survey), MARKS).status_code == 422
    assert not survey.answers.exists()


def test_nothing_kept_tells_who_answered() -> None:
    editor, visitor = make_user(Role.EDITOR), Client()
    first, second = make_survey(editor), make_survey(editor, title="另一份")
    fill(first, visitor)
    fill(second, visitor)
    held = visitor.cookies[DEVICE_COOKIE].value
    kept = list(SurveyAnswer.objects.values_list("device", flat=True))
    assert len(set(kept)) == 2
    assert not any(one in held for one in kept)
    names = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert names == {"id", "survey", "device", "marks", "words", "day"}


def test_a_survey_takes_answers_only_while_it_is_open() -> None:
    editor, today = make_user(Role.EDITOR), timezone.localdate()
    past = make_survey(editor, opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
    coming = make_survey(editor, opens_on=today + timedelta(days=1))
    for survey, told in ((past, "结束"), (coming, "开始")):
        page = Client().get(address(survey)).content.decode()
        assert told in page
        assert '<form method="post">' not in page
        with pytest.raises(Refused, match=told):
            answer_survey(survey, device="one", marks=[5, 5], words="")


def test_what_is_left_out_is_told_and_what_was_chosen_stays() -> None:
    survey, visitor = make_survey(make_user(Role.EDITOR)), Client()
    visitor.get(address(survey))
    answer = visitor.post(address(survey), {"mark_0": "5", "mark_1": ""})
    assert answer.status_code == 422
    assert "请选一项" in answer.content.decode()
    assert "checked" in answer.content.decode()


def test_results_are_shown_only_above_ten_answers() -> None:
    survey = make_survey(make_user(Role.EDITOR))
    for number in range(FEW_ANSWERS):
        answer_survey(survey, device=f"device{number}", marks=[5, 3], words="挺好")
    few = result_of_survey(survey)
    assert (FEW_ANSWERS, few.is_shown, few.average, few.words) == (10, False, None, ())
    answer_survey(survey, device="the eleventh", marks=[5, 3], words="")
    enough = result_of_survey(survey)
    assert [enough.answers, enough.average] == [11, 4]
    assert [row.average for row in enough.statements] == [5, 3]


def test_statements_stay_as_they_were_answered() -> None:
    editor = make_user(Role.EDITOR)
    survey = make_survey(editor)
    answer_survey(survey, device="one", marks=[5, 5], words="")
    days = {"title": survey.title, "opens_on": survey.opens_on, "closes_on": survey.closes_on}
    save_survey(survey, by=editor, held_by=survey.held_by, statements=STATEMENTS, **days)
    with pytest.raises(Exception, match="已有人作答"):
        save_survey(survey, by=editor, held_by=survey.held_by, statements=["别的题"], **days)
    with pytest.raises(Refused, match="已有人作答"):
        delete_survey(survey, by=editor)


def test_a_school_does_not_see_the_surveys_of_others() -> None:
    make_survey(make_user(Role.EDITOR))
    assert not surveys_for(make_user(Role.STAFF, make_school())).exists()
