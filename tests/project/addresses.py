"""Every address of the portal, by url name, and who gets what there. A new page must be entered here.

A line says what an address needs (``at``: each part of it, a name in ``World.at`` or, after ``=``, plain text)
and answers for GET and for POST. An answer is made by ``seen_by(*roles)``: these roles get through, the
others get ``otherwise`` (404: not theirs to see; 403: theirs to see, not to do), a visitor is sent to sign
in. ``None`` means that the method is not known there (405 for everybody signed in).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tests.project.world import (
    ADMIN,
    APPROVER,
    AUDITOR,
    DESK,
    EDITOR,
    EVERYBODY,
    ISSUER,
    LEADER,
    OFFICER,
    REPORTERS,
    REVIEWER,
    SECURITY,
    SIGNED_IN,
    STAFF,
    STRANGER,
    UNIT,
    VISITOR,
)

#: Let through: the page itself or what the act answers; never an error of rights.
THROUGH = 200

Answers = dict[str, int]


def seen_by(*roles: str, otherwise: int = 403, **others: int) -> Answers:
    """``THROUGH`` for ``roles``, ``otherwise`` for the rest, 302 for a visitor; ``others`` names exceptions."""
    answers = {role: THROUGH if role in roles else otherwise for role in EVERYBODY}
    if VISITOR not in roles:
        answers[VISITOR] = 302
    return answers | others


def not_theirs(hidden: Answers, *roles: str) -> Answers:
    """Like ``hidden`` (404 for who may not see it), but 403 for ``roles``, who see it and may not act."""
    return hidden | dict.fromkeys(roles, 403)


@dataclass(frozen=True)
class Line:
    """One address with one set of ids."""

    get: Answers | None
    post: Answers | None = None
    at: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)


def page(get: Answers, post: Answers | None = None, **at: str) -> Line:
    return Line(get, post, at)


def act(post: Answers, **at: str) -> Line:
    """An address that is only posted to."""
    return Line(None, post, at)


def posted(line: Line, **data: str) -> Line:
    """The same with what the form must hold to get as far as the question of rights."""
    return replace(line, data=data)


anybody = seen_by(*EVERYBODY)
signed_in = seen_by(*SIGNED_IN)
admin = seen_by(ADMIN)
register = seen_by(ADMIN, AUDITOR, SECURITY)
keeps_alliance = seen_by(ADMIN, EDITOR, REVIEWER)
changes_unit = not_theirs(seen_by(ADMIN, otherwise=404), AUDITOR, SECURITY)
a_person = seen_by(ADMIN, otherwise=404)
reporters = seen_by(*REPORTERS)
desk = seen_by(*DESK)
editor = seen_by(EDITOR)

own_draft = seen_by(*UNIT, otherwise=404)
own_report = seen_by(*UNIT, *DESK, otherwise=404)
writer = not_theirs(seen_by(OFFICER, otherwise=404), STAFF, APPROVER)
at_desk = seen_by(*DESK, otherwise=404)
edits_at_desk = not_theirs(seen_by(EDITOR, otherwise=404), *DESK[1:])
answers_office = not_theirs(seen_by(*UNIT, otherwise=404), *DESK)
discusses = not_theirs(seen_by(EDITOR, REVIEWER, ISSUER, otherwise=404), AUDITOR)
writes_to_unit = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), ISSUER, AUDITOR)
in_the_making = at_desk
edits_issue = edits_at_desk
signs_issue = not_theirs(seen_by(ISSUER, otherwise=404), EDITOR, REVIEWER, AUDITOR)
prints_issue = not_theirs(seen_by(EDITOR, ISSUER, otherwise=404), REVIEWER, AUDITOR)
publishes_issue = not_theirs(seen_by(REVIEWER, ISSUER, otherwise=404), EDITOR, AUDITOR)
signed_issue = seen_by(*DESK, LEADER, otherwise=404)
sent_issue = seen_by(*DESK, LEADER, *UNIT, otherwise=404)
watches = not_theirs(at_desk, LEADER)
sends = not_theirs(seen_by(EDITOR, ISSUER, otherwise=404), REVIEWER, AUDITOR, LEADER)
writes_remark = not_theirs(seen_by(EDITOR, REVIEWER, LEADER, otherwise=404), ISSUER, AUDITOR)
passes_remark = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), ISSUER, AUDITOR, LEADER)
publishes_issue_like = not_theirs(seen_by(REVIEWER, ISSUER, otherwise=404), EDITOR, AUDITOR, LEADER)
signs_signed_issue = not_theirs(seen_by(ISSUER, otherwise=404), EDITOR, REVIEWER, AUDITOR, LEADER)

sees_progress = seen_by(*UNIT, *DESK, LEADER, otherwise=404)
not_printed = not_theirs(seen_by(otherwise=404), *UNIT, *DESK)
counts = seen_by(*DESK, LEADER, *REPORTERS)
own_board = seen_by(*DESK, LEADER, *UNIT) | {STRANGER: 404}
hidden = seen_by(otherwise=404)
manages_case = not_theirs(seen_by(EDITOR, otherwise=404), *UNIT, REVIEWER, ISSUER, AUDITOR, LEADER)
sees_pair = seen_by(*UNIT, *DESK, LEADER, otherwise=404)
works_on_pair = not_theirs(seen_by(*UNIT, EDITOR, REVIEWER, otherwise=404), ISSUER, AUDITOR, LEADER)
keeps_pair = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), *UNIT, ISSUER, AUDITOR, LEADER)
reads_pair_only = not_theirs(seen_by(otherwise=404), *UNIT, *DESK, LEADER)
sees_need = seen_by(*UNIT, *DESK, LEADER, otherwise=404)
works_in_office = seen_by(EDITOR, REVIEWER)
opens_need = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), *UNIT, ISSUER, AUDITOR, LEADER)
calls_meetings = seen_by(*REPORTERS, EDITOR, REVIEWER)
keeps_meeting = not_theirs(seen_by(*UNIT, EDITOR, REVIEWER, otherwise=404), ISSUER, AUDITOR, LEADER)
keeps_ledger = seen_by(EDITOR, REVIEWER)

sees_tasks = seen_by(*DESK, LEADER, *REPORTERS)
plans_tasks = seen_by(*REPORTERS, EDITOR, REVIEWER)
a_task = seen_by(*UNIT, *DESK, LEADER, otherwise=404)
writes_task = not_theirs(seen_by(*UNIT, EDITOR, REVIEWER, otherwise=404), ISSUER, AUDITOR, LEADER)
own_activity = not_theirs(seen_by(*UNIT, otherwise=404), *DESK, LEADER)
a_target = seen_by(*REPORTERS, *DESK, LEADER, otherwise=404)
sets_target = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), *REPORTERS, ISSUER, AUDITOR, LEADER)
sets_closed = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), *UNIT, ISSUER, AUDITOR, LEADER)
confirms_output = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), *UNIT, ISSUER, AUDITOR, LEADER)

reads_pilots = seen_by(*DESK, LEADER, *REPORTERS)
plans_pilots = seen_by(EDITOR, REVIEWER)
keeps_survey = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), ISSUER, AUDITOR, LEADER)
a_round = seen_by(*DESK, LEADER, *REPORTERS, otherwise=404)
runs_round = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), ISSUER, AUDITOR, LEADER, *REPORTERS)
puts_forward = not_theirs(seen_by(*REPORTERS, otherwise=404), *DESK, LEADER)
of_its_school = seen_by(*UNIT, *DESK, LEADER, otherwise=404)
writes_for_school = not_theirs(seen_by(*UNIT, otherwise=404), *DESK, LEADER)
speaks_for_unit = not_theirs(seen_by(OFFICER, APPROVER, otherwise=404), STAFF, *DESK, LEADER)
decides_on_school = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), ISSUER, AUDITOR, LEADER, *UNIT)
keeps_profile = not_theirs(seen_by(*UNIT, EDITOR, REVIEWER, otherwise=404), ISSUER, AUDITOR, LEADER)

a_community = seen_by(*UNIT, *DESK, LEADER, otherwise=404)
writes_community = not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), *UNIT, ISSUER, AUDITOR, LEADER)

ADDRESSES: dict[str, tuple[Line, ...]] = {
    # the work desk
    "home": (page(signed_in),),
    "waiting": (page(signed_in),),
    # messages
    "notices": (page(signed_in),),
    "notices-read": (act(signed_in),),
    "notice-settings": (page(signed_in, signed_in),),
    "notice": (page(seen_by(OFFICER, otherwise=404), pk="notice"),),
    # the user guide
    "guide": (page(anybody),),
    "guide-page": (page(anybody, slug="=editor"),),
    # who else has a text open: without a ticket from a page it answers nothing, to whomever
    "presence": (act(anybody),),
    # pairs
    "partnerships": (page(signed_in),),
    "partnerships-export": (page(signed_in),),
    "partnership-new": (page(seen_by(EDITOR, REVIEWER), seen_by(EDITOR, REVIEWER)),),
    "partnership": (page(sees_pair, pk="pair"),),
    "partnership-keep": (page(keeps_pair, keeps_pair, pk="pair"),),
    "contacts": (page(works_on_pair, works_on_pair, pk="pair"),),
    "contact-remove": (act(works_on_pair, pk="pair", contact="contact"),),
    "agreement-new": (page(works_on_pair, works_on_pair, pk="pair"),),
    "agreement": (page(sees_pair, pk="agreement"),),
    "agreement-edit": (page(works_on_pair, works_on_pair, pk="agreement"),),
    "agreement-renew": (page(works_on_pair, works_on_pair, pk="agreement"),),
    "agreement-end": (act(works_on_pair, pk="agreement"),),
    "work-item-new": (page(works_on_pair, works_on_pair, pk="pair"),),
    "work-items": (page(signed_in),),
    "work-items-export": (page(signed_in),),
    "work-item": (page(sees_pair, pk="work_item"),),
    "work-item-edit": (page(works_on_pair, works_on_pair, pk="work_item"),),
    "work-item-finish": (
        act(works_on_pair, pk="work_item"),  # what came of it is missing: the form says so
    ),
    "work-item-act": (act(works_on_pair, pk="work_item", name="=start"),),
    "plans": (page(signed_in),),
    "plan-new": (page(seen_by(), seen_by()),),
    "plan": (page(sees_pair, pk="plan"),),
    "plan-edit": (page(reads_pair_only, reads_pair_only, pk="plan"),),
    "plan-act": (act(reads_pair_only, pk="plan", name="=revise"),),
    "alliance": (page(signed_in),),
    "alliance-export": (page(signed_in),),
    "alliance-edit": (page(keeps_alliance, keeps_alliance),),
    # needs: every list is open to who is signed in, and holds what he may see
    "needs": (page(signed_in),),
    "needs-export": (page(signed_in),),
    "need-new": (page(seen_by(), seen_by()),),
    "need-kinds": (page(works_in_office),),
    "need-kind-new": (page(works_in_office, works_in_office),),
    "need-kind": (page(works_in_office, works_in_office, pk="need_kind"),),
    "need": (page(sees_need, pk="need"),),
    "need-edit": (page(not_theirs(hidden, *UNIT, *DESK, LEADER), not_theirs(hidden, *UNIT, *DESK, LEADER), pk="need"),),
    "need-act": (
        act(not_theirs(seen_by(*UNIT, otherwise=404), *DESK, LEADER), pk="need_taken", name="=give_back"),
        act(not_theirs(hidden, *UNIT, *DESK, LEADER), pk="need_taken", name="=withdraw"),
        act(
            not_theirs(seen_by(EDITOR, REVIEWER, otherwise=404), *UNIT, ISSUER, AUDITOR, LEADER),
            pk="need",
            name="=open",
        ),
    ),
    "need-finish": (
        page(
            not_theirs(seen_by(*UNIT, otherwise=404), *DESK, LEADER),
            not_theirs(seen_by(*UNIT, otherwise=404), *DESK, LEADER),
            pk="need_taken",
        ),
    ),
    # meetings, the calendar, joint bodies
    "meetings": (page(signed_in),),
    "meetings-export": (page(signed_in),),
    "meeting-new": (page(calls_meetings, calls_meetings),),
    "meeting": (page(sees_need, pk="meeting"),),
    "meeting-edit": (page(keeps_meeting, keeps_meeting, pk="meeting"),),
    "meeting-papers": (page(keeps_meeting, keeps_meeting, pk="meeting_held"),),
    "meeting-act": (act(keeps_meeting, pk="meeting", name="=cancel"),),
    "meeting-work": (act(keeps_meeting, pk="meeting_held", decision="decision"),),
    "meeting-file": (page(sees_need, pk="meeting"),),
    "calendar-subscription": (page(signed_in, signed_in),),
    "calendar-feed": (
        page(anybody, token="feed_token"),
        page(dict.fromkeys(EVERYBODY, 404), token="=nonsense"),
    ),
    "bodies": (page(signed_in),),
    "body": (page(signed_in, pk="body"),),
    "body-new": (page(works_in_office, works_in_office),),
    "body-edit": (page(works_in_office, works_in_office, pk="body"),),
    # teams of experts
    "teams": (page(signed_in),),
    "teams-export": (page(signed_in),),
    "team": (page(signed_in, pk="team"),),
    "team-new": (page(works_in_office, works_in_office),),
    "team-edit": (page(works_in_office, works_in_office, pk="team"),),
    "team-visit": (act(seen_by(*UNIT, EDITOR, REVIEWER), pk="team"),),
    "team-visit-drop": (act(seen_by(*UNIT, EDITOR, REVIEWER), pk="team", activity="visit"),),
    # pilots: the register, rounds of selection, schools, inspections
    "pilots": (page(reads_pilots),),
    "pilots-export": (page(reads_pilots),),
    "pilots-word": (page(reads_pilots),),
    "pilot-new": (page(plans_pilots, plans_pilots),),
    "pilot-withdraw": (page(runs_round, runs_round, level="=school", pk="pilot"),),
    "rounds": (page(reads_pilots),),
    "round-new": (page(plans_pilots, plans_pilots),),
    "round": (page(a_round, pk="round"),),
    "round-edit": (page(runs_round, runs_round, pk="round"),),
    "round-delete": (act(runs_round, pk="round"),),
    "round-extend": (act(runs_round, pk="round"),),
    "round-act": (act(runs_round, pk="round", name="=close"),),
    "round-export": (page(a_round, pk="round"),),
    "round-word": (page(a_round, pk="round"),),
    "candidate-new": (act(puts_forward, pk="round"),),
    "candidate": (page(of_its_school, pk="candidate"),),
    "candidate-edit": (page(writes_for_school, writes_for_school, pk="candidate"),),
    "candidate-act": (
        act(decides_on_school, pk="candidate", name="=confirm"),
        act(speaks_for_unit, pk="candidate", name="=withdraw"),
    ),
    "candidate-opinion": (act(writes_for_school, pk="candidate"),),
    "school-profiles": (page(reads_pilots),),
    "school-profiles-export": (page(reads_pilots),),
    "school-profile": (page(of_its_school, keeps_profile, pk="school"),),
    "inspections": (page(reads_pilots),),
    "inspection-new": (page(plans_pilots, plans_pilots),),
    "inspection": (page(of_its_school, pk="inspection"),),
    "inspection-edit": (page(decides_on_school, decides_on_school, pk="inspection"),),
    "inspection-delete": (act(decides_on_school, pk="inspection"),),
    "inspection-act": (act(decides_on_school, pk="inspection", name="=close"),),
    "inspection-export": (page(of_its_school, pk="inspection"),),
    "inspected": (page(of_its_school, pk="inspected"),),
    "inspected-findings": (act(decides_on_school, pk="inspected"),),
    "correction-new": (act(decides_on_school, pk="inspected"),),
    "corrections": (page(reads_pilots),),
    "corrections-export": (page(reads_pilots),),
    "correction-answer": (act(writes_for_school, pk="correction"),),
    "correction-drop": (act(decides_on_school, pk="correction"),),
    "correction-act": (act(decides_on_school, pk="correction", name="=close"),),
    "checklists": (page(plans_pilots),),
    "checklist-new": (page(plans_pilots, plans_pilots),),
    "checklist": (page(plans_pilots, plans_pilots, pk="checklist"),),
    # signing in
    "sign-in": (page(anybody, anybody),),
    "sign-out": (act(anybody),),
    "change-password": (page(signed_in, signed_in),),
    # units, posts, people
    "units": (page(register),),
    "register-unit": (page(admin, admin),),
    "unit": (page(signed_in, pk="unit"),),
    "edit-unit": (page(changes_unit, changes_unit, pk="unit"),),
    "rename-unit": (page(changes_unit, changes_unit, pk="unit"),),
    "move-unit": (page(changes_unit, changes_unit, pk="unit"),),
    "give-post": (page(changes_unit, changes_unit, pk="unit"),),
    "hand-over-post": (page(changes_unit, changes_unit, pk="post"),),
    "end-post": (page(changes_unit, changes_unit, pk="post"),),
    "own-posts": (page(signed_in),),
    "acting-lend": (act(reporters),),
    "deputy": (act(seen_by(OFFICER), pk="unit"),),
    "deputy-end": (act(seen_by(OFFICER, otherwise=404), pk="deputy_post"),),
    "acting-end": (act(seen_by(OFFICER, STAFF, ADMIN, otherwise=404), pk="acting"),),
    "acting-arrange": (page(a_person, a_person, pk="person"),),
    "people": (page(admin),),
    "open-account": (page(admin, admin),),
    "person": (page(a_person, pk="person"),),
    "edit-account": (page(a_person, a_person, pk="person"),),
    "reset-password": (act(a_person, pk="person"),),
    "unlock-account": (act(a_person, pk="person"),),
    # tables in and out
    "exchange": (page(admin, admin, noun="=units"), page(admin, admin, noun="=people")),
    "exchange-table": (page(admin, noun="=units", pk="table"),),
    "apply-exchange": (act(admin, noun="=units", pk="table"),),
    "exchange-passwords": (act(admin, noun="=units", pk="table"),),
    "exchange-result": (page(admin, noun="=units", pk="table"),),
    "exchange-file": (page(admin, noun="=units", pk="table"),),
    "exchange-template": (page(admin, noun="=units"), page(admin, noun="=people")),
    "export-table": (page(register, noun="=units"), page(admin, noun="=people")),
    # what was done
    "audit": (page(seen_by(AUDITOR, SECURITY)),),
    "export-audit": (page(seen_by(AUDITOR, SECURITY)),),
    # files
    "attachment": (page(own_draft, pk="draft_file"), page(own_report, pk="report_file")),
    "attachment-delete": (
        act(writer, pk="draft_file"),
        act(not_theirs(seen_by(OFFICER, otherwise=404), STAFF, APPROVER, *DESK), pk="report_file"),
    ),
    "attachment-upload": (
        act(writer, label="=bulletins.submission", owner="draft"),
        act(seen_by(otherwise=404), label="=accounts.user", owner="person"),
    ),
    # finding
    "search": (page(signed_in),),
    "search-save": (act(signed_in),),
    "search-forget": (act(seen_by(OFFICER, otherwise=404), pk="saved_search"),),
    # a unit's reports
    "submissions": (page(reporters),),
    "submission-new": (act(reporters),),
    "submission": (page(own_draft, pk="draft"), page(own_report, pk="report")),
    "submission-edit": (page(writer, writer, pk="draft"),),
    "submission-autosave": (act(writer, pk="draft"),),
    "submission-recognise": (act(writer, pk="draft"),),
    "submission-word": (act(writer, pk="draft"),),
    "submission-tidy": (act(writer, pk="draft"),),
    "submission-intake": (posted(act(writer, pk="draft"), intake="=close"),),
    "submission-points": (act(writer, pk="draft"),),
    "submission-answer": (
        posted(act(answers_office, pk="report"), text="=好的"),
        act(seen_by(otherwise=404), pk="draft"),
    ),
    "certificate": (
        page(
            not_theirs(seen_by(otherwise=404), *UNIT, *DESK),
            not_theirs(seen_by(otherwise=404), *UNIT, *DESK),
            pk="report",
        ),
    ),
    "certificate-pdf": (page(not_theirs(seen_by(otherwise=404), *UNIT, *DESK), pk="report"),),
    "submission-preview": (page(own_draft, pk="draft"), page(own_report, pk="report")),
    "submission-delete": (act(writer, pk="draft"),),
    "collected": (page(reporters),),
    "collected-join": (act(seen_by(OFFICER, STRANGER)),),
    "county-submissions": (page(seen_by()),),
    "submission-take-apart": (act(writer, pk="draft"),),
    "submission-paper": (page(writer, writer, pk="draft"),),
    "sign-link": (act(writer, pk="awaiting"),),
    "sign-link-revoke": (act(writer, pk="awaiting"),),
    "sign": (
        page(anybody, anybody, token="sign_token"),
        page(dict.fromkeys(EVERYBODY, 410), dict.fromkeys(EVERYBODY, 410), token="=nonsense"),
    ),
    "collecting-levels": (page(admin, admin),),
    "submission-act": (
        act(writer, pk="draft", name="=send_to_approver"),
        act(seen_by(otherwise=404), pk="draft", name="=nonsense"),
        act(not_theirs(seen_by(OFFICER, otherwise=404), STAFF, APPROVER, *DESK), pk="report", name="=withdraw"),
    ),
    # cases
    "cases": (page(counts),),
    "cases-export": (page(counts),),
    "case-new": (page(reporters, reporters),),
    "case-frames": (page(editor),),
    "case-frame-new": (page(editor, editor),),
    "case-frame": (page(editor, editor, pk="case_frame"),),
    "case-reviews": (page(seen_by()),),
    "case-review": (page(hidden, hidden, pk="case_review"),),
    "case": (page(own_draft, pk="case_draft"), page(sent_issue, pk="case_sent"), page(sent_issue, pk="case_public")),
    "case-edit": (page(writer, writer, pk="case_draft"),),
    "case-delete": (act(writer, pk="case_draft"),),
    "case-pdf": (page(hidden, pk="case_sent"),),
    "case-word": (page(own_draft, pk="case_draft"), page(sent_issue, pk="case_sent")),
    "case-version": (page(sent_issue, pk="case_sent", number="=1"),),
    "case-assign": (act(manages_case, pk="case_sent"),),
    "case-release": (act(manages_case, pk="case_sent", review="case_review"),),
    "case-offer": (page(manages_case, manages_case, pk="case_public"),),
    "case-act": (
        act(writer, pk="case_draft", name="=send_to_approver"),
        act(hidden, pk="case_draft", name="=nonsense"),
        act(manages_case, pk="case_sent", name="=return"),
        act(not_theirs(publishes_issue_like, *UNIT), pk="case_public", name="=hide"),
    ),
    "case-library": (page(anybody),),
    "public-case": (page(anybody, pk="case_public"), page(dict.fromkeys(EVERYBODY, 404), pk="case_sent")),
    "public-case-pdf": (page(dict.fromkeys(EVERYBODY, 404), pk="case_public"),),
    "public-case-word": (page(anybody, pk="case_public"), page(dict.fromkeys(EVERYBODY, 404), pk="case_sent")),
    # calls for reports, on a unit's side
    "own-calls": (page(reporters),),
    "own-call": (page(own_draft, pk="call"),),
    "own-call-answer": (act(own_draft, pk="target"),),
    "own-call-link": (act(own_draft, pk="target"),),
    "own-call-no-report": (act(writer, pk="target"),),
    "own-call-report-after-all": (act(writer, pk="target"),),
    # calls for reports, at the desk
    "calls": (page(desk),),
    "call-new": (page(editor, editor),),
    "call-points": (act(editor),),
    "call": (page(at_desk, pk="call"), page(at_desk, pk="call_draft")),
    "call-edit": (page(edits_at_desk, edits_at_desk, pk="call_draft"),),
    "call-targets": (act(edits_at_desk, pk="call_draft"),),
    "call-delete": (act(edits_at_desk, pk="call_draft"),),
    "call-copy": (act(edits_at_desk, pk="call"),),
    "call-extend": (act(edits_at_desk, pk="call"),),
    "call-add": (act(edits_at_desk, pk="call"),),
    "call-remind": (act(edits_at_desk, pk="call"),),
    "call-export": (page(at_desk, pk="call"), page(seen_by(otherwise=404), pk="call_draft")),
    "call-act": (
        act(edits_at_desk, pk="call", name="=close"),
        act(not_theirs(seen_by(otherwise=404), *DESK[1:]), pk="call", name="=nonsense"),
    ),
    # the desk
    "desk": (page(desk),),
    "desk-submission": (
        page(at_desk, edits_at_desk, pk="report"),
        page(seen_by(otherwise=404), seen_by(otherwise=404), pk="draft"),
    ),
    "desk-act": (
        act(edits_at_desk, pk="report", name="=adopt"),
        act(seen_by(otherwise=404), pk="draft", name="=adopt"),
    ),
    "desk-merge": (act(seen_by(EDITOR)),),
    "desk-bulk": (act(editor),),
    "desk-bulk-result": (page(seen_by(*DESK), pk="bulk"),),
    "desk-bulk-undo": (act(editor, pk="bulk"),),
    "desk-held": (page(desk, editor),),
    "desk-hold": (act(edits_at_desk, pk="report"), act(seen_by(otherwise=404), pk="draft")),
    "desk-drop": (act(edits_at_desk, pk="report"),),
    "desk-discuss": (posted(act(discusses, pk="report"), text="=看过了"),),
    "desk-write": (posted(act(writes_to_unit, pk="report"), text="=请补图"),),
    "desk-ask": (act(edits_at_desk, pk="report"),),
    "desk-assign": (posted(act(edits_at_desk, pk="report"), editor="=nobody"),),
    # asking units about the office's text
    "confirmation": (page(own_draft, not_theirs(seen_by(OFFICER, APPROVER, otherwise=404), STAFF), pk="asked"),),
    "confirmation-take-over": (act(edits_at_desk, pk="asked"),),
    # issues
    "issues": (page(seen_by(*DESK, LEADER)),),
    "issue-new": (page(editor, editor),),
    "issue": (page(in_the_making, pk="open"), page(signed_issue, pk="signed"), page(signed_issue, pk="published")),
    "issue-facts": (page(edits_issue, edits_issue, pk="open"),),
    "issue-usual-pages": (page(edits_issue, edits_issue, pk="open"),),
    "issue-assemble": (act(edits_issue, pk="open"),),
    "issue-act": (act(edits_issue, pk="open", name="=proof"),),
    "issue-sign": (page(signs_issue, signs_issue, pk="open"),),
    "issue-sign-on-paper": (page(edits_issue, edits_issue, pk="open"),),
    "issue-sheet": (page(seen_by(*DESK, otherwise=404), pk="open"),),
    "issue-correct": (page(publishes_issue_like, publishes_issue_like, pk="signed"),),
    "issue-void": (page(signs_signed_issue, signs_signed_issue, pk="signed"),),
    "authorities": (page(seen_by(*DESK, ADMIN), seen_by(ISSUER, ADMIN)),),
    "authority-end": (
        act(seen_by(ISSUER, ADMIN, otherwise=404, editor=403, reviewer=403, auditor=403), pk="authority"),
    ),
    "review-items": (page(seen_by(REVIEWER, ISSUER), seen_by(REVIEWER, ISSUER)),),
    "issue-print": (posted(page(prints_issue, prints_issue, pk="open"), printed_on="=2024-12-03"),),
    "issue-publish": (page(publishes_issue, publishes_issue, pk="open"),),
    "issue-final": (act(not_theirs(prints_issue, LEADER), pk="signed"),),
    "issue-pdf": (
        page(signed_in, pk="published"),
        page(sent_issue, pk="sent"),
        page(seen_by(otherwise=404), pk="signed"),
    ),
    "volumes": (posted(page(seen_by(*DESK, LEADER), seen_by(EDITOR, REVIEWER, ISSUER)), year="=2024"),),
    "volume-row": (page(seen_by(*DESK, LEADER, otherwise=404), pk="volume"),),
    "volume-pdf": (page(seen_by(otherwise=404), pk="volume"),),
    "issue-word": (page(in_the_making, pk="open"), page(signed_issue, pk="signed")),
    "issue-proof": (page(in_the_making, pk="open"),),
    "proof-rounds": (page(in_the_making, pk="open"), page(in_the_making, pk="signed")),
    "issue-progress": (page(in_the_making, pk="open"),),
    "proof-pdf": (page(in_the_making, pk="open", rendition="proof"),),
    "proof-picture": (page(seen_by(otherwise=404), pk="open", rendition="proof", page="=1"),),
    "entry-new": (page(edits_issue, edits_issue, pk="open"),),
    "submission-place": (posted(act(edits_issue, pk="open", submission="adopted"), section="section"),),
    "entry": (page(in_the_making, pk="entry"),),
    "issue-talk": (
        posted(page(at_desk | {LEADER: 404}, discusses, pk="open"), text="=看过了"),
        page(not_theirs(at_desk, LEADER), discusses | {LEADER: 403}, pk="signed"),
    ),
    "entry-talk": (posted(page(at_desk, discusses, pk="entry"), text="=看过了"),),
    "entry-ask": (act(edits_issue, pk="entry"),),
    "entry-edit": (page(edits_issue, edits_issue, pk="entry"),),
    "entry-move": (posted(act(edits_issue, pk="entry"), section="section"),),
    "entry-shift": (act(edits_issue, pk="entry"),),
    "issue-merge": (act(edits_issue, pk="open"),),
    "entry-restore": (act(edits_issue, pk="entry"),),
    "entry-remove": (act(edits_issue, pk="entry"),),
    # sending out, receiving, leaders' remarks
    "readership": (page(desk, editor),),
    "readership-remove": (act(editor, pk="line"),),
    "issue-readership": (page(watches, sends, pk="sent"),),
    "issue-readership-table": (page(watches, pk="sent"),),
    "issue-readership-fill": (act(sends, pk="sent"),),
    "issue-send": (act(sends, pk="sent"),),
    "issue-remind": (act(sends, pk="sent"),),
    "issue-readership-remove": (act(sends, pk="sent", delivery="delivery"),),
    "received": (page(seen_by(*REPORTERS, LEADER)),),
    "received-issue": (
        page(seen_by(*UNIT, LEADER, otherwise=404), pk="sent"),
        page(seen_by(otherwise=404), pk="published"),
    ),
    "received-confirm": (
        act(seen_by(*UNIT, otherwise=404), pk="delivery"),
        act(not_theirs(seen_by(otherwise=404), LEADER), pk="shown"),
    ),
    "remarks": (page(seen_by(*DESK, LEADER)),),
    "remarks-table": (page(seen_by(*DESK, LEADER)),),
    "remark-new": (page(writes_remark, writes_remark, issue="sent"),),
    "remark": (page(seen_by(*DESK, LEADER, otherwise=404), pk="remark"),),
    "remark-pass": (act(passes_remark, pk="remark"),),
    "remark-close": (act(passes_remark, pk="remark"),),
    "follow-ups": (page(reporters),),
    "follow-up": (page(own_draft, writer, pk="follow_up"),),
    "follow-up-again": (posted(act(passes_remark, pk="follow_up"), reason="=请写明学校数。"),),
    # checking, and the office's list of words
    "issue-checks": (page(in_the_making, pk="open"), page(signed_issue, pk="signed")),
    "issue-mend": (posted(act(edits_issue, pk="open"), rule="=width"),),
    "issue-unmend": (posted(act(edits_issue, pk="open"), row="=1"),),
    "issue-waive": (posted(act(edits_issue, pk="open"), entry="entry"),),
    "entry-aids": (act(edits_issue, pk="entry"),),
    "report-aids": (act(edits_at_desk, pk="report"),),
    "twin-dismiss": (act(edits_at_desk, pk="report", twin="twin"),),
    "words": (page(desk),),
    "words-export": (page(desk),),
    "word-new": (page(editor, editor),),
    "word-edit": (page(editor, editor, pk="word"),),
    # the public archive
    "archive": (page(anybody),),
    "archive-feed": (page(anybody),),
    "archive-issue": (
        page(anybody, pk="published"),
        page(dict.fromkeys(EVERYBODY, 404), pk="signed"),
        page(dict.fromkeys(EVERYBODY, 404), pk="open"),
    ),
    "archive-pdf": (page(anybody, pk="published"), page(dict.fromkeys(EVERYBODY, 404), pk="signed")),
    # communities
    "communities": (page(seen_by(*DESK, LEADER, *REPORTERS)),),
    "communities-export": (page(seen_by(*DESK, LEADER, *REPORTERS)),),
    "community-new": (page(seen_by(EDITOR, REVIEWER), seen_by(EDITOR, REVIEWER)),),
    "community-coverage": (page(seen_by(*DESK, LEADER, *REPORTERS)),),
    "community-coverage-export": (page(seen_by(*DESK, LEADER, *REPORTERS)),),
    "community-policies": (page(seen_by(*DESK, LEADER, *REPORTERS)),),
    "community-policy": (
        page(
            seen_by(EDITOR, REVIEWER),
            seen_by(EDITOR, REVIEWER),
            area="community_area",
            kind="community_kind",
        ),
    ),
    "community": (page(a_community, pk="community"),),
    "community-activities": (page(a_community, pk="community"),),
    "community-sent": (page(a_community, pk="community"),),
    "community-members": (page(a_community, pk="community"),),
    "community-change": (
        act(writes_community, pk="community", name="=rename"),
        act(seen_by(otherwise=404), pk="community", name="=nonsense"),
    ),
    "community-plan": (page(a_community, writes_community, pk="community"),),
    "community-group": (page(writes_community, writes_community, pk="community"),),
    "community-words": (page(writes_community, writes_community, pk="community", duty="community_duty"),),
    "community-record-new": (page(writes_community, writes_community, pk="community"),),
    "community-record": (page(writes_community, writes_community, pk="community_record"),),
    "community-record-delete": (act(writes_community, pk="community_record"),),
    "service-certificate": (page(writes_community, writes_community, pk="community_record"),),
    "service-certificate-pdf": (
        page(
            not_theirs(seen_by(otherwise=404), *UNIT, ISSUER, AUDITOR, LEADER),
            pk="community_record",
        ),
    ),
    "service-verify": (
        page(anybody, token="service_token"),
        page(dict.fromkeys(EVERYBODY, 404), token="=nobody-knows-me"),
    ),
    # activities and targets
    "activities": (page(sees_tasks),),
    "activities-export": (page(sees_tasks),),
    "activities-calendar": (page(sees_tasks),),
    "activity-new": (page(plans_tasks, plans_tasks),),
    "activity": (page(a_task, pk="activity"),),
    "activity-edit": (page(own_activity, own_activity, pk="activity"),),
    "activity-match": (posted(act(own_activity, pk="activity"), **{"with": "activity_twin"}),),
    "activity-part": (posted(act(writes_task, pk="activity_kept"), joined="activity_joined"),),
    "activity-link": (posted(act(writes_task, pk="activity"), target="link_target"),),
    "activity-unlink": (posted(act(writes_task, pk="activity"), link="activity_link"),),
    "activity-act": (act(own_activity, pk="activity_of_partner", name="=confirm"),),
    "submission-from-activities": (act(reporters),),
    "targets": (page(sees_tasks),),
    "targets-export": (page(sees_tasks),),
    "target-new": (page(works_in_office, works_in_office),),
    "target": (page(a_target, pk="a_target"),),
    "target-edit": (page(sets_target, sets_target, pk="a_target"),),
    "target-delete": (act(sets_target, pk="a_target"),),
    # indicators, reported figures, closed periods
    "values": (page(sees_tasks, sees_tasks),),
    "values-export": (page(sees_tasks),),
    "reported-values": (page(seen_by(otherwise=404) | {ADMIN: 403, SECURITY: 403}),),
    "value-supply": (
        page(works_in_office | {EDITOR: 404, REVIEWER: 404}, works_in_office | {EDITOR: 404, REVIEWER: 404}),
    ),
    "value": (page(a_task, sets_closed, pk="reported_value"),),
    "value-comment": (act(a_task, pk="reported_value"),),
    "reporting-matrix": (page(sees_tasks),),
    "reporting-matrix-export": (page(sees_tasks),),
    "reporting-remind": (posted(act(seen_by(*REPORTERS, EDITOR, REVIEWER)), period="reporting_period"),),
    "indicators": (page(sees_tasks),),
    "indicator": (page(sees_tasks, works_in_office, pk="reported_indicator"),),
    "indicator-figures": (page(sees_tasks, pk="reported_indicator"),),
    "indicator-new": (page(works_in_office, works_in_office),),
    "indicator-edit": (page(works_in_office, works_in_office, pk="reported_indicator"),),
    "indicator-rule-delete": (act(works_in_office, pk="value_rule"),),
    "indicator-set-new": (page(works_in_office, works_in_office),),
    "indicator-set-edit": (page(works_in_office, works_in_office, pk="indicator_set"),),
    "closings": (page(sees_tasks, works_in_office),),
    "closing": (page(sees_tasks, pk="closing"),),
    "closing-export": (page(sees_tasks, pk="closing"),),
    # the five batches: tasks and outputs
    "batches": (page(sees_tasks),),
    "tasks": (page(sees_tasks),),
    "tasks-export": (page(sees_tasks),),
    "task-new": (page(plans_tasks, plans_tasks),),
    "task": (page(a_task, pk="task"),),
    "task-edit": (page(writes_task, writes_task, pk="task"),),
    "task-act": (act(writes_task, pk="task", name="=start"), act(seen_by(otherwise=404), pk="task", name="=nonsense")),
    "milestone-done": (posted(act(writes_task, pk="milestone"), done_on="=2024-11-18"),),
    "milestone-undo": (act(writes_task, pk="milestone"),),
    "outputs": (page(sees_tasks),),
    "outputs-export": (page(sees_tasks),),
    "output-choose": (page(plans_tasks),),
    "output-new": (page(plans_tasks, plans_tasks, kind="=course"),),
    "output": (page(a_task, pk="output"),),
    "output-edit": (page(writes_task, writes_task, pk="output"),),
    "output-act": (
        act(confirms_output, pk="output", name="=confirm"),
        act(seen_by(otherwise=404), pk="output", name="=nonsense"),
    ),
    "public-outputs": (page(anybody),),
    # the ledger
    "board": (page(counts),),
    "board-export": (page(counts),),
    "board-pdf": (page(counts),),
    "board-of": (page(own_board, kind="=unit", pk="unit"), page(own_board, kind="=community", pk="community")),
    "board-of-export": (page(own_board, kind="=unit", pk="unit"),),
    "board-of-pdf": (page(own_board, kind="=unit", pk="unit"),),
    "packs": (page(counts, counts),),
    "pack-row": (page(seen_by(OFFICER, otherwise=404), pk="pack"),),
    "pack-file": (page(seen_by(otherwise=404), pk="pack"),),
    "api-board": (page(counts),),
    "api-board-of": (page(own_board, kind="=unit", pk="unit"),),
    "ledger": (page(counts),),
    "ledger-export": (page(counts),),
    "ledger-reports": (page(counts),),
    "ledger-reports-export": (page(counts),),
    "circular": (page(keeps_ledger),),
    "point-rules": (page(keeps_ledger, keeps_ledger),),
    "point-rules-remove": (act(keeps_ledger, pk="point_scheme"),),
    "ledger-ranking": (act(keeps_ledger),),
    # progress reports of a term
    "progress-reports": (page(signed_in),),
    "progress-export": (page(signed_in),),
    "progress-approve-many": (act(signed_in),),
    "progress-report": (page(sees_progress, pk="progress"),),
    "progress-print": (page(sees_progress, pk="progress"),),
    "progress-save": (act(not_theirs(sees_progress, *DESK, LEADER), pk="progress"),),
    "progress-doubt-line": (act(not_theirs(sees_progress, *DESK, LEADER), pk="progress"),),
    "progress-comment": (act(not_theirs(sees_progress, ISSUER, AUDITOR, LEADER), pk="progress"),),
    "progress-exception": (act(not_theirs(sees_progress, *UNIT, EDITOR, AUDITOR, LEADER), pk="progress"),),
    "progress-act": (
        act(not_theirs(sees_progress, STAFF, *DESK, LEADER), pk="progress", name="=take_back"),
        posted(act(not_theirs(sees_progress, *UNIT, *DESK, LEADER), pk="progress", name="=approve"), turn="=0"),
    ),
    "progress-doubt": (
        posted(
            page(
                sees_progress | {STRANGER: THROUGH},
                not_theirs(sees_progress | {STRANGER: THROUGH}, *UNIT, ISSUER, AUDITOR, LEADER),
                pk="doubt",
            ),
            act="=uphold",
        ),
    ),
    "reporting-periods": (page(seen_by(EDITOR, REVIEWER), seen_by(EDITOR, REVIEWER)),),
    "reporting-rules": (page(seen_by(EDITOR, REVIEWER), seen_by(EDITOR, REVIEWER)),),
    "reporting-period": (
        page(
            sees_progress | {STRANGER: THROUGH},
            not_theirs(sees_progress | {STRANGER: 403}, *UNIT, ISSUER, AUDITOR, LEADER),
            pk="reporting_period",
        ),
    ),
    "reporting-period-export": (page(sees_progress | {STRANGER: THROUGH}, pk="reporting_period"),),
    # assessments of communities, and surveys
    "assessments": (page(reads_pilots),),
    "assessment-new": (page(plans_pilots, plans_pilots),),
    "assessment": (page(sees_pair, pk="assessment"),),
    "assessment-edit": (page(keeps_pair, keeps_pair, pk="assessment"),),
    "assessment-delete": (act(keeps_pair, pk="assessment"),),
    "assessment-postpone": (page(keeps_pair, keeps_pair, pk="assessment"),),
    "assessment-act": (act(keeps_pair, pk="assessment", name="=to_county"),),
    "assessment-figures": (act(keeps_pair, pk="assessment"),),
    "assessment-export": (page(sees_pair, pk="assessment"),),
    "assessment-word": (page(sees_pair, pk="assessment"),),
    "assessed": (page(sees_pair, pk="assessed"),),
    "assessed-finish": (act(keeps_pair, pk="assessed"),),
    "reviewer-new": (act(keeps_pair, pk="assessed"),),
    "assessed-export": (page(sees_pair, pk="assessed"),),
    "assessed-word": (page(sees_pair, pk="assessed"),),
    "reviewer-drop": (act(keeps_pair, pk="reviewer_of_it"),),
    "self-assessment-hand-in": (act(reads_pair_only, pk="assessed_school"),),
    "self-assessment-take-back": (act(reads_pair_only, pk="assessed_school"),),
    "item-score": (page(sees_pair, pk="item_score"),),
    "item-score-write": (act(reads_pair_only, pk="item_score"),),
    "item-score-settle": (act(keeps_pair, pk="item_score"),),
    "item-score-object": (act(reads_pair_only, pk="item_score"),),
    "objection-answer": (act(keeps_pair, pk="objection"),),
    "reviews": (page(reads_pilots),),
    "review": (page(hidden, hidden, pk="reviewer_of_it"),),
    "review-hand-in": (act(hidden, pk="reviewer_of_it"),),
    "schemes": (page(plans_pilots),),
    "scheme-new": (page(plans_pilots, plans_pilots),),
    "scheme": (page(plans_pilots, pk="scheme"),),
    "scheme-edit": (page(plans_pilots, plans_pilots, pk="scheme"),),
    "scheme-copy": (act(plans_pilots, pk="scheme"),),
    "scheme-item-new": (page(plans_pilots, plans_pilots, pk="scheme"),),
    "scheme-item": (page(plans_pilots, plans_pilots, pk="scheme_item"),),
    "scheme-item-delete": (act(plans_pilots, pk="scheme_item"),),
    "surveys": (page(reads_pilots),),
    "survey-new": (page(plans_pilots, plans_pilots),),
    "survey": (page(seen_by(*DESK, LEADER, otherwise=404), pk="survey"),),
    "survey-edit": (page(keeps_survey, keeps_survey, pk="survey"),),
    "survey-delete": (act(keeps_survey, pk="survey"),),
    "survey-sheet": (page(seen_by(*DESK, LEADER, otherwise=404), pk="survey"),),
    "survey-export": (page(seen_by(*DESK, LEADER, otherwise=404), pk="survey"),),
    "survey-answer": (
        page(anybody, anybody, token="survey_token"),
        page(dict.fromkeys(EVERYBODY, 404), dict.fromkeys(EVERYBODY, 404), token="=nobody-knows-me"),
    ),
    # verifying a printed copy
    "verify": (page(anybody, token="token"), page(dict.fromkeys(EVERYBODY, 404), token="=nobody-knows-me")),
    # the programming interface
    "api-root": (page(seen_by(*SIGNED_IN, visitor=401)),),
    "api-submissions": (
        # An empty report is a draft to who reports for one unit; the others are asked for which unit (400).
        page(seen_by(*SIGNED_IN, visitor=401), seen_by(*SIGNED_IN, visitor=401)),
    ),
    "api-submission": (
        page(own_draft | {VISITOR: 401}, pk="draft"),
        page(own_report | {VISITOR: 401}, pk="report"),
    ),
    "api-submission-act": (
        act(writer | {VISITOR: 401}, pk="draft", name="=submit"),
        act(not_theirs(seen_by(EDITOR, otherwise=404, visitor=401), *UNIT, *DESK[1:]), pk="report", name="=adopt"),
    ),
    "api-issues": (page(seen_by(*SIGNED_IN, visitor=401)),),
    "api-issue": (
        page(in_the_making | {VISITOR: 401}, pk="open"),
        page(signed_issue | {VISITOR: 401}, pk="signed"),
        page(sent_issue | {VISITOR: 401}, pk="sent"),
        page(seen_by(*SIGNED_IN, visitor=401), pk="published"),
    ),
    "api-issue-pdf": (
        page(seen_by(otherwise=404, visitor=401), pk="signed"),
        page(seen_by(*SIGNED_IN, visitor=401), pk="published"),
    ),
    "api-schema": (page(seen_by(*SIGNED_IN, visitor=401)),),
    "api-unknown": (
        Line(seen_by(otherwise=404, visitor=401), seen_by(otherwise=404, visitor=401), {"rest": "=nothing/here"}),
    ),
}

sees_one_pilot = seen_by(*DESK, LEADER, *REPORTERS, otherwise=404)
one_need = {"pk": "need_taken", "name": "=give_back"}

#: A noun of the programming interface: whose one thing is, by the page's rights, and the acts that are tried on it.
NOUNS: dict[str, tuple[str, Answers, tuple[Line, ...]]] = {
    "units": ("unit", signed_in, ()),
    "waiting": ("waiting", seen_by(OFFICER, otherwise=404), ()),
    "alliances": ("alliance", signed_in, ()),
    "partnerships": ("pair", sees_pair, ()),
    "agreements": ("agreement", sees_pair, ()),
    "work-items": ("work_item", sees_pair, (act(works_on_pair, pk="work_item", name="=start"),)),
    "plans": ("plan", sees_pair, (act(reads_pair_only, pk="plan", name="=revise"),)),
    "needs": ("need", sees_need, (act(not_theirs(seen_by(*UNIT, otherwise=404), *DESK, LEADER), **one_need),)),
    "meetings": ("meeting", sees_need, (act(keeps_meeting, pk="meeting", name="=cancel"),)),
    "joint-bodies": ("body", signed_in, ()),
    "expert-teams": ("team", signed_in, ()),
    "selection-rounds": ("round", a_round, (act(runs_round, pk="round", name="=close"),)),
    "candidates": ("candidate", of_its_school, (act(decides_on_school, pk="candidate", name="=confirm"),)),
    "pilot-counties": ("pilot_county", sees_one_pilot, ()),
    "pilot-schools": ("pilot", sees_one_pilot, ()),
    "school-profiles": ("profile", of_its_school, ()),
    "inspections": ("inspection", of_its_school, (act(decides_on_school, pk="inspection", name="=close"),)),
    "inspected-units": ("inspected", of_its_school, ()),
    "corrections": ("correction", of_its_school, (act(decides_on_school, pk="correction", name="=close"),)),
    "communities": ("community", a_community, ()),
    "community-plans": ("community_plan", a_community, ()),
    "community-records": ("community_record", a_community, ()),
    "service-certificates": ("service_certificate", seen_by(EDITOR, REVIEWER, otherwise=404), ()),
    "activities": ("activity", a_task, (act(own_activity, pk="activity_of_partner", name="=confirm"),)),
    "tasks": ("task", a_task, (act(own_activity, pk="task", name="=hand_in"),)),
    "cases": ("case_sent", sent_issue, ()),
    "outputs": ("output", a_task, (act(confirms_output, pk="output", name="=confirm"),)),
    "progress-reports": (
        "progress",
        sees_progress,
        (
            act(not_theirs(sees_progress, STAFF, *DESK, LEADER), pk="progress", name="=take_back"),
            act(not_theirs(sees_progress, *UNIT, *DESK, LEADER), pk="progress", name="=approve"),
        ),
    ),
    "reporting-periods": ("reporting_period", sees_progress | {STRANGER: THROUGH}, ()),
    "doubts": (
        "doubt",
        sees_progress | {STRANGER: THROUGH},
        (
            act(
                not_theirs(sees_progress | {STRANGER: THROUGH}, *UNIT, ISSUER, AUDITOR, LEADER),
                pk="doubt",
                name="=uphold",
            ),
        ),
    ),
    "assessment-schemes": ("scheme", seen_by(EDITOR, REVIEWER, otherwise=404), ()),
    "assessments": ("assessment", sees_pair, ()),
    "assessed-communities": ("assessed", sees_pair, ()),
    "reported-values": ("reported_value", a_task, ()),
    "closings": ("closing", seen_by(*DESK, LEADER, *REPORTERS, otherwise=404), ()),
    "closed-figures": ("closed_figure", a_task, ()),
    "indicators": ("an_indicator", a_target, ()),
    "targets": ("a_target", a_target, ()),
}


def _to_programs(line: Line) -> Line:
    """A program that has not signed in is told so (401), not sent to a page."""
    changed = {one: given | {VISITOR: 401} for one in ("get", "post") if (given := getattr(line, one)) is not None}
    return replace(line, **changed)


for noun, (thing, sees_it, acts) in NOUNS.items():
    ADDRESSES[f"api-{noun}"] = (_to_programs(page(signed_in)),)
    ADDRESSES[f"api-{noun}-one"] = (_to_programs(page(sees_it, pk=thing)),)
    if acts:
        ADDRESSES[f"api-{noun}-act"] = tuple(_to_programs(line) for line in acts)
