"""What a board is asked for: period, the map's figure, another period and another unit to set beside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from alliances.queries.alliance import first_day
from portal.accounts.forms.base import NarrowingForm, PlainSelect
from portal.accounts.models import User
from portal.home.boards.maps import USUAL, WITHOUT_MAP, map_choices
from portal.home.boards.subjects import BoardSubject, board_for, boards_beside
from portal.periods import Period, parse_period, periods_between, term_of


class BoardForm(NarrowingForm):
    """What is not said, or cannot be read, means this term, the activities, and nothing beside."""

    period = forms.ChoiceField(label="时段", required=False, widget=PlainSelect)
    figure = forms.ChoiceField(label="地图数字", required=False, widget=PlainSelect)
    other = forms.ChoiceField(label="对比时段", required=False, widget=PlainSelect)
    beside = forms.ChoiceField(label="对比单位", required=False, widget=PlainSelect)

    def __init__(self, *args: Any, subject: BoardSubject, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.usual = user, term_of(timezone.localdate())
        fields: Any = self.fields
        periods = [
            (name, [(period.key, period.label) for period in some])
            for name, some in periods_between(first_day(), timezone.localdate())
        ]
        fields["period"].choices = periods
        fields["other"].choices = [("", "不对比"), *periods]
        self._choose_figure(fields, subject)
        self._choose_beside(fields, subject)
        self.initial = {"period": self.usual.key, "figure": USUAL}
        if self.is_bound:
            self.data = {**self.initial, **{name: value for name, value in self.data.items() if value}}

    def chosen_period(self) -> Period:
        return parse_period(self.narrowing().get("period", "")) or self.usual

    def chosen_figure(self) -> str:
        return str(self.narrowing().get("figure", USUAL))

    def other_period(self) -> Period | None:
        return parse_period(self.narrowing().get("other", ""))

    def chosen_beside(self) -> BoardSubject | None:
        kind, _, pk = str(self.narrowing().get("beside", "")).partition(":")
        return board_for(self.user, kind, int(pk)) if pk else None

    @staticmethod
    def _choose_figure(fields: Any, subject: BoardSubject) -> None:
        if subject.level in WITHOUT_MAP:
            del fields["figure"]
        else:
            fields["figure"].choices = map_choices()

    def _choose_beside(self, fields: Any, subject: BoardSubject) -> None:
        others = [] if subject.is_office else boards_beside(subject, self.user)
        if others:
            fields["beside"].choices = [("", "不对比"), *others]
        else:
            del fields["beside"]
