"""The pictures of the user guide: pages of the sample programme as the people see them whom the guide addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from script.house.paths import ROOT

FOLDER = ROOT / "docs" / "guide" / "pictures"
VIEW = {"width": 1200, "height": 820}
WIDTH = 960
QUALITY = 80


def _as_it_is(_page: Any) -> None:
    """Nothing is done on the page before its picture is taken."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, who looks, at which address, and what is done on the page first."""

    name: str
    user: str
    address: str
    do: Callable[[Any], None] = _as_it_is


def take(browser: Any, base: str, accounts: dict[str, str]) -> list[Path]:
    """Take every picture of the guide from the portal at ``base``; the sample programme is played on as needed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    taken = [_take(browser, base, accounts, shot) for shot in (*first_shots(), *programme_shots())]
    _send_for_review()
    taken += [_take(browser, base, accounts, shot) for shot in review_shots()]
    _pass_review()
    return taken + [_take(browser, base, accounts, shot) for shot in sign_shots()]


def first_shots() -> list[Shot]:
    """What stands in the sample programme as it is loaded."""
    from bulletins.models import Call, Issue, Submission
    from bulletins.states import IssueState
    from portal.accounts.models import Unit

    draft = Submission.objects.filter(state="draft", unit__kind="university").exclude(text="").earliest("pk")
    returned = Submission.objects.filter(state="returned", points__isnull=False).earliest("pk")
    waiting = Submission.objects.filter(state="awaiting_unit", unit__name="宜春学院").earliest("pk")
    received = Submission.objects.filter(state="in_review", at__kind="province_office").earliest("pk")
    county = Unit.objects.get(name="安义县")
    collector = county.posts.get(role="information_officer").user.username
    call = Call.objects.filter(kind="topic").earliest("pk")
    making = Issue.objects.get(number=None)
    public = Issue.objects.filter(state=IssueState.PUBLISHED).latest("number")
    writer = draft.author.username
    return [
        Shot("officer-home", returned.author.username, "/"),
        Shot("officer-edit", writer, f"/reports/{draft.pk}/edit/"),
        Shot("officer-word", writer, f"/reports/{draft.pk}/edit/", _read_word),
        Shot("officer-points", returned.author.username, f"/reports/{returned.pk}/edit/"),
        Shot("approver-report", "yichun-shenhe", f"/reports/{waiting.pk}/"),
        Shot("collector-list", collector, "/reports/collected/"),
        Shot("editor-home", "bianji", "/"),
        Shot("editor-call", "bianji", f"/desk/calls/{call.pk}/"),
        Shot("editor-report", "bianji", f"/desk/{received.pk}/"),
        Shot("editor-issue", "bianji", f"/issues/{making.pk}/"),
        Shot("editor-checks", "bianji", f"/issues/{making.pk}/checks/"),
        Shot("editor-ledger", "bianji", "/ledger/"),
        Shot("leader-remark", "lingdao", f"/remarks/on/{public.pk}/"),
    ]


def programme_shots() -> list[Shot]:
    """Alliances, pilots and communities, and the figures that people decide by."""
    from alliances.models import Partnership
    from pilots.models import Community, ProgressReport, Reviewer
    from portal.accounts.models import Unit

    county = Unit.objects.get(name="安义县")
    pair = Partnership.objects.filter(county=county).earliest("pk")
    sheet = ProgressReport.objects.filter(unit__posts__user__username="anyi-zhongxue").latest("during", "pk")
    community = Community.objects.filter(area=county).earliest("pk")
    scoring = Reviewer.objects.filter(handed_in_at=None).latest("pk")
    officer = county.posts.get(role="information_officer").user.username
    return [
        Shot("officer-partnership", officer, f"/partnerships/{pair.pk}/"),
        Shot("officer-community", officer, f"/communities/{community.pk}/"),
        Shot("officer-progress", "anyi-zhongxue", f"/pilots/progress/{sheet.pk}/"),
        Shot("officer-figures", officer, "/figures/"),
        Shot("collector-progress", officer, "/pilots/progress/"),
        Shot("editor-targets", "bianji", "/targets/"),
        Shot("leader-board", "lingdao", "/board/"),
        Shot("expert-review", scoring.user.username, f"/assessments/reviews/{scoring.pk}/"),
    ]


def review_shots() -> list[Shot]:
    """The issue in the making, proofed and sent for review."""
    from bulletins.models import Issue

    issue = Issue.objects.get(number=None)
    return [
        Shot("editor-proof", "bianji", f"/issues/{issue.pk}/proof/"),
        Shot("reviewer-issue", "shenhe", f"/issues/{issue.pk}/"),
    ]


def sign_shots() -> list[Shot]:
    """The same issue, passed by the reviewer."""
    from bulletins.models import Issue

    issue = Issue.objects.get(number=None)
    return [Shot("reviewer-sign", "qianfa", f"/issues/{issue.pk}/sign/")]


def _send_for_review() -> None:
    from bulletins.models import Issue
    from bulletins.services.issue_chain import request_proof, send_for_review
    from portal.accounts.models import User
    from portal.jobs.services import run

    issue, editor = Issue.objects.get(number=None), User.objects.get(username="bianji")
    run(request_proof(issue, by=editor).pk)
    send_for_review(issue, by=editor)


def _pass_review() -> None:
    from bulletins.models import Issue
    from bulletins.services.issue_chain import approve_issue
    from portal.accounts.models import User

    approve_issue(Issue.objects.get(number=None), by=User.objects.get(username="shenhe"))


def _read_word(page: Any) -> None:
    """A small Word file with half-width marks, so that the page lists what it changed."""
    import docx

    document = docx.Document()
    document.add_paragraph("举行数学同课异构活动")
    document.add_paragraph("11月 18日,两校教师就“函数的概念”同上一节课,随后分组评课.")
    document.add_paragraph("参加活动的教师共 46 人.")
    stream = BytesIO()
    document.save(stream)
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.locator("#id_word").set_input_files({"name": "同课异构.docx", "mimeType": media, "buffer": stream.getvalue()})
    page.get_by_role("button", name="读入 Word").click()
    page.get_by_text("按公文格式作了下列改动").first.wait_for()
    page.get_by_text("按公文格式作了下列改动").first.scroll_into_view_if_needed()


def _take(browser: Any, base: str, accounts: dict[str, str], shot: Shot) -> Path:
    from PIL import Image

    context = browser.new_context(base_url=base, viewport=VIEW, locale="zh-CN")
    page = context.new_page()
    page.goto("/sign-in/")
    page.get_by_label("登录名").fill(shot.user)
    page.get_by_label("密码", exact=True).fill(accounts[shot.user])
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{base}/")
    page.goto(shot.address)
    shot.do(page)
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    context.close()
    path = FOLDER / f"{shot.name}.webp"
    small = picture.convert("RGB").resize((WIDTH, round(picture.height * WIDTH / picture.width)))
    small.save(path, "WEBP", quality=QUALITY, method=6)
    return path
