"""Making a certificate: what a worker does. It loads the printing machinery, the web does not."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from bulletins.layout import FontsMissing, find_fonts
from bulletins.layout.certificate import CertificateContent, certificate_pdf
from bulletins.models import Certificate
from bulletins.services.verifying import verify_address
from portal.jobs.models import Job
from portal.jobs.services import JobFailed, finishing, report


def run_certify(job: Job) -> None:
    """Do a job: print and store once."""
    certificate = Certificate.objects.get(pk=job.payload["certificate"])
    content = CertificateContent.from_json(certificate.content)
    report(job, 20, "正在排版")
    try:
        fonts = find_fonts(settings.FONT_DIR)
        sheets = certificate_pdf(content, address=verify_address(certificate.token), fonts=fonts)
    except FontsMissing as error:
        raise JobFailed("系统里没有找到中文字体，请联系管理员安装后再试。") from error
    path = default_storage.save(f"certificates/{certificate.pk}-{job.attempts}.pdf", ContentFile(sheets.pdf))
    with finishing(job):
        certificate.file, certificate.sha256 = path, hashlib.sha256(sheets.pdf).hexdigest()
        certificate.size, certificate.pages = len(sheets.pdf), sheets.pages
        certificate.save(update_fields=["file", "sha256", "size", "pages"])
