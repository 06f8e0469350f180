"""What a worker does: gather, write the .zip beside the other files, store it once."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.accounts.queries.unit_tree import one_tree
from portal.files.downloads import CHUNK
from portal.jobs.models import Job
from portal.jobs.reporting import Report, reporting
from portal.jobs.services import JobFailed, finishing
from portal.material import Item, Kept, Made, Part, Scope, parts
from portal.packs.contents import Listed, contents_docx
from portal.packs.frame import frame_docx
from portal.packs.inventory import numbered
from portal.packs.models import Pack
from portal.packs.queries import units_to_pack
from portal.packs.services.archive import Archive
from portal.periods import standing_day

FOLDER = "packs"
#: What is left free for everybody else, whatever a pack takes.
LEFT_FREE = 100_000_000
NO_SPACE = "服务器的存储空间不够，材料没有做成。请联系管理员清理后重试。"
_FULL = frozenset({ENOSPC, EDQUOT, EFBIG})


@dataclass(frozen=True, slots=True)
class Planned:
    """A part with all its files, listed before the first is written."""

    part: Part
    count: int
    items: Sequence[Item]
    missing: Sequence[str]


def make_pack(job: Job) -> None:
    """Do a job. What an earlier try has left is removed; the file of a try that came too late as well."""
    pack = Pack.objects.select_related("unit", "asked_by").get(pk=job.payload["pack"])
    folder = Path(default_storage.path(FOLDER))
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{pack.pk}-*.zip"):
        left.unlink(missing_ok=True)
    path = folder / f"{pack.pk}-{job.attempts}.zip"
    try:
        with reporting(job) as report:
            archive = _written(pack, path, report)
            digest = _digest(path)
        with finishing(job):
            _keep(pack, archive, path, digest)
    except OSError as error:
        path.unlink(missing_ok=True)
        if error.errno in _FULL:
            raise JobFailed(NO_SPACE) from error
        raise
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@one_tree()
def _written(pack: Pack, path: Path, report: Report) -> Archive:
    period = pack.span
    scope = Scope(pack.asked_by, pack.unit, period, standing_day(period, timezone.localdate()))
    if not units_to_pack(scope.user).filter(pk=pack.unit_id).exists():
        raise JobFailed("您现在不能查看这个单位的材料，没有制作。")
    report(1, "正在清点材料")
    planned = [_planned(part, scope) for part in parts()]
    _check_space(path, planned)
    with Archive(path) as archive:
        listed = _fill(archive, scope, planned, report)
        report(95, "正在编写目录")
        lost = tuple(archive.lost)
        archive.add("", Made("00 目录.docx", lambda: contents_docx(scope, listed, lost)))
    report(97, "正在核对")
    return archive


def _planned(part: Part, scope: Scope) -> Planned:
    return Planned(part, part.count(scope), list(part.items(scope)), list(part.missing(scope)))


def _check_space(path: Path, planned: Iterable[Planned]) -> None:
    """What lies in the store is copied: say at once where it will not fit."""
    wanted = sum(item.size for one in planned for item in one.items if isinstance(item, Kept))
    if shutil.disk_usage(path.parent).free < wanted + LEFT_FREE:
        raise JobFailed(NO_SPACE)


def _fill(archive: Archive, scope: Scope, planned: Sequence[Planned], report: Report) -> list[Listed]:
    """Everything but the contents; folders are numbered in their order, the ledgers within theirs."""
    report(3, "正在填写报告框架")
    archive.add("", Made("01 报告框架.docx", lambda: frame_docx(scope)))
    total, done, listed = sum(len(one.items) for one in planned), 0, []
    folders = numbered(one.part for one in planned)
    for one in planned:
        folder, before = folders[one.part.folder], archive.count
        inside = [other for other in planned if other.part.folder == one.part.folder]
        prefix = f"{inside.index(one) + 1:02} " if len(inside) > 1 else ""
        for item in one.items:
            archive.add(folder, _named(item, prefix))
            done += 1
            report(5 + 90 * done // max(total, 1), f"正在整理{one.part.label}（{done}/{total}）")
        listed.append(Listed(one.part.label, folder, one.count, one.part.word, archive.count - before, one.missing))
    return listed


def _named(item: Item, prefix: str) -> Item:
    if not prefix:
        return item
    if isinstance(item, Made):
        return Made(prefix + item.name, item.make)
    return Kept(prefix + item.name, item.path, item.size)


def _keep(pack: Pack, archive: Archive, path: Path, digest: str) -> None:
    pack.file, pack.size = f"{FOLDER}/{path.name}", path.stat().st_size
    pack.sha256 = digest
    pack.files, pack.lost, pack.made_at = archive.count, len(archive.lost), timezone.now()
    pack.save(update_fields=["file", "size", "sha256", "files", "lost", "made_at"])


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
