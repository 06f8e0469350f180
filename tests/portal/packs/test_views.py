"""The page of 年终材料: what is in it is read before one clicks, and the file is its asker's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.jobs.services import run
from portal.packs.models import Pack
from portal.periods import year_of
from tests.factories.activity import make_recorded
from tests.factories.task import county_school, worker

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_what_is_in_it_is_counted_before_anybody_waits(signed_in: SignIn) -> None:
    county, school = county_school()
    client = signed_in(worker(county))
    before = client.get("/packs/").content.decode()
    assert "还没有制作过" in before
    make_recorded(school, day=timezone.localdate())
    with CaptureQueriesContext(connection) as one:
        page = client.get("/packs/").content.decode()
    assert "<td>活动台账</td><td>02 台账</td><td>1项</td>" in page
    for _ in range(12):
        make_recorded(school, day=timezone.localdate())
    with CaptureQueriesContext(connection) as many:
        client.get("/packs/")
    assert len(many) <= len(one)


def test_the_button_makes_it_and_the_file_is_resumed_by_its_asker_alone(signed_in: SignIn) -> None:
    county, school = county_school()
    user, colleague = worker(county), worker(county)
    client = signed_in(user)
    year = year_of(timezone.localdate())
    answer = client.post("/packs/", {"unit": school.pk, "period": year.key}, follow=True)
    assert f"正在制作{school}{year.label}年终材料" in answer.content.decode()
    pack = Pack.objects.get()
    assert client.get(f"/packs/{pack.pk}/file/").status_code == 404
    assert "hx-get" in client.get(f"/packs/{pack.pk}/row/").content.decode()
    assert pack.job is not None
    run(pack.job.pk)
    assert "下载" in client.get(f"/packs/{pack.pk}/row/").content.decode()
    whole = b"".join(client.get(f"/packs/{pack.pk}/file/"))
    rest = client.get(f"/packs/{pack.pk}/file/", headers={"range": "bytes=100-"})
    assert rest.status_code == 206
    assert b"".join(rest) == whole[100:]
    assert signed_in(colleague).get(f"/packs/{pack.pk}/file/").status_code == 404


def test_a_unit_of_others_is_not_offered_and_not_made(signed_in: SignIn) -> None:
    county, _ = county_school()
    other, _ = county_school()
    client = signed_in(worker(county))
    answer = client.post("/packs/", {"unit": other.pk, "period": "2026"})
    assert answer.status_code == 422
    assert not Pack.objects.exists()
