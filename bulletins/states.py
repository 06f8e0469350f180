"""States of reports and issues, and their transition tables: the only list of what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class SubmissionState(models.TextChoices):
    """DOMAIN.md, states of a report; those of a report on its way through its own officer (交信息员) and a
    collecting unit (汇总转报) are ours. A withdrawn report is a draft again."""

    DRAFT = "draft", "草稿"
    HANDED_IN = "handed_in", "待信息员处理"
    AWAITING_UNIT = "awaiting_unit", "待本单位审核"
    COLLECTING = "collecting", "待汇总"
    JOINED = "joined", "已汇总"
    FORWARDED = "forwarded", "已转报"
    KEPT = "kept", "已留用"
    IN_REVIEW = "in_review", "已报送"
    EDITING = "editing", "编审中"
    RETURNED = "returned", "已退回"
    ADOPTED = "adopted", "已采用待编发"
    PRINTED = "printed", "已编发"
    DECLINED = "declined", "未采用"


class IssueState(models.TextChoices):
    """DOMAIN.md, states of an issue."""

    EDITING = "editing", "编辑中"
    PROOFING = "proofing", "校对中"
    AWAITING_REVIEW = "awaiting_review", "待审核"
    AWAITING_SIGNATURE = "awaiting_signature", "待签发"
    SIGNED = "signed", "已签发"
    PRINTED = "printed", "已印发"
    PUBLISHED = "published", "已公开"
    CORRECTED = "corrected", "已更正"
    VOIDED = "voided", "已作废"


S = SubmissionState
I = IssueState  # noqa: E741

#: The unit still writes: its text and facts may change.
WITH_UNIT = frozenset({S.DRAFT, S.HANDED_IN, S.RETURNED})
#: A collecting unit has it and has not taken it up; its own staff's drafts lie there like other units' reports.
TO_COLLECT = frozenset({S.HANDED_IN, S.COLLECTING, S.KEPT})
#: A collecting unit has joined it into a report of its own, and it shares that report's fate.
IN_ANOTHER = frozenset({S.JOINED, S.FORWARDED, S.ADOPTED, S.PRINTED, S.DECLINED})
#: The office has it and has not decided.
WITH_OFFICE = frozenset({S.IN_REVIEW, S.EDITING})
#: The office may write its text, return the report or decline it; what stands in an issue is held by the issue.
IN_OFFICE_HANDS = WITH_OFFICE | {S.ADOPTED}
#: States of a report that the office has, has had or has decided on.
AT_OFFICE = frozenset({S.IN_REVIEW, S.EDITING, S.RETURNED, S.ADOPTED, S.PRINTED, S.DECLINED})
#: The report has left the unit (its activities are recorded).
HAS_LEFT_UNIT = AT_OFFICE | {S.COLLECTING, S.JOINED, S.FORWARDED, S.KEPT}
#: The words of an issue may still change.
OPEN_ISSUE = frozenset({I.EDITING, I.PROOFING})
#: The content is frozen and the number given.
NUMBERED_ISSUE = frozenset({I.SIGNED, I.PRINTED, I.PUBLISHED, I.CORRECTED, I.VOIDED})
#: Once published, an issue stays to be found; a voided one without its file (``published_at`` says which were).
PUBLIC_ISSUE = frozenset({I.PUBLISHED, I.CORRECTED, I.VOIDED})
#: What is printed and holds good.
IN_FORCE_ISSUE = frozenset({I.PRINTED, I.PUBLISHED, I.CORRECTED})

#: A draft as its writer holds it.
TYPED = frozenset({S.DRAFT, S.RETURNED})
#: What leaves a unit goes to the unit that collects from it, where there is one, instead of the office.
TO_COLLECTOR = frozenset({S.COLLECTING})
COLLECT = "bulletins.collect_submission"

#: Where a collecting unit's decisions lead: its own steps, and how what it joined shares the fate of the whole.
COLLECTING_TRANSITIONS = (
    Transition(
        "forward",
        "直接转报",
        TO_COLLECT - {S.HANDED_IN},
        S.JOINED,
        COLLECT,
        style="primary",
        confirm="将以本单位名义原文转报，并注明供稿学校。",
    ),
    Transition("pass_back", "退回修改", frozenset({S.COLLECTING, S.KEPT, S.JOINED}), S.RETURNED, COLLECT, reason=True),
    Transition("keep", "留用", frozenset({S.COLLECTING}), S.KEPT, COLLECT, reason=True),
    Transition("take_up", "重新处理", frozenset({S.KEPT}), S.COLLECTING, COLLECT),
    Transition("join", "纳入汇总", TO_COLLECT, S.JOINED, COLLECT, is_button=False),
    Transition("free", "移出汇总", frozenset({S.JOINED}), S.COLLECTING, COLLECT, others=frozenset({S.HANDED_IN})),
    Transition("join_along", "汇总稿退回或撤回", IN_ANOTHER, S.JOINED, "bulletins.move_along", is_button=False),
    Transition("forward_along", "随汇总稿转报", IN_ANOTHER, S.FORWARDED, "bulletins.move_along", is_button=False),
    Transition("adopt_along", "随汇总稿采用", IN_ANOTHER, S.ADOPTED, "bulletins.move_along", is_button=False),
    Transition("print_along", "随汇总稿编发", IN_ANOTHER, S.PRINTED, "bulletins.move_along", is_button=False),
    Transition("decline_along", "随汇总稿未采用", IN_ANOTHER, S.DECLINED, "bulletins.move_along", is_button=False),
)

SUBMISSION_TRANSITIONS = (
    Transition(
        "send_to_approver",
        "送本单位审核",
        WITH_UNIT,
        S.AWAITING_UNIT,
        "bulletins.send_submission_to_approver",
        style="primary",
    ),
    Transition("hand_in", "交信息员", TYPED, S.HANDED_IN, "bulletins.hand_in_submission", style="primary"),
    Transition("take_back", "取回", frozenset({S.HANDED_IN}), S.DRAFT, "bulletins.take_back_submission"),
    Transition(
        "hand_back",
        "退回修改",
        frozenset({S.HANDED_IN}),
        S.RETURNED,
        "bulletins.hand_back_submission",
        reason=True,
    ),
    Transition(
        "submit",
        "报送",
        WITH_UNIT,
        S.IN_REVIEW,
        "bulletins.submit_submission",
        style="primary",
        others=TO_COLLECTOR,
    ),
    Transition(
        "approve",
        "同意报送",
        frozenset({S.AWAITING_UNIT}),
        S.IN_REVIEW,
        "bulletins.approve_submission",
        style="primary",
        others=TO_COLLECTOR,
    ),
    Transition(
        "submit_on_paper",
        "上传签批件并报送",
        WITH_UNIT | {S.AWAITING_UNIT},
        S.IN_REVIEW,
        "bulletins.submit_on_paper",
        is_button=False,
        others=TO_COLLECTOR,
    ),
    Transition(
        "send_back",
        "退回修改",
        frozenset({S.AWAITING_UNIT}),
        S.RETURNED,
        "bulletins.approve_submission",
        reason=True,
    ),
    Transition(
        "withdraw",
        "撤回",
        frozenset({S.AWAITING_UNIT, S.IN_REVIEW, S.COLLECTING}),
        S.DRAFT,
        "bulletins.withdraw_submission",
        confirm="撤回后稿件回到草稿，修改后可以再次报送。",
    ),
    Transition(
        "start_editing",
        "开始编审",
        frozenset({S.IN_REVIEW}),
        S.EDITING,
        "bulletins.edit_submission",
        is_button=False,
    ),
    Transition("adopt", "采用", WITH_OFFICE, S.ADOPTED, "bulletins.adopt_submission", style="primary"),
    Transition(
        "return",
        "退回修改",
        IN_OFFICE_HANDS,
        S.RETURNED,
        "bulletins.return_submission",
        reason=True,
    ),
    Transition(
        "decline",
        "不予采用",
        IN_OFFICE_HANDS,
        S.DECLINED,
        "bulletins.decline_submission",
        reason=True,
        style="danger",
    ),
    Transition(
        "reopen",
        "重新编审",
        frozenset({S.ADOPTED, S.DECLINED}),
        S.EDITING,
        "bulletins.edit_submission",
        confirm="重新编审后，此前的决定取消。",
    ),
    # A bulk decision taken back before anybody was told: to the state before it, whichever of these that was.
    Transition(
        "undo",
        "撤销刚才的处理",
        frozenset({S.ADOPTED, S.RETURNED, S.DECLINED}),
        S.EDITING,
        "bulletins.edit_submission",
        is_button=False,
        others=IN_OFFICE_HANDS,
    ),
    *COLLECTING_TRANSITIONS,
    Transition("mark_printed", "编发", frozenset({S.ADOPTED}), S.PRINTED, "bulletins.print_reports", is_button=False),
    Transition("release", "所在一期已作废", frozenset({S.PRINTED}), S.ADOPTED, "bulletins.void_issue", is_button=False),
)

#: How a part moves when the report it was joined into is in a state.
ALONG = {
    S.DRAFT: "join_along",
    S.HANDED_IN: "join_along",
    S.AWAITING_UNIT: "join_along",
    S.RETURNED: "join_along",
    S.COLLECTING: "forward_along",
    S.JOINED: "forward_along",
    S.FORWARDED: "forward_along",
    S.IN_REVIEW: "forward_along",
    S.EDITING: "forward_along",
    S.KEPT: "forward_along",
    S.ADOPTED: "adopt_along",
    S.PRINTED: "print_along",
    S.DECLINED: "decline_along",
}

ISSUE_TRANSITIONS = (
    Transition("proof", "生成校样", OPEN_ISSUE, I.PROOFING, "bulletins.edit_issue", style="primary"),
    Transition(
        "send_for_review",
        "送审",
        OPEN_ISSUE,
        I.AWAITING_REVIEW,
        "bulletins.edit_issue",
        style="primary",
        confirm="送审后内容锁定，退回后才能再改。",
    ),
    Transition(
        "approve",
        "审核通过",
        frozenset({I.AWAITING_REVIEW}),
        I.AWAITING_SIGNATURE,
        "bulletins.review_issue",
        style="primary",
    ),
    Transition(
        "send_back",
        "退回编辑",
        frozenset({I.AWAITING_REVIEW, I.AWAITING_SIGNATURE}),
        I.EDITING,
        "bulletins.send_back_issue",
        reason=True,
    ),
    Transition(
        "sign",
        "签发",
        frozenset({I.AWAITING_SIGNATURE}),
        I.SIGNED,
        "bulletins.sign_issue",
        style="primary",
        confirm="签发后内容定稿并给出期号，不能再改。",
    ),
    Transition(
        "sign_on_paper",
        "登记签批单",
        frozenset({I.AWAITING_REVIEW, I.AWAITING_SIGNATURE}),
        I.SIGNED,
        "bulletins.enter_signed_sheet",
    ),
    Transition(
        "print",
        "印发",
        frozenset({I.SIGNED}),
        I.PRINTED,
        "bulletins.print_issue",
        style="primary",
        confirm="印发日期确定后，系统制作正式文件，此后不能改动。",
    ),
    Transition(
        "publish",
        "公开",
        frozenset({I.PRINTED}),
        I.PUBLISHED,
        "bulletins.publish_issue",
        style="primary",
        confirm="公开后任何人都能在往期查询中看到本期。请先完成公开审查。",
    ),
    Transition(
        "publish_corrected",
        "公开",
        frozenset({I.CORRECTED}),
        I.CORRECTED,
        "bulletins.publish_corrected_issue",
        style="primary",
    ),
    Transition(
        "correct",
        "发布更正",
        IN_FORCE_ISSUE,
        I.CORRECTED,
        "bulletins.correct_issue",
    ),
    Transition(
        "void",
        "作废",
        frozenset({I.SIGNED}) | IN_FORCE_ISSUE,
        I.VOIDED,
        "bulletins.void_issue",
        reason=True,
        style="danger",
        confirm="作废不能撤销：期号保留但不再使用，正式文件不再对外提供。",
    ),
)
