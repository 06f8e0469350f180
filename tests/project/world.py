"""One small portal with somebody in every role, for the walk over all addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from alliances.models import NeedKind, Partnership
from alliances.services.calendar_feed import make_feed
from alliances.services.partnership import add_contact
from bulletins.models import HouseWord, Rendition, Submission, Twin
from bulletins.queries.issue import the_periodical
from bulletins.services.asking_units import ask_unit
from bulletins.services.assigning import assign_many
from bulletins.services.authority import give_authority
from bulletins.services.call import create_call
from bulletins.services.comments import write_to_unit
from bulletins.services.entry import add_entry
from bulletins.services.issue_chain import request_proof
from bulletins.services.point_rules import TypedRule, add_scheme
from bulletins.services.readership import add_reader, send_issue
from bulletins.services.remark import pass_remark, write_remark
from bulletins.services.signing_links import make_sign_link
from bulletins.services.submission import approve_submission, submit_submission
from bulletins.services.volume import order_volume
from pilots.models import CommunityPlan, CommunityRecord, ServiceCertificate
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.acting import authorise_acting
from portal.accounts.services.deputy import name_deputy
from portal.exchange.services.upload import CHECK, upload_table
from portal.files.services import attach_file
from portal.inbox.models import Waiting
from portal.jobs.models import Job
from portal.jobs.services import run
from portal.notices.services import send_notice
from portal.packs.services.ordering import order_pack
from portal.periods import year_of
from portal.search.services import save_search
from tests.bulletins.calls import make_call, target_of
from tests.bulletins.published import make_printed, make_published, make_signed, office, store_rendition
from tests.factories import make_adopted, make_draft, make_issue, make_officer, make_report, make_unit, make_user
from tests.factories.alliance import (
    make_arranged_need,
    make_body,
    make_held_meeting,
    make_meeting,
    make_need,
    make_pair,
    make_team,
)
from tests.factories.partnership import make_agreement, make_item, make_plan
from tests.factories.task import make_output, make_task
from tests.portal.exchange.tables import table
from tests.portal.files.samples import picture, upload
from tests.project.activities import activities_of
from tests.project.assessments import assessments_of
from tests.project.cases import cases_of
from tests.project.communities import community_of
from tests.project.figures import figures_of
from tests.project.pilots import pilots_of
from tests.project.progress import report_on_the_term

VISITOR = "visitor"
OFFICER, STAFF, APPROVER, STRANGER = "officer", "staff", "approver", "officer of another unit"
EDITOR, REVIEWER, ISSUER = "editor", "reviewer", "issuer"
ADMIN, SECURITY, AUDITOR, LEADER = "admin", "security", "auditor", "leader"

#: Everybody of the unit whose report it is · who reads at the desk what was sent in · who reports at all.
UNIT = (OFFICER, STAFF, APPROVER)
DESK = (EDITOR, REVIEWER, ISSUER, AUDITOR)
REPORTERS = (*UNIT, STRANGER)
SIGNED_IN = (*REPORTERS, EDITOR, REVIEWER, ISSUER, ADMIN, SECURITY, AUDITOR, LEADER)
EVERYBODY = (VISITOR, *SIGNED_IN)


@dataclass
class World:
    """``people`` by role; ``at`` holds the ids that addresses need, by the names the table uses."""

    people: dict[str, User] = field(default_factory=dict)
    at: dict[str, int | str] = field(default_factory=dict)


def make_world() -> World:
    """A unit with three people, another unit, the office; a draft, a report that was sent in, three issues."""
    world = World()
    unit = make_unit(name="青山师范大学")
    people = world.people
    people[OFFICER] = make_officer(unit)
    people[STAFF] = make_user(Role.STAFF, unit)
    people[APPROVER] = make_user(Role.UNIT_APPROVER, unit)
    people[STRANGER] = make_officer(make_unit(name="绿水学院"))
    for role in (ADMIN, SECURITY, AUDITOR, LEADER):
        people[role] = make_user(Role(role))
    for role in (EDITOR, REVIEWER, ISSUER):
        people[role] = office(Role(role))
    world.at["unit"] = unit.pk
    world.at["person"] = people[OFFICER].pk
    world.at["post"] = people[OFFICER].posts_today[0].pk
    _reports(world)
    _issues(world)
    _calls(world)
    _sent(world)
    world.at["deputy_post"], world.at["acting"] = _delegated(world, unit)
    world.at["notice"] = _notice(world)
    _desk(world)
    world.at |= report_on_the_term(
        unit=unit,
        other=people[STRANGER].posts_today[0].unit,
        officer=people[OFFICER],
        editor=people[EDITOR],
    )
    world.at["authority"] = _authority(world)
    _task(world, unit)
    _needs(world, unit)
    world.at |= community_of(unit, people[EDITOR])
    _community_papers(world)
    world.at |= assessments_of(world.at["community"], people[EDITOR])
    world.at |= cases_of(people[OFFICER], people[EDITOR])
    world.at |= pilots_of(unit, people[EDITOR], people[OFFICER])
    world.at |= figures_of(unit, people[OFFICER], people[EDITOR])
    year = year_of(timezone.localdate())
    world.at["pack"] = order_pack(unit=unit, period=year, by=people[OFFICER]).pk
    world.at["table"] = _table(people[ADMIN])
    world.at["waiting"] = Waiting.objects.filter(unit=unit, role=Role.INFORMATION_OFFICER).earliest("pk").pk
    world.at["saved_search"] = save_search(user=people[OFFICER], name="备课", query="q=备课").pk
    for role, user in people.items():
        people[role] = User.objects.get(pk=user.pk)
    return world


def _reports(world: World) -> None:
    officer = world.people[OFFICER]
    draft, report = make_draft(officer), make_draft(officer, title="送教下乡")
    for name, owner in (("draft", draft), ("report", report)):
        world.at[name] = owner.pk
        world.at[f"{name}_file"] = attach_file(owner=owner, upload=upload(picture(), "照片.png"), by=officer).pk
    submit_submission(report, by=officer)
    approve_submission(report, by=world.people[APPROVER])
    world.at["adopted"] = make_adopted(world.people[EDITOR], world.people[STRANGER]).pk
    pair = {"first_id": report.pk, "second_id": world.at["adopted"]}
    world.at["twin"] = Twin.objects.create(**pair, reason=Twin.Reason.EVENT, likeness=50).pk
    awaiting = submit_submission(make_draft(officer, title="师徒结对"), by=officer)
    world.at["awaiting"] = awaiting.pk
    world.at["sign_token"] = make_sign_link(awaiting, approver=world.people[APPROVER], by=officer)
    world.at["word"] = HouseWord.objects.earliest("pk").pk


def _community_papers(world: World) -> None:
    """A plan, and a certificate of another service like the one recorded."""
    plan = CommunityPlan.objects.create(community_id=world.at["community"], school_year="2030-2031", text="共建。")
    service = CommunityRecord.objects.get(pk=world.at["community_record"])
    service.pk = None
    service.save(force_insert=True)
    given = {"token": "certified", "content": {}, "created_by": world.people[EDITOR]}
    certificate = ServiceCertificate.objects.create(record=service, **given)
    world.at |= {"community_plan": plan.pk, "service_certificate": certificate.pk}


def _needs(world: World, unit: Unit) -> None:
    """The unit is paired with a county: one need waits for it, one it has taken and settled."""
    pair = make_pair(unit)
    school = make_unit(UnitKind.SCHOOL, parent=pair.county)
    world.at["need"] = make_need(school).pk
    world.at["alliance"] = pair.alliance_id
    world.at["need_kind"] = NeedKind.objects.earliest("order").pk
    world.at["need_taken"] = make_arranged_need(make_unit(UnitKind.SCHOOL, parent=school.parent), unit)[0].pk
    _pair(world, pair)
    _meetings(world, pair)
    body = make_body(world.people[EDITOR])
    team, visit = make_team(world.people[EDITOR], unit)
    world.at |= {"body": body.pk, "team": team.pk, "visit": visit.pk}


def _meetings(world: World, pair: Partnership) -> None:
    """The unit has called one meeting of its pair and held another, at which something was decided."""
    officer = world.people[OFFICER]
    held = make_held_meeting(pair.university, officer, partnership=pair)
    world.at |= {
        "meeting": make_meeting(pair.university, officer, partnership=pair).pk,
        "meeting_held": held.pk,
        "decision": held.decisions.get().pk,
        "feed_token": make_feed(by=officer),
    }


def _pair(world: World, pair: Partnership) -> None:
    """What the pair runs on: an agreement, an item for the university, the county's plan, a contact."""
    editor = world.people[EDITOR]
    world.at["pair"] = pair.pk
    world.at["agreement"] = make_agreement(pair, by=editor).pk
    world.at["work_item"] = make_item(pair, pair.university, by=editor).pk
    world.at["plan"] = make_plan(pair.county).pk
    world.at["contact"] = add_contact(pair, by=editor, unit=pair.university, post="教务处副处长").pk


def _task(world: World, unit: Unit) -> None:
    """A task under way with a milestone, and an output of it that waits for confirmation."""
    task = make_task(unit)
    output = make_output(unit, task)
    world.at |= {"task": task.pk, "milestone": task.milestones.earliest("pk").pk, "output": output.pk}
    world.at |= activities_of(task.unit, world.people[OFFICER], task.pk)


def _table(admin: User) -> int:
    """A table of units that a worker has looked at."""
    data = table("units", ("设区市", "九江市", "", "", "", "省协同提质办"))
    uploaded = upload_table(data, noun="units", file_name="单位.xlsx", by=admin)
    run(Job.objects.get(kind=CHECK).pk)
    return int(uploaded.pk)


def _authority(world: World) -> int:
    today = timezone.localdate()
    reviewer, issuer = world.people[REVIEWER], world.people[ISSUER]
    return give_authority(
        principal=reviewer,
        substitute=issuer,
        role=Role.REVIEWER,
        since=today - timedelta(days=9),
        until=today,
        basis="授权书",
        by=issuer,
    ).pk


def _calls(world: World) -> None:
    unit = Unit.objects.get(pk=world.at["unit"])
    call = make_call(world.people[EDITOR], [unit])
    world.at |= {"call": call.pk, "target": target_of(call, unit).pk}
    world.at["call_draft"] = create_call(by=world.people[EDITOR], topic="年终总结", units=[unit]).pk


def _desk(world: World) -> None:
    """A bulk act, and a question to the unit about the office's text."""
    editor = world.people[EDITOR]
    other = make_report(make_officer(make_unit(name="白云学院")))
    world.at["bulk"] = assign_many([other.pk], to=editor, by=editor, key="walk").pk
    report = Submission.objects.get(pk=world.at["report"])
    world.at["asked"] = ask_unit(report, by=editor).pk
    write_to_unit(report, by=editor, text="请补充时间。")


def _delegated(world: World, unit: Unit) -> tuple[int, int]:
    """Both begin tomorrow: today everybody has only his own rights."""
    officer, day = world.people[OFFICER], timezone.localdate() + timedelta(days=1)
    deputy = name_deputy(unit=unit, user=make_user(), since=day, until=day, by=officer)
    acting = authorise_acting(principal=officer, agent=world.people[STAFF], since=day, until=day, by=officer)
    return deputy.pk, acting.pk


def _notice(world: World) -> int:
    officer = world.people[OFFICER]
    send_notice(
        occasion="walk",
        about=officer,
        to=[officer],
        template="submission_returned",
        context={},
        url="/",
        why="您是信息员",
    )
    return officer.notices.get(occasion="walk").pk


def _sent(world: World) -> None:
    """A printed issue that only one unit and the leader received, and a remark of his that was passed to the unit."""
    editor, leader = world.people[EDITOR], world.people[LEADER]
    unit = Unit.objects.get(pk=world.at["unit"])
    issue = make_printed()
    issue.deliveries.all().delete()
    add_reader(issue, by=editor, unit=unit, leader=leader)
    send_issue(issue, by=editor)
    remark = write_remark(issue, by=leader, text="请推广这一做法。")
    world.at |= {
        "sent": issue.pk,
        "line": issue.periodical.readership.earliest("pk").pk,
        "delivery": issue.deliveries.get(unit=unit).pk,
        "shown": issue.deliveries.get(leader=leader).pk,
        "remark": remark.pk,
        "follow_up": pass_remark(remark, by=editor, units=[unit])[0].pk,
    }


def _issues(world: World) -> None:
    editor = world.people[EDITOR]
    world.at["published"] = make_published().pk
    year = (date(2024, 1, 1), date(2024, 12, 31))
    world.at["volume"] = order_volume(periodical=the_periodical(), since=year[0], until=year[1], by=editor).pk
    signed = make_signed()
    world.at["signed"] = signed.pk
    world.at["token"] = signed.verify_token
    issue = make_issue(editor)
    section = issue.periodical.sections.earliest("order")
    world.at["section"] = section.pk
    world.at["entry"] = add_entry(issue, section=section, lead="集体备课。", text="", by=editor).pk
    rules = [TypedRule("printed", Decimal(2))]
    world.at["point_scheme"] = add_scheme(since=date(2024, 1, 1), note="", rules=rules, by=editor).pk
    request_proof(issue, by=editor)
    world.at["open"] = issue.pk
    world.at["proof"] = store_rendition(issue, Rendition.Kind.PROOF).pk
