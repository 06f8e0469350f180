"""Roles a post can carry (DOMAIN.md glossary) and the groups of roles that rules ask about."""

from __future__ import annotations

from django.db import models


class UnitKind(models.TextChoices):
    """Kinds of unit. 瑞昌市 is a county: the kind is chosen, never read off a name."""

    PROVINCE_OFFICE = "province_office", "省协同提质办"
    PREFECTURE = "prefecture", "设区市"
    COUNTY = "county", "县（市、区）"
    UNIVERSITY = "university", "联盟高校"
    SCHOOL = "school", "学校（园）"
    PARTNER = "partner", "合作单位"


class Role(models.TextChoices):
    """What a person does for a unit, or in the province office."""

    INFORMATION_OFFICER = "information_officer", "信息员"
    DEPUTY_OFFICER = "deputy_officer", "临时B角"
    UNIT_APPROVER = "unit_approver", "单位审核人"
    STAFF = "staff", "工作人员"
    EDITOR = "editor", "编辑"
    REVIEWER = "reviewer", "办公室审核"
    ISSUER = "issuer", "签发人"
    ADMIN = "admin", "管理员"
    SECURITY = "security", "安全员"
    AUDITOR = "auditor", "审计员"
    LEADER = "leader", "领导"
    EXPERT = "expert", "专家"
    PARTNER_READER = "partner_reader", "合作单位联系人"


#: Posts that exist only in the province office.
OFFICE_ROLES = frozenset(
    {Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.ADMIN, Role.SECURITY, Role.AUDITOR, Role.LEADER}
)
#: Those who report for a unit.
REPORTING_ROLES = frozenset({Role.INFORMATION_OFFICER, Role.DEPUTY_OFFICER})
#: Posts in a unit that do its daily work: they write, sign and send for it, and what waits for it waits for them.
UNIT_ROLES = (*sorted(REPORTING_ROLES), Role.UNIT_APPROVER, Role.STAFF)
#: Posts that do what a unit has taken on, and are told of it; its approver signs, he does not do.
DOING_ROLES = (*sorted(REPORTING_ROLES), Role.STAFF)
#: Posts that speak for a unit towards others: what staff has written leaves the unit through them.
SPEAKING_ROLES = (*sorted(REPORTING_ROLES), Role.UNIT_APPROVER)
#: Posts whose holders read what concerns their unit, a partner's contact among them.
READER_ROLES = (*UNIT_ROLES, Role.PARTNER_READER)
#: Posts in the office that read what all units do.
OFFICE_READERS = (Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.AUDITOR, Role.LEADER)
#: Posts in the office that plan and confirm.
OFFICE_PLANNERS = (Role.EDITOR, Role.REVIEWER)
#: Outside people: they see only what they score or what they share in.
OUTSIDE_ROLES = frozenset({Role.EXPERT, Role.PARTNER_READER})
#: Admin, security and auditor are three people (DOMAIN.md, glossary).
SEPARATED_ROLES = frozenset({Role.ADMIN, Role.SECURITY, Role.AUDITOR})
#: What acting for somebody (代办) never confers: signatures, control over the portal, and a person's own judgement.
NEVER_CONFERRED = frozenset({Role.REVIEWER, Role.ISSUER, *SEPARATED_ROLES, Role.LEADER, Role.EXPERT})
#: Where a unit of each kind may sit in the tree.
PARENT_KINDS: dict[UnitKind, frozenset[UnitKind]] = {
    UnitKind.PROVINCE_OFFICE: frozenset(),
    UnitKind.PREFECTURE: frozenset({UnitKind.PROVINCE_OFFICE}),
    UnitKind.COUNTY: frozenset({UnitKind.PREFECTURE}),
    UnitKind.UNIVERSITY: frozenset({UnitKind.PROVINCE_OFFICE}),
    UnitKind.SCHOOL: frozenset(
        {
            UnitKind.COUNTY,
            UnitKind.PREFECTURE,
            UnitKind.UNIVERSITY,
            UnitKind.PARTNER,
            UnitKind.PROVINCE_OFFICE,
        }
    ),
    UnitKind.PARTNER: frozenset({UnitKind.PROVINCE_OFFICE, UnitKind.PARTNER}),
}


def is_conferred(role: str, *, by_holder: bool) -> bool:
    """Whether a post of ``role`` goes along when its holder is acted for; he himself hands on posts in units only."""
    return role not in NEVER_CONFERRED and not (by_holder and role in OFFICE_ROLES)
