"""What the forms of these pages share: Tabler's classes, dates as the browser wants them, refusals as errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.accounts.models import Unit, User
from portal.accounts.validators import DAY_BOUNDS
from portal.refusals import Refused

T = TypeVar("T")
DATE_FORMATS = ["%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d"]
UNREADABLE = "有无法识别的字符，请重新输入。"


class PlainForm(forms.Form):
    """A form whose fields look like the rest of the portal and whose missing fields are named in a sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            choice = isinstance(field, forms.ChoiceField)
            check = isinstance(field, forms.BooleanField)
            field.widget.attrs.setdefault(
                "class", "form-check-input" if check else "form-select" if choice else "form-control"
            )
            verb = "选择" if choice else "填写"
            field.error_messages["required"] = f"请{verb}{field.label}。"

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What stands in a field before anybody types; a number as people write it, no zeros after the stop."""
        value = super().get_initial_for_field(field, field_name)
        if isinstance(value, Decimal) and value == value.to_integral_value():
            return value.quantize(Decimal(1))
        return value.normalize() if isinstance(value, Decimal) else value

    def call(self, service: Callable[..., T], **kwargs: Any) -> T | None:
        """Call a service; what it refuses becomes errors of the fields concerned, and None comes back.

        A service whose result is None answers nothing useful here: look at ``is_valid()`` afterwards.
        """
        try:
            return service(**kwargs)
        except ValidationError as error:
            self._refuse(error)
        except Refused as error:
            self.add_error(None, str(error))
        return None

    def _refuse(self, error: ValidationError) -> None:
        fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in fields.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class NarrowingForm(PlainForm):
    """Filters of a list, kept in the address. What cannot be read narrows nothing and is told beside its field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["null_characters_not_allowed"] = UNREADABLE

    def narrowing(self) -> dict[str, Any]:
        """The filters that were given and could be read, by name; of a choice of rows the key."""
        if not self.is_bound:
            return {}
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: value.pk if isinstance(value, Model) else value for name, value in given.items()}


class PlainSelect(forms.Select):
    """A list to choose from, written at once: Django has a template drawn for each line, which a long list feels."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same as Django writes."""
        widget = self.get_context(name, value, attrs)["widget"]
        groups = format_html_join("", "{}", ((self._group(*group),) for group in widget["optgroups"]))
        return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)

    @staticmethod
    def _group(label: str | None, options: list[dict[str, Any]], _: int) -> SafeString:
        lines = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((one["value"], flatatt(one["attrs"]), one["label"]) for one in options),
        )
        return format_html('<optgroup label="{}">{}</optgroup>', label, lines) if label else lines


def used_only(field: forms.Field, by: str, values: str) -> None:
    """The page shows ``field`` only for these values of the choices it depends on (static/js/used-fields.js)."""
    field.widget.attrs |= {"data-used-by": by, "data-used-for": values}


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day, picked from the browser's own calendar or typed in official form."""
    return forms.DateField(
        label=label,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
        validators=DAY_BOUNDS,
        error_messages={"invalid": "日期请写成2024年11月18日的样子。", "required": f"请填写{label}。"},
        **options,
    )


def with_kind(unit: Any) -> str:
    """A unit among others to choose from: 瑞昌市 is a county, its name does not say so."""
    return f"{unit.name}（{unit.get_kind_display()}）"


def search_field(label: str, *, max_length: int = 100) -> forms.CharField:
    """Words by which a list is narrowed."""
    widget = forms.TextInput(attrs={"type": "search"})
    return forms.CharField(label=label, required=False, max_length=max_length, widget=widget)


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A choice of units, each with its kind."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Unit.objects.none())
        super().__init__(
            empty_label="请选择", error_messages={"invalid_choice": "没有这个单位，请重新选择。"}, **kwargs
        )

    def label_from_instance(self, obj: Any) -> str:
        return with_kind(obj)


class PersonField(forms.CharField):
    """A person, typed as 登录名 or 姓名 or picked from the browser's list as ``姓名（登录名）``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"list": "people-list", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return find_person(text) if text else None


def find_person(text: str) -> User:
    """The one person called ``text``. Raises ValidationError with a sentence for none or several."""
    picked = re.search(r"（([^（）]+)）$", text)
    active = User.objects.filter(is_active=True)
    if user := active.filter(username=picked[1] if picked else text).first():
        return user
    namesakes = list(active.filter(name=text)[:5])
    if len(namesakes) == 1:
        return namesakes[0]
    if namesakes:
        names = "、".join(user.username for user in namesakes)
        raise ValidationError(f"有多位“{text}”，请改填登录名：{names}。")
    raise ValidationError(f"没有找到“{text}”。如尚无账号，请先开通账号。")


def split_list(text: str) -> list[str]:
    """What was typed as a list with 、，, ; or line ends between, without blanks and repeats."""
    parts = (part.strip() for part in re.split(r"[、，,；;\n]", text))
    return list(dict.fromkeys(part for part in parts if part))
