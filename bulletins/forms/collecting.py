"""Forms of 汇总转报: narrowing the list of 下级来稿, and what to join."""

from __future__ import annotations

from typing import Any

from django import forms

from bulletins.models import Submission
from bulletins.queries.collecting import EVERYTHING, TO_TAKE_UP
from bulletins.states import SubmissionState
from portal.accounts.forms.base import NarrowingForm, day_field
from portal.accounts.models import Unit

S = SubmissionState
SHOWN_STATES = (S.HANDED_IN, S.COLLECTING, S.JOINED, S.FORWARDED, S.KEPT, S.RETURNED, S.ADOPTED, S.PRINTED, S.DECLINED)


class CollectedFilterForm(NarrowingForm):
    """Filters of 下级来稿: ``state``, and what ``filter_submissions`` takes."""

    state = forms.ChoiceField(
        label="状态",
        choices=[(TO_TAKE_UP, "待处理"), (EVERYTHING, "全部"), *((state.value, state.label) for state in SHOWN_STATES)],
        required=False,
    )
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label="单位", queryset=Unit.objects.none(), required=False, empty_label="全部单位"
    )
    since = day_field("报送自", required=False)
    until = day_field("报送至", required=False)
    text = forms.CharField(
        label="标题、正文或单位", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, senders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = senders  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    """Which reports, and into what: a new draft, or one that is there."""

    report: forms.ModelMultipleChoiceField[Submission] = forms.ModelMultipleChoiceField(
        queryset=None,
        error_messages={
            "required": "还没有选择稿件，请先勾选要汇总的稿件。",
            "invalid_choice": "选中的稿件里有一篇已不在这里，可能已由同事处理，请刷新页面后重新选择。",
            "invalid_pk_value": "选中的稿件里有一篇认不出来，请刷新页面后重新选择。",
        },
    )
    into: forms.ModelChoiceField[Submission] = forms.ModelChoiceField(
        queryset=None,
        required=False,
        error_messages={"invalid_choice": "要加入的汇总稿已不在，请另选一篇或新建。"},
    )

    def __init__(self, *args: Any, reports: Any, drafts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].queryset = reports  # type: ignore[attr-defined]
        self.fields["into"].queryset = drafts  # type: ignore[attr-defined]
