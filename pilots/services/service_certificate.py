"""服务证明: ordering the certificate of a teacher's exchange, and making it."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pilots.certificate import TITLE, ServiceContent
from pilots.models import CommunityRecord, Membership, ServiceCertificate
from pilots.queries.community import labels_of
from portal.accounts.models import User
from portal.accounts.queries.unit import name_on
from portal.audit.models import record as audit
from portal.jobs.models import Job
from portal.jobs.services import JobFailed, enqueue, finishing, report
from portal.refusals import Refused

CERTIFY_SERVICE = "service_certificate"
LONGEST_NAME = 50


@transaction.atomic
def order_service_certificate(record: CommunityRecord, *, person: str, by: User) -> ServiceCertificate:
    """Have it made for ``person``; asked again with the same name it is the same one.

    Raises Refused where the record is no term of service, of more than one person, or has not ended; ValidationError
    for ``person``; PermissionDenied for who is neither the receiving school nor writes for the community.
    """
    rows = CommunityRecord.objects.select_related("community__kind", "community__area", "kind", "giver", "taker")
    found = rows.select_for_update(of=("self",)).get(pk=record.pk)
    if not by.has_perm("pilots.certify_service", found):
        raise PermissionDenied
    content = _content(found, _person(person)).to_json()
    fields = {"token": secrets.token_urlsafe(12), "content": content, "created_by": by}
    certificate, is_new = ServiceCertificate.objects.get_or_create(record=found, defaults=fields)
    if is_new:
        audit(found, "pilots.communityrecord.certify", "出具服务证明", by=by)
    elif certificate.content["person"] != content["person"]:
        audit(found, "pilots.communityrecord.certify", "重新出具服务证明", by=by)
        certificate.content, certificate.created_by, certificate.created_at = content, by, timezone.now()
        certificate.file = certificate.sha256 = ""
        certificate.save()
    if not certificate.file:
        key = f"service-certificate:{certificate.pk}:{certificate.created_at.isoformat()}"
        certificate.job = enqueue(kind=CERTIFY_SERVICE, key=key, payload={"certificate": certificate.pk}, by=by)
        certificate.save(update_fields=["job"])
    return certificate


def run_certify_service(job: Job) -> None:
    """Do a job: print and store once. It loads the printing machinery, the web does not."""
    from portal.printing.certificate import print_certificate
    from portal.printing.fonts import FontsMissing, find_fonts

    certificate = ServiceCertificate.objects.get(pk=job.payload["certificate"])
    content = ServiceContent.from_json(certificate.content)
    report(job, 20, "正在排版")
    address = f"{settings.SITE_URL}{reverse('service-verify', args=[certificate.token])}"
    try:
        fonts = find_fonts(settings.FONT_DIR)
        sheets = print_certificate(
            TITLE, content.sentences, signed=content.signed, day=content.day, address=address, fonts=fonts
        )
    except FontsMissing as error:
        raise JobFailed("系统里没有找到中文字体，请联系管理员安装后再试。") from error
    path = default_storage.save(f"certificates/service-{certificate.pk}-{job.attempts}.pdf", ContentFile(sheets.pdf))
    with finishing(job):
        certificate.file, certificate.sha256 = path, hashlib.sha256(sheets.pdf).hexdigest()
        certificate.size = len(sheets.pdf)
        certificate.save(update_fields=["file", "sha256", "size"])


def _person(person: str) -> str:
    person = person.strip()
    if not person:
        raise ValidationError({"person": "请填写姓名，证明是出具给本人的。"})
    if len(person) > LONGEST_NAME:
        raise ValidationError({"person": f"姓名超过{LONGEST_NAME}字，请核对。"})
    return person


def _content(record: CommunityRecord, person: str) -> ServiceContent:
    """Names as they were on the last day of service."""
    today, end = timezone.localdate(), record.end
    if not record.kind.is_exchange or record.taker is None:
        raise Refused(f"“{record.kind}”不属于任职任教，不出具服务证明。")
    if record.number != 1:
        raise Refused(f"这条记录有{record.number}人。请每人单独登记一条，再出具服务证明。")
    if end is None or end > today:
        raise Refused("服务证明在任职任教结束后出具。请先在记录中填写结束日期；尚未到期的，请到期后再来。")
    leads = Membership.objects.filter(community=record.community, role=Membership.Role.LEAD, during__contains=end)
    lead = leads.select_related("school").first()
    return ServiceContent(
        person=person,
        post=record.what,
        subject=record.subject,
        kind=record.kind.name,
        giver=name_on(record.giver, end),
        taker=name_on(record.taker, end),
        lead=name_on(lead.school, end) if lead else "",
        community=record.community.name,
        label=labels_of([record.community])[record.community_id],
        start=record.start,
        end=end,
        days=record.days or (end - record.start).days + 1,
        day=today,
    )
