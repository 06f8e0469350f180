"""Form of an expert's judgement: points for each criterion, and words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from bulletins.casebook import Criterion
from bulletins.models import CaseReview
from portal.accounts.forms.base import UNREADABLE, PlainForm

POINTS = "points_"


class ScoreForm(PlainForm):
    """A number field for each criterion, then the words."""

    words = forms.CharField(
        label="评审意见",
        required=False,
        help_text="撰写单位会看到意见，看不到您的姓名和分数。请写明好在哪里、怎样改进。",
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"}),
        error_messages={"null_characters_not_allowed": UNREADABLE},
    )

    def __init__(self, *args: Any, review: CaseReview, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"words": review.words} | _points_of(review))
        super().__init__(*args, **kwargs)
        self.criteria = review.version.case.own_criteria
        for number, criterion in enumerate(self.criteria):
            self.fields[f"{POINTS}{number}"] = _points_field(criterion)

    @property
    def lines(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(one, self[f"{POINTS}{number}"]) for number, one in enumerate(self.criteria)]

    def scores(self) -> dict[str, Decimal | None]:
        """Points by criterion; call once the form is valid."""
        return {one.name: self.cleaned_data[f"{POINTS}{number}"] for number, one in enumerate(self.criteria)}


def _points_of(review: CaseReview) -> dict[str, Any]:
    names = [one.name for one in review.version.case.own_criteria]
    return {f"{POINTS}{number}": review.scores.get(name) for number, name in enumerate(names)}


def _points_field(criterion: Criterion) -> forms.DecimalField:
    return forms.DecimalField(
        label=criterion.name,
        required=False,
        widget=forms.NumberInput(attrs={"class": "form-control", "min": 0, "max": criterion.most, "step": "0.5"}),
        error_messages={"invalid": f"“{criterion.name}”的评分请填数字。"},
    )
