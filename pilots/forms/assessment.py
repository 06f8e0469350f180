"""Forms of 考核评价: rounds, self-assessment, review, objections."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from pilots.models import Assessment, Community, ItemScore, Scheme
from pilots.queries.assessment import possible_communities
from pilots.scoring import number
from pilots.services.reviewing import TypedReview
from pilots.states.assessment import DAYS_OPEN, AssessmentState
from portal.accounts.forms.base import NarrowingForm, PersonField, PlainForm, day_field, search_field, split_list
from portal.accounts.models import Unit
from portal.accounts.queries.unit import within
from portal.periods import Period, school_year_of, terms_of

#: How many school years back a round may look.
_YEARS = 4
#: What the days of a round are called.
DAY_NAMES = {
    "self_until": "自评截止日期",
    "county_until": "县级复核截止日期",
    "review_until": "专家评审截止日期",
    "objections_until": "异议截止日期",
}


class AssessmentFilter(NarrowingForm):
    """Filters of the list of rounds."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *AssessmentState.choices])
    text = search_field("名称")


class SchemeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A choice of the schemes in use."""

    def __init__(self) -> None:
        super().__init__(queryset=Scheme.objects.filter(is_active=True), label="考核方案", empty_label="请选择")


class AssessmentForm(PlainForm):
    """What is assessed, over which time, and until when each step lasts."""

    name = forms.CharField(label="名称", max_length=60, help_text="例如“2024—2025学年城乡共同体考核”。")
    scheme = SchemeField()
    period = forms.ChoiceField(label="考核时段")
    base_period = forms.ChoiceField(
        label="对比时段", required=False, help_text="方案中有看增长的内容时必须填写：与这一时段相比。"
    )
    communities = forms.CharField(
        label="参评共同体",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="共同体的名称，用顿号或换行分开；写县（市、区）或设区市的名称，就是其全部共同体。",
    )
    self_until = day_field(DAY_NAMES["self_until"])
    county_until = day_field(DAY_NAMES["county_until"])
    review_until = day_field(DAY_NAMES["review_until"])
    objections_until = day_field(DAY_NAMES["objections_until"])
    note = forms.CharField(label="考核要求", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, held_by: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possible = possible_communities(held_by)
        offered = [(one.key, one.label) for one in _periods()]
        period: Any = self.fields["period"]
        base: Any = self.fields["base_period"]
        period.choices, base.choices = offered, [("", "不对比"), *offered]

    def clean_communities(self) -> list[Community]:
        found: dict[int, Community] = {}
        wrong = []
        for name in split_list(self.cleaned_data["communities"]):
            rows = list(self.possible.filter(name=name)) or self._of_area(name)
            found |= {row.pk: row for row in rows}
            if not rows:
                wrong.append(f"没有找到名为“{name}”的共同体，也没有这个地区的共同体，请核对。")
        if wrong:
            raise ValidationError(wrong[:5])
        return list(found.values())

    def _of_area(self, name: str) -> list[Community]:
        areas = [unit.pk for unit in Unit.objects.filter(name=name)]
        return list(self.possible.filter(within(areas, "area"))) if areas else []


def _periods() -> list[Period]:
    """School years with their terms, the latest first."""
    found: list[Period] = []
    year = school_year_of(timezone.localdate())
    for _ in range(_YEARS):
        first, second = terms_of(year)
        found += [year, second, first]
        year = school_year_of(year.start.replace(year=year.start.year - 1))
    return found


class PostponeForm(PlainForm):
    """Later days for what is not over yet, and why."""

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DAYS_OPEN.get(AssessmentState(assessment.state), ()):
            self.fields[name] = day_field(DAY_NAMES[name])
            self.initial[name] = getattr(assessment, name)
        self.fields["reason"] = forms.CharField(
            label="延期理由",
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
            help_text="参评单位和县（市、区）会收到新的日期和理由。",
        )


def points_field(label: str, most: Decimal, **options: Any) -> forms.DecimalField:
    """Points of one item, to the tenth."""
    return forms.DecimalField(
        label=label,
        max_digits=5,
        decimal_places=1,
        min_value=Decimal(0),
        max_value=most,
        error_messages={
            "invalid": "得分请填数字。",
            "min_value": "得分不能小于0。",
            "max_value": f"这项最高{number(most)}分，请核对。",
            "max_decimal_places": "得分最多一位小数。",
            "max_digits": f"这项最高{number(most)}分，请核对。",
        },
        **options,
    )


class SelfForm(PlainForm):
    """What a school says of one item."""

    words = forms.CharField(label="自评说明", required=False, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, score: ItemScore, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if score.item.way == "self":
            self.fields["points"] = points_field(f"自评得分（最高{number(score.item.weight)}分）", score.item.weight)
            self.fields["points"].widget.attrs |= {"class": "form-control", "inputmode": "decimal"}
            self.fields["points"].required = False
            self.order_fields(["points", "words"])
        self.initial.update(points=score.self_points, words=score.words)


class SettleForm(PlainForm):
    """核定: empty points agree with the school's own."""

    def __init__(self, *args: Any, score: ItemScore, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = score.item.weight
        self.fields["points"] = points_field(
            f"核定得分（最高{number(most)}分）", most, required=False, help_text="同意自评得分的，留空即可。"
        )
        self.fields["reason"] = forms.CharField(label="核定理由", required=False, max_length=500)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        self.initial.update(points=score.county_points, reason=score.county_reason)


class ReviewerForm(PlainForm):
    """An expert, picked from a list or typed."""

    user = PersonField(label="评审专家")


class ObjectionForm(PlainForm):
    """What is said against a score, in the name of one's unit."""

    text = forms.CharField(label="异议内容和理由", required=False, widget=forms.Textarea(attrs={"rows": 4}))


class AnswerForm(PlainForm):
    """What is decided of an objection."""

    upheld = forms.ChoiceField(label="处理意见", choices=[("", "请选择"), ("yes", "异议成立"), ("no", "维持原得分")])
    answer = forms.CharField(label="答复", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, score: ItemScore, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = score.item.weight
        points = points_field(f"改后得分（最高{number(most)}分）", most, required=False, help_text="异议成立时填写。")
        points.widget.attrs["class"] = "form-control"
        self.fields["points"] = points
        self.order_fields(["upheld", "points", "answer"])


class ReviewForm(PlainForm):
    """All that one reviewer gives for one community."""

    def __init__(self, *args: Any, scores: list[ItemScore], given: dict[int, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scores = scores
        for score in scores:
            own, most = given.get(score.pk), score.item.weight
            points = points_field(f"得分（最高{number(most)}分）", most, required=False)
            points.widget.attrs |= {"class": "form-control", "aria-label": f"{score}得分"}
            words = forms.CharField(
                label="评语", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
            )
            words.widget.attrs |= {"class": "form-control", "aria-label": f"{score}评语"}
            self.fields[f"points_{score.pk}"], self.fields[f"words_{score.pk}"] = points, words
            self.initial[f"points_{score.pk}"] = own.points if own else None
            self.initial[f"words_{score.pk}"] = own.words if own else ""

    def lines(self) -> list[dict[str, Any]]:
        return [
            {"score": score, "points": self[f"points_{score.pk}"], "words": self[f"words_{score.pk}"]}
            for score in self.scores
        ]

    def typed(self) -> list[TypedReview]:
        data = self.cleaned_data
        return [TypedReview(score.pk, data[f"points_{score.pk}"], data[f"words_{score.pk}"]) for score in self.scores]
