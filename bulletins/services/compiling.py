"""Making files: what a worker does for a compile job. It loads the whole printing machinery, the web does not."""

from __future__ import annotations

import hashlib
import io
import time
from dataclasses import dataclass
from uuid import uuid4

import pypdfium2
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from bulletins.content import IssueContent
from bulletins.layout import CompiledPdf, FontsMissing, compile_pdf, find_fonts, missing_characters
from bulletins.models import Issue, Rendition
from bulletins.services.content import content_of
from bulletins.services.rendition import picture_path
from portal.jobs.models import Job
from portal.jobs.services import JobFailed, finishing, report

#: Dots per inch of a proof's page pictures: sharp on a screen twice as dense, small enough for a phone.
PICTURE_DPI = 110


@dataclass(frozen=True, slots=True)
class Stored:
    """A compiled file in the store and how long each step took, in seconds."""

    path: str
    sha256: str
    compiled: CompiledPdf
    steps: dict[str, float]


def run_compile(job: Job) -> None:
    """Do a compile job: the worker's whole work, stored exactly once however often it is tried."""
    issue = Issue.objects.select_related("periodical").get(pk=job.payload["issue"])
    proof = job.payload["kind"] == Rendition.Kind.PROOF
    content = IssueContent.from_json(job.payload["content"]) if proof else content_of(issue)
    report(job, 20, "正在排版")
    try:
        stored = compile_to_store(content, folder=f"issues/{issue.pk}/{job.pk}-{uuid4().hex}", proof=proof)
    except FontsMissing as error:
        raise JobFailed("系统里没有找到中文字体，请联系管理员安装后再试。") from error
    try:
        _keep(job, issue, content, stored)
    except Exception:
        # A connection may break after the commit: only files that no row names are thrown away.
        if not Rendition.objects.filter(job=job, file=stored.path).exists():
            discard(stored)
        raise


def _keep(job: Job, issue: Issue, content: IssueContent, stored: Stored) -> None:
    """Page pictures, then the row and the job's end in one transaction. Raises LeaseLost where another was quicker."""
    proof = job.payload["kind"] == Rendition.Kind.PROOF
    report(job, 70, "正在生成页面图样")
    if proof:
        _store_pictures(stored)
    with finishing(job):
        Rendition.objects.create(
            issue=issue,
            kind=job.payload["kind"],
            job=job,
            file=stored.path,
            sha256=stored.sha256,
            size=len(stored.compiled.pdf),
            pages=stored.compiled.pages,
            content_digest=content.digest(),
            entry_pages=stored.compiled.entry_pages,
            positions=stored.compiled.positions,
            missing_characters="".join(missing_characters(content, find_fonts(settings.FONT_DIR)))[:200],
        )


def compile_content(content: IssueContent, *, proof: bool) -> CompiledPdf:
    """Compile with the office's fonts; the worker, the command line and the bench all go through here."""
    return compile_pdf(content, proof=proof, fonts=find_fonts(settings.FONT_DIR))


def compile_to_store(content: IssueContent, *, folder: str, proof: bool) -> Stored:
    """Compile and put the file into the private store."""
    compiled = compile_content(content, proof=proof)
    started = time.perf_counter()
    sha256 = hashlib.sha256(compiled.pdf).hexdigest()
    path = default_storage.save(f"{folder}/issue.pdf", ContentFile(compiled.pdf))
    return Stored(path, sha256, compiled, compiled.steps | {"store": time.perf_counter() - started})


def discard(stored: Stored) -> None:
    """Remove the files of a try that came to nothing."""
    folder = stored.path.rsplit("/", 1)[0]
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")


def _store_pictures(stored: Stored) -> None:
    document = pypdfium2.PdfDocument(stored.compiled.pdf)
    try:
        for number, page in enumerate(document, 1):
            picture = io.BytesIO()
            page.render(scale=PICTURE_DPI / 72).to_pil().convert("P").save(picture, "PNG")
            default_storage.save(picture_path(stored.path, number), ContentFile(picture.getvalue()))
    finally:
        document.close()
