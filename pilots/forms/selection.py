"""Forms of rounds of selection and of their candidates."""

from __future__ import annotations

from typing import Any

from django import forms

from pilots.models import Candidate, Opinion, SelectionRound
from pilots.services.candidate import LONGEST_REASONS, TypedScore
from portal.accounts.forms.base import PlainForm, UnitField, day_field
from portal.accounts.models import Unit


class RoundForm(PlainForm):
    """What a round is about; its criteria are typed beside it."""

    name = forms.CharField(label="名称", max_length=60, help_text="例如“2025年试点学校遴选”。")
    level = forms.ChoiceField(label="遴选对象", choices=SelectionRound.Level.choices)
    opens_on = day_field("开始日期")
    closes_on = day_field("截止日期")
    places = forms.IntegerField(
        label="每个单位的名额",
        required=False,
        min_value=1,
        max_value=999,
        help_text="每个设区市（或试点县）最多推荐几个；不填就不限。",
        error_messages={"invalid": "名额请填数字。", "min_value": "名额至少为1。", "max_value": "名额不超过999。"},
    )
    term_since = day_field("试点起始日期", required=False, help_text="不填就从确认之日算起。")
    term_until = day_field("试点截止日期", required=False, help_text="不填就没有期限。")
    note = forms.CharField(label="要求", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))


class ExtendForm(PlainForm):
    """Another last day."""

    closes_on = day_field("新的截止日期")


class PutForwardForm(PlainForm):
    """Which county or school is put forward."""

    unit = UnitField(label="候选单位")

    def __init__(self, *args: Any, possible: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = possible  # type: ignore[attr-defined]


class CandidateForm(PlainForm):
    """Reasons, and for each criterion the points, whether it is met, and on what grounds."""

    reasons = forms.CharField(
        label="推荐理由",
        required=False,
        max_length=LONGEST_REASONS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": f"推荐理由超过{LONGEST_REASONS}字，请缩短。"},
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(candidate.round.criteria.all())
        scores = {score.criterion_id: score for score in candidate.scores.all()}
        self.initial.setdefault("reasons", candidate.reasons)
        for criterion in self.criteria:
            self._add_fields(criterion, scores.get(criterion.pk))

    def _add_fields(self, criterion: Any, score: Any) -> None:
        if criterion.most_points:
            self._add(
                f"points_{criterion.pk}",
                forms.IntegerField(
                    label=f"{criterion}得分",
                    required=False,
                    min_value=0,
                    max_value=criterion.most_points,
                    error_messages={
                        "invalid": "得分请填数字。",
                        "min_value": "得分不能是负数。",
                        "max_value": f"“{criterion}”最高{criterion.most_points}分，请核对。",
                    },
                ),
                score.points if score else None,
            )
        if criterion.must_pass:
            self._add(
                f"met_{criterion.pk}",
                forms.BooleanField(label="达到", required=False),
                score.is_met if score else False,
            )
        grounds = forms.CharField(label=f"{criterion}依据", required=False, max_length=300)
        self._add(f"grounds_{criterion.pk}", grounds, score.grounds if score else "")

    def _add(self, name: str, field: forms.Field, value: Any) -> None:
        check = isinstance(field, forms.BooleanField)
        field.widget.attrs["class"] = "form-check-input" if check else "form-control"
        field.widget.attrs["aria-label"] = str(field.label)
        if name.startswith("grounds_"):
            field.widget.attrs["placeholder"] = "依据"
        self.fields[name] = field
        self.initial.setdefault(name, value)

    def lines(self) -> list[dict[str, Any]]:
        """The fields of each criterion for the page."""
        return [
            {
                "criterion": criterion,
                "points": self[f"points_{criterion.pk}"] if criterion.most_points else None,
                "met": self[f"met_{criterion.pk}"] if criterion.must_pass else None,
                "grounds": self[f"grounds_{criterion.pk}"],
            }
            for criterion in self.criteria
        ]

    def scores(self) -> list[TypedScore]:
        data = self.cleaned_data
        return [
            TypedScore(
                criterion.pk,
                data.get(f"points_{criterion.pk}"),
                bool(data.get(f"met_{criterion.pk}")),
                data.get(f"grounds_{criterion.pk}", ""),
            )
            for criterion in self.criteria
        ]


class OpinionForm(PlainForm):
    """A university's opinion; who works in several says in whose name."""

    university = UnitField(label="高校")
    leaning = forms.ChoiceField(label="意见", choices=Opinion.Leaning.choices)
    text = forms.CharField(label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, universities: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["university"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in universities])
        if len(universities) == 1:
            field.initial = universities[0].pk
            field.widget = forms.HiddenInput()
