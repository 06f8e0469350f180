"""Form of a written authority to sign for somebody."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils import timezone

from bulletins.models import SigningAuthority
from bulletins.rules import DESK_ROLES
from portal.accounts.forms.base import day_field
from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import Role


def _people(*roles: str) -> list[tuple[str, str]]:
    """Who holds one of ``roles`` today, each once."""
    posts = posts_on().filter(role__in=roles, user__is_active=True).order_by("user__name", "role")
    named: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for post in posts:
        names[post.user_id] = str(post.user)
        named.setdefault(post.user_id, []).append(post.get_role_display())
    return [("", "请选择"), *((str(pk), f"{names[pk]}（{'、'.join(roles)}）") for pk, roles in named.items())]


class AuthorityForm(forms.Form):
    """Who signs for whom, in what, from when to when, and which paper says so."""

    role = forms.ChoiceField(
        label="事项", choices=SigningAuthority.SIGNING_ROLES, widget=forms.Select(attrs={"class": "form-select"})
    )
    principal = forms.TypedChoiceField(
        label="授权人", coerce=int, widget=forms.Select(attrs={"class": "form-select"}), help_text="现任该岗位的人。"
    )
    substitute = forms.TypedChoiceField(
        label="代签人",
        coerce=int,
        widget=forms.Select(attrs={"class": "form-select"}),
        help_text="省协同提质办的编审人员。",
    )
    since = day_field("开始日期")
    until = day_field("截止日期", help_text="这一天仍然有效。")
    basis = forms.CharField(
        label="授权依据",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text="写明授权书的名称和日期。",
        error_messages={"required": "请写明授权书的名称和日期。"},
    )
    paper = forms.FileField(
        label="授权书",
        help_text="扫描件或照片，PDF、JPG、PNG 均可。",
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
        error_messages={"required": "请添加授权书的扫描件或照片。", "empty": "这个文件是空的，请重新选择。"},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, roles in (("principal", (Role.REVIEWER, Role.ISSUER)), ("substitute", DESK_ROLES)):
            field = cast(forms.TypedChoiceField, self.fields[name])
            field.choices = _people(*roles)
            field.error_messages |= {"required": "请选择。", "invalid_choice": "请从名单中选择。"}
        self.fields["since"].initial = timezone.localdate()

    def people(self) -> dict[str, User]:
        """The two people chosen, as accounts."""
        found = User.objects.in_bulk([self.cleaned_data["principal"], self.cleaned_data["substitute"]])
        return {name: found[self.cleaned_data[name]] for name in ("principal", "substitute")}
