"""The files of a case: Word at once, the PDF by a worker, kept under the digest of its words."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.utils import timezone

from bulletins.layout.case import CaseContent
from bulletins.models import Case
from bulletins.services.case import facts_above
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.jobs.models import Job
from portal.jobs.progress import Progress, job_progress
from portal.jobs.services import enqueue, forget_if_lost

CASE_PDF = "case_pdf"


def content_of_case(case: Case) -> CaseContent:
    """What print and Word show of a case as it stands."""
    facts = tuple((label, words) for label, words in facts_above(case))
    day = timezone.localdate(case.decided_at or case.updated_at)
    return CaseContent(case.title, facts, case.text, the_office().name, day)


def file_of_case(case: Case) -> str:
    """Where its PDF lies in the storage once it is made; changed words have another place."""
    return f"cases/{case.pk}-{content_of_case(case).digest[:32]}.pdf"


def has_file(case: Case) -> bool:
    return bool(default_storage.exists(file_of_case(case)))


def order_case_pdf(case: Case, *, by: User | None) -> None:
    """Have a worker print it, unless these words are printed already. Call inside the transaction that decides."""
    path = file_of_case(case)
    if not default_storage.exists(path):
        _order(case, path, by)


def pdf_progress(case: Case, *, by: User | None) -> Progress:
    """How far the PDF of a case in the library is.

    Where its words as they stand were never printed (a unit bears another name), or the file has gone, it is ordered.
    """
    path = file_of_case(case)
    if default_storage.exists(path):
        return Progress("done", 100)
    forget_if_lost(_key(path), lambda _: path)
    return job_progress(Job.objects.filter(key=_key(path)).first() or _order(case, path, by))


def file_name(case: Case, ending: str) -> str:
    return f"典型案例：{case}.{ending}"


def _key(path: str) -> str:
    return f"case-pdf:{path}"


def _order(case: Case, path: str, by: User | None) -> Job:
    return enqueue(kind=CASE_PDF, key=_key(path), payload={"case": case.pk}, by=by)
