"""汇总转报: what a collecting unit does with reports, and how these share the fate of what they were joined into."""

from __future__ import annotations

from bulletins.states.submission import IN_ANOTHER, TO_COLLECT
from bulletins.states.submission import SubmissionState as S
from portal.workflow import Transition

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
