"""The office keeps the kinds of need; a kind that was ordered never vanishes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances.forms.need import NeedForm
from alliances.models import NeedKind
from alliances.services.need_kind import save_need_kind
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from tests.factories import make_unit
from tests.factories.alliance import make_need, officer_of

pytestmark = pytest.mark.django_db


def save(kind: NeedKind | None, by: User, **fields: Any) -> NeedKind:
    given: dict[str, Any] = {"name": "跟班学习", "order": 90, "is_active": True}
    if kind:
        given = {name: getattr(kind, name) for name in given}
    return save_need_kind(kind, by=by, **(given | fields))


def offered(unit: Any, need: Any = None) -> list[str]:
    form = NeedForm(user=officer_of(unit), need=need)
    return [kind.name for kind in form.fields["kind"].queryset]  # type: ignore[attr-defined]


def test_a_new_kind_is_offered_in_its_place(editor: User) -> None:
    county = make_unit(UnitKind.COUNTY)
    made = save(None, editor)
    assert offered(county)[-1] == "跟班学习"
    save(made, editor, order=0)
    assert offered(county)[0] == "跟班学习"


def test_a_renamed_kind_is_called_so_everywhere(editor: User) -> None:
    need = make_need(make_unit(UnitKind.COUNTY))
    save(need.kind, editor, name="公开示范课")
    need.refresh_from_db()
    assert str(need.kind) == "公开示范课"


def test_a_kind_out_of_use_is_offered_no_more_but_kept_by_its_needs(editor: User) -> None:
    county = make_unit(UnitKind.COUNTY)
    need = make_need(county)
    save(need.kind, editor, is_active=False)
    assert need.kind.name not in offered(county)
    assert need.kind.name in offered(county, need)


def test_the_last_kind_stays_in_use(editor: User) -> None:
    last, *others = NeedKind.objects.all()
    for kind in others:
        save(kind, editor, is_active=False)
    with pytest.raises(ValidationError, match="至少要有一个"):
        save(last, editor, is_active=False)


def test_no_two_kinds_have_one_name(editor: User) -> None:
    save(None, editor)
    with pytest.raises(ValidationError, match="已有名为“跟班学习”的类型"):
        save(None, editor, name=" 跟班学习 ")
    with pytest.raises(ValidationError):
        save(None, editor, name=" ")


def test_only_the_office_keeps_them() -> None:
    with pytest.raises(PermissionDenied):
        save(None, officer_of(make_unit(UnitKind.COUNTY)))


def test_the_page_counts_what_was_ordered_and_keeps_what_was_typed(editor: User, signed_in: Any) -> None:
    need = make_need(make_unit(UnitKind.COUNTY))
    client = signed_in(editor)
    shown = {kind.name: kind.ordered for kind in client.get("/partnerships/needs/kinds/").context["kinds"]}
    assert shown[need.kind.name] == 1
    assert sum(shown.values()) == 1
    again = client.post("/partnerships/needs/kinds/new/", {"name": need.kind.name, "order": "41", "is_active": "on"})
    assert again.status_code == 422
    assert 'value="41"' in again.content.decode()
    assert client.post("/partnerships/needs/kinds/new/", {"name": "跟班学习", "order": "41"}).status_code == 302
    assert not NeedKind.objects.get(name="跟班学习").is_active
