"""The unit's writes to its case: beginning it, writing it, sending it in, signing it, taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from alliances.models import Need
from bulletins.casebook import LONGEST_PART, Part
from bulletins.models import Call, Case, CaseFrame, CaseVersion
from bulletins.notices.case import tell_case_sent_back
from bulletins.rules import UNIT_ROLES
from bulletins.services.saving import StaleSave
from bulletins.states.case import WITH_WRITER, CaseState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.audit.models import record
from portal.files.services import forget_owner
from portal.inbox.services import replace_waiting
from portal.notices.services import forget_notices
from portal.refusals import Refused
from portal.text.difference import Piece, difference
from portal.workflow import moving, started

LONGEST_TITLE = 100
MOST_PARTNERS = 20


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as a form hands it over; ``texts`` are what is written in the parts, by their names."""

    title: str
    topic: str = ""
    stage: str = Need.Stage.SEVERAL
    area: Unit | None = None
    partners: Iterable[Unit] = ()
    other_partners: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def begin_case(*, frame: CaseFrame, unit: Unit, by: User, call: Call | None = None) -> Case:
    """A new draft of ``unit``, with the frame's parts and criteria as they are now. An untouched one is taken up again.

    Raises PermissionDenied for who does not work for the unit, Refused for a frame that is out of use.
    """
    if not by.holds(*UNIT_ROLES, unit=unit):
        raise PermissionDenied
    if not frame.is_active:
        raise Refused(f"案例框架“{frame}”已停用，请选择别的框架。")
    drafts = Case.objects.filter(unit=unit, author=by, call=call, frame=frame, state=CaseState.DRAFT, version=1)
    if (untouched := drafts.first()) is not None:
        return untouched
    case = Case.objects.create(
        frame=frame,
        unit=unit,
        author=by,
        call=call,
        title=call.topic if call else "",
        area=usual_area(unit),
        parts=[Part.from_json(part).to_json() for part in frame.parts],
        criteria=frame.criteria,
    )
    started(case, "新建案例", by=by)
    return case


def usual_area(unit: Unit) -> Unit | None:
    """Where a unit's work mostly is: itself, or the county, prefecture or partner it stands under."""
    areas = (UnitKind.PREFECTURE, UnitKind.COUNTY, UnitKind.PARTNER)
    above: Unit | None = unit
    while above is not None and above.kind not in areas:
        above = above.parent
    return above


@transaction.atomic
def save_case(case: Case, facts: CaseFacts, *, by: User, version: int) -> Case:
    """Store what is written so far, complete or not. Raises StaleSave where somebody saved since ``version`` was read.

    Raises ValidationError where something is too long or does not fit.
    """
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not by.has_perm("bulletins.write_case", locked):
        raise PermissionDenied
    if locked.state not in WITH_WRITER:
        raise Refused(f"案例现在是“{locked.get_state_display()}”，不能修改。撤回或退回后可以修改。")
    if locked.version != version:
        raise StaleSave(locked)
    partners = [unit for unit in facts.partners if unit.pk != locked.unit_id]
    _check(locked, facts, partners)
    locked.title, locked.topic, locked.stage = facts.title.strip(), facts.topic, facts.stage
    locked.area, locked.other_partners = facts.area, facts.other_partners.strip()
    locked.parts = [part | {"text": facts.texts.get(part["name"], part["text"]).strip()} for part in locked.parts]
    locked.version += 1
    locked.save()
    locked.partners.set(partners)
    return locked


@transaction.atomic
def delete_case(case: Case, *, by: User) -> None:
    """Throw away a draft that never left its unit."""
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not by.has_perm("bulletins.write_case", locked):
        raise PermissionDenied
    if locked.state != CaseState.DRAFT or locked.versions.exists():
        raise Refused("案例已经报送过，不能删除。不再需要的，请撤回后与省协同提质办联系。")
    record(locked, "bulletins.case.delete", "删除案例草稿", by=by, title=locked.title)
    replace_waiting(locked, ())
    forget_owner(locked)
    forget_notices(locked)
    locked.delete()


def submit_case(case: Case, *, by: User) -> Case:
    """Send a case in: to the unit's approver where there is one, else to the office.

    Raises ValidationError with a sentence per part that is wanting.
    """
    to_approver = by.has_perm("bulletins.send_case_to_approver", case)
    with moving(case, "send_to_approver" if to_approver else "submit", by=by) as locked:
        check_complete(locked)
        if not to_approver:
            _leave(locked, by=by)
    return case


def approve_case(case: Case, *, by: User) -> Case:
    """The unit's approver signs, and the case goes to the office."""
    with moving(case, "approve", by=by) as locked:
        check_complete(locked)
        _leave(locked, by=by)
    return case


def send_back_case(case: Case, *, by: User, reason: str) -> Case:
    """The unit's approver wants it changed; the writer reads why."""
    with moving(case, "send_back", by=by, reason=reason) as locked:
        locked.reason = reason.strip()
        tell_case_sent_back(locked)
    return case


def withdraw_case(case: Case, *, by: User) -> Case:
    """The unit takes its case back before experts are at work on it."""
    with moving(case, "withdraw", by=by) as locked:
        if locked.decided_at is None:
            locked.submitted_at = None
    return case


def check_complete(case: Case) -> None:
    """Raises ValidationError with what is wanting before a case can leave its unit."""
    wrong = [] if case.title.strip() else ["请填写标题。"]
    if not case.topic:
        wrong.append("请选择主题。")
    wrong += [part.shortfall for part in case.own_parts if part.shortfall]
    if wrong:
        raise ValidationError(wrong)


def changes_between(earlier: CaseVersion | None, later: CaseVersion) -> list[Piece]:
    """What was changed from one version to a later one, the title included; of the first version nothing."""
    if earlier is None:
        return []
    return difference(f"{earlier.title}\n{earlier.text}", f"{later.title}\n{later.text}")


def facts_above(case: Case) -> list[list[str]]:
    """The lines above a case's text, as label and words: who led, with whom, about what."""
    partners = [*(unit.name for unit in case.partners.all()), case.other_partners]
    lines = [
        ["牵头单位", case.unit.name],
        ["合作单位", "、".join(name for name in partners if name)],
        ["主题", case.topic],
        ["学段", case.get_stage_display()],
        ["所在地区", case.area.name if case.area else ""],
    ]
    return [line for line in lines if line[1]]


def _leave(case: Case, *, by: User) -> None:
    """Freeze the version that leaves the unit; the caller's transition saves the row."""
    case.submitted_at, case.decided_at, case.reason = timezone.now(), None, ""
    CaseVersion.objects.create(
        case=case,
        number=case.versions.count() + 1,
        title=case.title,
        facts=facts_above(case),
        parts=case.parts,
        by=by,
    )


def _check(case: Case, facts: CaseFacts, partners: list[Unit]) -> None:
    """Also a draft has bounds. Raises ValidationError with a sentence per field."""
    wrong: dict[str, list[str]] = {}
    if len(facts.title) > LONGEST_TITLE:
        wrong["title"] = [f"标题有{len(facts.title)}字，超过{LONGEST_TITLE}字，请缩短。"]
    if facts.topic and facts.topic not in (*case.frame.topics, case.topic):
        wrong["topic"] = ["没有这个主题，请重新选择。"]
    if len(partners) > MOST_PARTNERS:
        wrong["partners"] = [f"合作单位最多{MOST_PARTNERS}个，其余的请写在“其他合作单位”里。"]
    for number, part in enumerate(case.own_parts):
        if sentence := _unfit(facts.texts.get(part.name, "")):
            wrong[f"part_{number}"] = [sentence]
    if wrong:
        raise ValidationError(wrong)


def _unfit(text: str) -> str:
    if len(text) > LONGEST_PART:
        return f"有{len(text)}字，超过{LONGEST_PART}字，请缩短，或把材料作为附件。"
    return "有无法识别的字符，请重新粘贴。" if "\x00" in text else ""
