"""Forms of the office's list of words (用词表)."""

from __future__ import annotations

from typing import Any

from django import forms

from bulletins.models import HouseWord
from portal.accounts.forms.base import NarrowingForm

LONGEST_LIST = 20_000


class WordFilterForm(NarrowingForm):
    """Filters of the list, as ``house_words`` takes them."""

    kind = forms.ChoiceField(label="类别", choices=[("", "全部类别"), *HouseWord.Kind.choices], required=False)
    text = forms.CharField(
        label="词语、改法或说明", required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )


class WordForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """One word."""

    class Meta:
        model = HouseWord
        fields = ["kind", "word", "replacement", "note", "is_active"]
        help_texts = {
            "kind": "禁用词只提示；替换词可一键改；套话在缩写建议中出现。",
            "replacement": "替换词必填。套话留空表示可以连同后面的半句删去。",
            "note": "编辑在提示中会看到。",
            "is_active": "不再使用的词可以停用，不必删除。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = {"kind": "form-select", "is_active": "form-check-input"}.get(
                name, "form-control"
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        word, replacement = cleaned.get("word", "").strip(), cleaned.get("replacement", "").strip()
        if cleaned.get("kind") == HouseWord.Kind.REPLACED and not replacement:
            self.add_error("replacement", "请写明改为什么。")
        if word and word == replacement:
            self.add_error("replacement", "改后的词与原词相同，请核对。")
        if len(word) == 1:
            self.add_error("word", "一个字会误报太多，请写两个字以上的词。")
        return cleaned


class WordListForm(forms.Form):
    """Many words at once, one per line."""

    kind = forms.ChoiceField(
        label="类别", choices=HouseWord.Kind.choices, widget=forms.Select(attrs={"class": "form-select"})
    )
    lines = forms.CharField(
        label="词语",
        max_length=LONGEST_LIST,
        help_text="每行一个。替换词写成“原词=改后的词”，后面可以再加一个“=”和说明。",
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 8}),
    )
