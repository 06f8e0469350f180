"""Printing a case: what a worker does. It loads the printing machinery, the web does not."""

from __future__ import annotations

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from bulletins.layout import FontsMissing, find_fonts
from bulletins.layout.case import case_pdf
from bulletins.models import Case
from bulletins.services.case_file import content_of_case, file_of_case
from portal.jobs.models import Job
from portal.jobs.services import JobFailed, finishing, report


def run_case_pdf(job: Job) -> None:
    """Do a job: print and store once."""
    case = Case.objects.select_related("unit", "area").get(pk=job.payload["case"])
    path = file_of_case(case)
    report(job, 20, "正在排版")
    try:
        sheets = case_pdf(content_of_case(case), fonts=find_fonts(settings.FONT_DIR))
    except FontsMissing as error:
        raise JobFailed("系统里没有找到中文字体，请联系管理员安装后再试。") from error
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(sheets.pdf))
    with finishing(job):
        pass
