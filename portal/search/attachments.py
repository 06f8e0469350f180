"""Files among what can be found: by their names and by their words, for who may see what they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.files.models import Attachment
from portal.files.registry import owner_models, owners_of
from portal.search.models import FileText
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source, source_of
from portal.text.official import official_date


def index_files(ids: Sequence[int]) -> Iterable[Indexed]:
    """A file's name, its caption and, once a worker has read it, its words."""
    texts = dict(FileText.objects.filter(attachment__in=ids).values_list("attachment_id", "text"))
    for file in Attachment.objects.filter(pk__in=ids):
        text = "\n".join(part for part in (file.caption, texts.get(file.pk, "")) if part)
        yield Indexed(file.pk, file.name, text, timezone.localdate(file.uploaded_at))


def files_for(user: User, filters: Filters) -> list[Share]:
    """Files of all that ``user`` may see; filters are those of what the files belong to."""
    found = []
    for model in owner_models():
        visible = owners_of(model).visible(user).order_by().values("pk")
        files = Attachment.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=visible)
        if not filters:
            found.append(Share(files))
        elif source := source_of(model):
            owners = (share.rows.order_by().values("pk") for share in source.shares(user, filters))
            found += [Share(files.filter(object_id__in=keys)) for keys in owners]
    return found


def describe_files(user: User, ids: Sequence[int]) -> dict[int, Described]:
    """A file leads to itself; told are what it belongs to and when it came."""
    files = Attachment.objects.filter(pk__in=ids).select_related("content_type").prefetch_related("owner")
    return {
        file.pk: Described(
            reverse("attachment", args=[file.pk]),
            (str(file.owner), f"{official_date(timezone.localdate(file.uploaded_at))}添加"),
        )
        for file in files
    }


register_source(
    Source(
        name="file",
        label="附件",
        order=50,
        model=Attachment,
        watches=((Attachment, "id"), (FileText, "attachment")),
        index=index_files,
        shares=files_for,
        describe=describe_files,
    )
)
