"""Reading the words of a file in a worker, once."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from portal.files.models import Attachment
from portal.jobs.models import Job
from portal.jobs.services import enqueue, finishing, handles
from portal.search.extract import READABLE, text_of
from portal.search.models import FileText

READ = "read-file"
AT_ONCE = 200


def order_readings() -> int:
    """Have workers read the files that were never read; returns how many were ordered now.

    Who was ordered once is not ordered again: a file that no try could read would be tried for ever.
    """
    ordered = Job.objects.filter(key=Concat(Value(f"{READ}:"), Cast(OuterRef("pk"), CharField())))
    read = FileText.objects.filter(attachment=OuterRef("pk"))
    files = Attachment.objects.filter(~Exists(read), ~Exists(ordered), media_type__in=READABLE).order_by("pk")
    keys = list(files.values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        with transaction.atomic():
            enqueue(kind=READ, key=f"{READ}:{key}", payload={"attachment": key}, by=None)
    return len(keys)


def run_reading(job: Job) -> None:
    """The job itself. A file that was taken away meanwhile has nothing to be read."""
    file = Attachment.objects.filter(pk=job.payload["attachment"]).first()
    text = ""
    if file is not None and default_storage.exists(file.path):
        with default_storage.open(file.path, "rb") as content:
            text = text_of(content, file.media_type)
    with finishing(job):
        if file is not None and Attachment.objects.filter(pk=file.pk).exists():
            FileText.objects.update_or_create(attachment=file, defaults={"text": text})


handles(READ, "portal.search.jobs.run_reading")
