"""The index is never out of date, whichever way something was written."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from bulletins.models import Submission
from bulletins.services.submission import delete_draft
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit import rename_unit, update_unit
from portal.search.indexing import BEFORE_A_SEARCH, catch_up, catch_up_wholly
from portal.search.models import Findable, Stale
from tests.factories import LONG_SINCE, make_draft, make_unit, make_user
from tests.portal.search.looking import keys

pytestmark = pytest.mark.django_db


def test_what_was_just_written_is_found(officer: User) -> None:
    draft = make_draft(officer, text="两校教师一起磨课。")
    assert keys(officer, "磨课", "report") == {draft.pk}


def test_a_change_past_all_services_is_noticed(officer: User) -> None:
    draft = make_draft(officer, text="两校教师一起磨课。")
    catch_up()
    Submission.objects.filter(pk=draft.pk).update(text="改为座谈。")
    assert keys(officer, "磨课", "report") == set()
    assert keys(officer, "座谈", "report") == {draft.pk}


def test_what_is_deleted_leaves_the_index(officer: User) -> None:
    draft = make_draft(officer)
    catch_up()
    assert Findable.objects.filter(source="report", object_id=draft.pk).exists()
    delete_draft(draft, by=officer)
    catch_up()
    assert not Findable.objects.filter(source="report", object_id=draft.pk).exists()


def test_a_unit_is_found_by_every_name_it_ever_had() -> None:
    admin = make_user("admin")
    unit = make_unit(UnitKind.UNIVERSITY, "青山师范学院")
    update_unit(unit, by=None, aliases=["青师"])
    rename_unit(unit, name="绿水大学", since=LONG_SINCE.replace(year=2022), by=None)
    for name in ("青山", "青師", "绿水大学", "lsdx", "qingshan", "LSDX"):
        assert keys(admin, name, "unit") == {unit.pk}, name


def test_a_search_brings_up_to_date_only_so_much_and_a_worker_the_rest() -> None:
    Stale.objects.bulk_create(Stale(source="unit", object_id=10_000_000 + n) for n in range(BEFORE_A_SEARCH + 100))
    before = Stale.objects.count()
    assert catch_up() == BEFORE_A_SEARCH
    assert Stale.objects.count() == before - BEFORE_A_SEARCH
    catch_up_wholly()
    assert not Stale.objects.exists()


def test_a_mark_of_a_kind_that_is_gone_hinders_nothing(officer: User) -> None:
    Stale.objects.create(source="no such kind", object_id=1)
    draft = make_draft(officer)
    assert keys(officer, "磨课", "report") == {draft.pk}
    assert not Stale.objects.exists()


def test_the_whole_index_can_be_written_anew(officer: User) -> None:
    draft = make_draft(officer)
    catch_up_wholly()
    before = set(Findable.objects.values_list("source", "object_id", "audience", "folded"))
    Findable.objects.filter(object_id=draft.pk).update(folded="", grams=[])
    call_command("reindex")
    assert set(Findable.objects.values_list("source", "object_id", "audience", "folded")) == before
    assert not Stale.objects.exists()


def test_a_text_with_nul_and_without_words_is_kept(officer: User) -> None:
    draft = make_draft(officer, title="", text="")
    catch_up()
    assert Findable.objects.get(source="report", object_id=draft.pk).title == "（未填标题）"
