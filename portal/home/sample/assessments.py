"""捆绑式考核 in the sample programme: last year's result, this year's with the reviewers, surveys; all made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice

from django.utils import timezone

from pilots.models import ActivityKind, AssessedCommunity, Assessment, Community, ItemScore, Reviewer, Scheme, Survey
from pilots.models.survey import FEW_ANSWERS
from pilots.services.activity import Facts, record_activity
from pilots.services.assessment import open_assessment, plan_assessment, publish, show, to_county, to_reviewers
from pilots.services.objection import answer_objection, raise_objection
from pilots.services.reviewing import TypedReview, assign_reviewer, hand_in_reviews, save_reviews, scored_by
from pilots.services.scheme import copy_scheme, save_item
from pilots.services.self_assessment import finish_review, hand_in, settle_score, write_self_assessment
from pilots.services.survey import answer_survey, save_survey
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.home.sample.play import Play
from portal.periods import Period, school_year_of

COUNTY, COMMUNITY, SHIPPED = "安义县", "安义三小城乡发展共同体", "城乡共同体捆绑式考核"
#: Days from now until which the steps of a round last.
STEPS = {"self_until": 15, "county_until": 30, "review_until": 45, "objections_until": 60}
#: What the schools did together: in the year before last, and last year. Kind, day of the year, sessions, who.
EARLIER = [("集体备课", 40, 2), ("教学沙龙", 180, 1)]
LAST_YEAR = [
    ("送教下乡", 30, 4),
    ("集体备课", 50, 4),
    ("联合教研", 80, 3),
    ("师徒结对", 100, 3),
    ("专题讲座", 170, 2),
    ("教学沙龙", 190, 2),
    ("课题研究", 230, 2),
]
WORDS = {
    "A1": "示例：三校共用一套备课、教研和评价制度，每月开一次校长碰头会，遇事当场定人定时。",
    "A3": "示例：开放校本课程八门，课堂每周向成员校直播一次，图书馆和操场每月接待成员校学生。",
    "B1": "示例：开齐了音乐、体育、美术课，两名青年教师在全县赛课中获奖，学困生比上年减少。",
}
SELF_POINTS, SETTLED, OBJECTED = Decimal(14), Decimal(12), Decimal(13)
#: What the two reviewers give, one after the other, of ten.
GIVEN = ((8, 9, 7), (9, 9, 8))
MARKS = (5, 4, 5, 3, 4, 5)
ENOUGH, TOO_FEW = FEW_ANSWERS + 4, FEW_ANSWERS - 4


@dataclass(frozen=True)
class _Cast:
    """Who takes part: the office, the county, who speaks for each school, two experts from outside."""

    editor: User
    county: User
    schools: dict[int, User]
    experts: tuple[User, ...]


def assess_communities(play: Play) -> None:
    """One community: last year's assessment published after an objection, this year's under review, two surveys."""
    if Assessment.objects.exists():
        return
    community = Community.objects.get(name=COMMUNITY)
    year = school_year_of(timezone.localdate())
    last, before = _before(year), _before(_before(year))
    cast = _cast(play, community)
    _work_together(community, cast, before, EARLIER)
    _work_together(community, cast, last, LAST_YEAR)
    _published(community, cast, last, before)
    _under_review(community, cast, year, last)
    _surveys(cast)


def _before(year: Period) -> Period:
    return school_year_of(year.start - timedelta(days=1))


def _cast(play: Play, community: Community) -> _Cast:
    schools = {}
    for number, row in enumerate(community.memberships.select_related("school").order_by("pk"), 1):
        unit = row.school
        known = play.officers.get(unit.name)
        role = Role.INFORMATION_OFFICER
        schools[unit.pk] = known or play.person(f"kaohe{number}", f"{unit.label}信息员", unit, role)
    until, outside = timezone.localdate() + timedelta(days=365), play.units["江西师范大学"]
    names = (("kaohe-zhuanjia1", "考核专家一"), ("kaohe-zhuanjia2", "考核专家二"))
    experts = tuple(play.person(name, called, outside, Role.EXPERT, until=until) for name, called in names)
    return _Cast(play.office[Role.EDITOR], play.officers[COUNTY], schools, experts)


def _work_together(community: Community, cast: _Cast, year: Period, rows: list[tuple[str, int, int]]) -> None:
    lead, *members = [row.school for row in community.memberships.select_related("school").order_by("pk")]
    for name, days, sessions in rows:
        day = year.start + timedelta(days=days)
        kind = ActivityKind.objects.get(name=name)
        took_place = Facts(kind=kind, start=day, end=day, sessions=sessions, place=lead.name, partners=members)
        record_activity(took_place, unit=lead, by=cast.schools[lead.pk])


def _published(community: Community, cast: _Cast, year: Period, base: Period) -> None:
    """From self-assessment to the published result; a member objects, and is right."""
    scheme = Scheme.objects.get(name=SHIPPED)
    round_ = _opened(scheme, community, cast, year, base)
    assessed = round_.communities.get()
    _self_assess(assessed, cast)
    for survey in Survey.objects.filter(score__assessed=assessed):
        _answer(survey, ENOUGH)
    to_county(round_, by=cast.editor)
    _review_for_county(assessed, cast)
    to_reviewers(round_, by=cast.editor)
    for reviewer, given in zip(_reviewers(assessed, cast), GIVEN, strict=True):
        _score(reviewer, given)
        hand_in_reviews(reviewer, by=reviewer.user)
    show(round_, by=cast.editor)
    _object(assessed, cast)
    _let_time_pass(round_, year.end)
    publish(round_, by=cast.editor)


def _under_review(community: Community, cast: _Cast, year: Period, base: Period) -> None:
    """By a scheme of the county's making with a formula in it; one of the two reviewers has handed in."""
    scheme = _with_formula(cast.editor)
    round_ = _opened(scheme, community, cast, year, base)
    assessed = round_.communities.get()
    _self_assess(assessed, cast)
    first, *others = Survey.objects.filter(score__assessed=assessed).order_by("pk")
    _answer(first, ENOUGH)
    for survey in others:
        _answer(survey, TOO_FEW)
    to_county(round_, by=cast.editor)
    _review_for_county(assessed, cast)
    to_reviewers(round_, by=cast.editor)
    done, doing = _reviewers(assessed, cast)
    _score(done, GIVEN[0])
    hand_in_reviews(done, by=done.user)
    _score(doing, GIVEN[1][:1])


def _with_formula(editor: User) -> Scheme:
    """The shipped scheme with five of A3's points for how much of the lead's work is help."""
    scheme = copy_scheme(Scheme.objects.get(name=SHIPPED), by=editor, name=f"{SHIPPED}（示例：含公式）")
    shared = scheme.items.get(code="A3")
    save_item(shared, scheme=scheme, by=editor, weight=Decimal(10))
    save_item(
        None,
        scheme=scheme,
        by=editor,
        code="A4",
        name="帮扶活动占比",
        about="送教、结对、培训、讲座在全部帮扶和教研活动中所占的百分比，达到50%得满分。",
        weight=Decimal(5),
        share="lead",
        way="formula",
        formula="s2-school-support / (s2-school-support + s2-school-research) * 100",
        full_at=Decimal(50),
    )
    return scheme


def _opened(scheme: Scheme, community: Community, cast: _Cast, year: Period, base: Period) -> Assessment:
    today = timezone.localdate()
    days = {step: today + timedelta(days=number) for step, number in STEPS.items()}
    round_ = plan_assessment(
        None,
        by=cast.editor,
        held_by=cast.editor.posts_today[0].unit,
        communities=[community],
        name=f"{year.label}城乡共同体考核",
        scheme=scheme,
        period=year.key,
        base_period=base.key,
        note="示例：各校如实自评，每项附一两份佐证即可，不另做台账。",
        **days,
    )
    return open_assessment(round_, by=cast.editor)


def _self_assess(assessed: AssessedCommunity, cast: _Cast) -> None:
    for score in assessed.scores.filter(item__way__in=("self", "review")).select_related("item", "school"):
        points = SELF_POINTS if score.item.way == "self" else None
        if points is not None:
            points = min(points, score.item.weight)
        by = cast.schools[_school(score).pk]
        write_self_assessment(score, by=by, points=points, words=WORDS[score.item.code])
    for row in assessed.schools.all():
        hand_in(row, by=cast.schools[row.school_id])


def _school(score: ItemScore) -> Unit:
    row = score.school or score.assessed.schools.get(is_lead=True)
    return row.school


def _review_for_county(assessed: AssessedCommunity, cast: _Cast) -> None:
    """The county lowers the one item that the lead scored itself."""
    for score in assessed.scores.filter(item__way="self").select_related("item"):
        points = min(SETTLED, score.item.weight - 1)
        settle_score(score, by=cast.county, points=points, reason="示例：直播课表缺两个月，按实际开放的次数计。")
    finish_review(assessed, by=cast.county)
    for expert in cast.experts:
        assign_reviewer(assessed, expert, by=cast.editor)


def _reviewers(assessed: AssessedCommunity, cast: _Cast) -> list[Reviewer]:
    return [Reviewer.objects.get(assessed=assessed, user=expert) for expert in cast.experts]


def _score(reviewer: Reviewer, given: tuple[int, ...]) -> None:
    rows = zip(scored_by(reviewer), given, strict=False)
    reviews = [TypedReview(score.pk, Decimal(points), "示例：材料实，做法可以推广。") for score, points in rows]
    save_reviews(reviewer, by=reviewer.user, reviews=reviews)


def _object(assessed: AssessedCommunity, cast: _Cast) -> None:
    score = assessed.scores.filter(item__code="A3").select_related("school__school").get()
    unit = _school(score)
    raised = raise_objection(
        score, unit=unit, by=cast.schools[unit.pk], text="示例：缺的两个月课表当时交在了县局，请一并计入。"
    )
    answer_objection(raised, by=cast.editor, upheld=True, points=OBJECTED, answer="示例：已核对课表原件，情况属实。")


def _answer(survey: Survey, number: int) -> None:
    size = len(survey.statements)
    for device in range(number):
        marks = list(islice(cycle(MARKS), device, device + size))
        words = "示例：希望多请城区学校的老师来上课。" if device == 0 else ""
        answer_survey(survey, device=f"sample-{device}", marks=marks, words=words)


def _surveys(cast: _Cast) -> None:
    """One that stands alone, with few answers so far."""
    today = timezone.localdate()
    survey = save_survey(
        None,
        by=cast.editor,
        held_by=cast.editor.posts_today[0].unit,
        title="教师满意度调查（示例）",
        about="请参加过交流、走教的教师填写。",
        statements=("交流期间的食宿和交通有保障。", "到对方学校上课对我有帮助。", "我愿意继续参加。"),
        asks_words=True,
        opens_on=today,
        closes_on=today + timedelta(days=30),
    )
    _answer(survey, TOO_FEW)


def _let_time_pass(round_: Assessment, ended: date) -> None:
    """The steps of last year's round lay after the end of its year; everything else came about by the services."""
    days = {step: ended + timedelta(days=number) for step, number in STEPS.items()}
    Assessment.objects.filter(pk=round_.pk).update(**days)
    opened = ended + timedelta(days=1)
    Survey.objects.filter(score__assessed__assessment=round_).update(opens_on=opened, closes_on=days["county_until"])
