"""``script/screenshots``: every page as a picture, as the role that uses it, on a desk screen and a phone."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from script.house import guide_pictures
from script.house.crew import Crew
from script.house.paths import ROOT, VAR, chromium_program
from script.house.servers import free_port

WIDTHS = (1440, 390)
DOCS = ROOT / "docs" / "pictures"
WEB_SECONDS = 60.0


def main(arguments: list[str]) -> int:
    """Load the sample programme, serve it, take the pictures; the exit status is the number of pages too wide."""
    parser = argparse.ArgumentParser(prog="script/screenshots")
    parser.add_argument("folder", type=Path, nargs="?", default=VAR / "screenshots")
    parser.add_argument("--docs", action="store_true", help="also renew the pictures of README and of the user guide")
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    # The sample's accounts sign in quickly with the tests' hasher, and files are served from their folders.
    os.environ |= {"PORTAL_ENV": "test", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    django.setup()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        accounts = _load_sample(Path(folder))
        address = f"http://127.0.0.1:{free_port()}"
        crew = Crew(dict(os.environ), Path(folder))
        try:
            _serve(crew, address)
            wide = _take_all(address, accounts, options.folder)
            if options.docs:
                _renew_guide(address, accounts)
        finally:
            crew.stop()
    if options.docs:
        _renew_docs(options.folder)
    print("\n".join(f"wider than the screen: {page}" for page in wide) or "every page fits its screen")
    return len(wide)


def pages() -> Iterator[tuple[str, list[str]]]:
    """Who sees what: user name (empty for a visitor) and addresses."""
    from bulletins.models import Issue, Submission
    from bulletins.states import IssueState
    from portal.accounts.models import Unit, User

    draft = Submission.objects.filter(state="draft").earliest("pk")
    returned = Submission.objects.filter(state="returned").earliest("pk")
    waiting = Submission.objects.get(state="awaiting_unit")
    received = Submission.objects.filter(state="in_review").earliest("pk")
    making, public = Issue.objects.get(number=None), Issue.objects.filter(state=IssueState.PUBLISHED).latest("number")
    signed = Issue.objects.get(state=IssueState.SIGNED)
    unit = Unit.objects.get(name="井冈山大学")
    entry = making.entries.earliest("pk")
    yield "", ["/sign-in/", "/archive/", f"/archive/{public.pk}/", "/archive/0/"]
    yield (
        "bianji",
        [
            *("/", "/waiting/", "/desk/", f"/desk/{received.pk}/", "/issues/", "/issues/new/", f"/issues/{making.pk}/"),
            *(f"/issues/{making.pk}/facts/", f"/issues/{making.pk}/entries/new/", f"/issues/entries/{entry.pk}/edit/"),
            *(
                f"/issues/{signed.pk}/",
                f"/issues/{signed.pk}/print/",
                f"/issues/{public.pk}/",
                f"/issues/{public.pk}/proof/",
            ),
            *("/partnerships/", "/partnerships/alliance/", "/communities/", "/pilots/", "/pilots/progress/", "/tasks/"),
            *("/activities/", "/outputs/", "/targets/", "/figures/matrix/", "/assessments/", "/cases/", "/password/"),
        ],
    )
    yield "shenhe", ["/", f"/issues/{signed.pk}/"]
    yield "qianfa", ["/", "/issues/"]
    yield (
        "guanli",
        [
            *("/", "/units/", f"/units/{unit.pk}/", "/units/new/", "/people/", "/people/new/"),
            *(f"/people/{User.objects.get(username='bianji').pk}/", "/exchange/units/"),
        ],
    )
    yield "shenji", ["/", "/audit/"]
    yield "lingdao", ["/", "/issues/", "/board/"]
    yield _officer(draft), ["/", "/reports/", f"/reports/{draft.pk}/edit/", f"/reports/{draft.pk}/preview/"]
    yield _officer(returned), [f"/reports/{returned.pk}/", f"/reports/{returned.pk}/edit/"]
    yield "yichun-shenhe", ["/", "/reports/", f"/reports/{waiting.pk}/"]


def _officer(submission: Any) -> str:
    return str(submission.author.username)


def _load_sample(folder: Path) -> dict[str, str]:
    path = folder / "accounts.txt"
    call_command("load_sample", accounts=path, stdout=StringIO())
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[2:])
    return {name: password for name, password, _ in rows}


def _serve(crew: Crew, address: str) -> None:
    server = [sys.executable, "-m", "gunicorn", "--bind", address.removeprefix("http://"), "--threads", "4"]
    crew.start("web", [*server, "--no-control-socket", "portal.wsgi:application"])
    deadline = time.monotonic() + WEB_SECONDS
    while True:
        crew.check()
        try:
            urllib.request.urlopen(f"{address}/archive/", timeout=5).close()  # noqa: S310  (our own address)
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _take_all(address: str, accounts: dict[str, str], folder: Path) -> list[str]:
    """Pictures of all pages; returns those that are wider than their screen."""
    from playwright.sync_api import sync_playwright

    wide = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program())
        for width in WIDTHS:
            for user, addresses in pages():
                context = browser.new_context(
                    base_url=address, viewport={"width": width, "height": 900}, locale="zh-CN"
                )
                page = context.new_page()
                if user:
                    page.goto("/sign-in/")
                    page.get_by_label("登录名").fill(user)
                    page.get_by_label("密码", exact=True).fill(accounts[user])
                    page.get_by_role("button", name="登录").click()
                    page.wait_for_url(f"{address}/")
                for path in addresses:
                    page.goto(path)
                    name = f"{user or 'visitor'}-{path.strip('/').replace('/', '-') or 'home'}-{width}"
                    page.screenshot(path=folder / f"{name}.png", full_page=True)
                    if page.evaluate("document.documentElement.scrollWidth") > width:
                        wide.append(name)
                context.close()
        browser.close()
    return wide


def _renew_guide(address: str, accounts: dict[str, str]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program())
        guide_pictures.take(browser, address, accounts)
        browser.close()


def _renew_docs(folder: Path) -> None:
    """The desk, the leaders' page and a printed page, made small enough to live in the repository."""
    import pypdfium2
    from django.core.files.storage import default_storage
    from PIL import Image

    from bulletins.models import Issue, Rendition

    DOCS.mkdir(parents=True, exist_ok=True)
    making = Issue.objects.get(number=None)
    desk = Image.open(folder / f"bianji-issues-{making.pk}-1440.png").crop((0, 0, 1440, 1100))
    final = Rendition.objects.filter(kind="final").order_by("issue__number").last()
    if final is None:
        raise RuntimeError("the sample programme holds no printed issue")
    with default_storage.open(final.file) as file:
        page = pypdfium2.PdfDocument(BytesIO(file.read()))[0].render(scale=1.2).to_pil()
    board = Image.open(folder / "lingdao-board-1440.png").crop((0, 0, 1440, 1100))
    small = (960, 733)
    for name, picture in (("desk", desk.resize(small)), ("board", board.resize(small)), ("printed-page", page)):
        picture.convert("RGB").quantize(128).save(DOCS / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
