"""Binding a volume: what a worker does. It loads the printing machinery, the web does not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from bulletins.content import EntryContent
from bulletins.layout import FontsMissing, find_fonts
from bulletins.layout.volume import BoundEntry, BoundIssue, BoundVolume, VolumeContent, bind_volume
from bulletins.models import Issue, Rendition, Volume
from bulletins.queries.volume import bindable_issues, credited_units, voided_issues
from bulletins.reading import KnownUnit, UnitMatcher
from bulletins.services.content import content_of
from bulletins.states import IssueState
from portal.accounts.queries.unit import names_of_units
from portal.accounts.queries.unit_tree import UnitTree
from portal.jobs.models import Job
from portal.jobs.services import JobFailed, finishing, report

#: A past issue does not say whose an entry is: its unit is looked for in so many first characters.
HEAD_OF_TEXT = 40


def run_bind(job: Job) -> None:
    """Do a job: gather, bind, store once."""
    volume = Volume.objects.select_related("periodical").get(pk=job.payload["volume"])
    report(job, 5, "正在收集各期")
    content = volume_content(volume)
    try:
        bound = bind_volume(content, fonts=find_fonts(settings.FONT_DIR), told=_telling(job, len(content.issues)))
    except FontsMissing as error:
        raise JobFailed("系统里没有找到中文字体，请联系管理员安装后再试。") from error
    report(job, 95, "正在保存")
    path = default_storage.save(f"volumes/{volume.pk}-{job.attempts}/volume.pdf", ContentFile(bound.pdf))
    with finishing(job):
        _keep(volume, bound, path)


def _telling(job: Job, issues: int) -> Callable[[int], None]:
    def told(count: int) -> None:
        report(job, 10 + 80 * count // issues, f"已装订{count}期，共{issues}期")

    return told


def _keep(volume: Volume, bound: BoundVolume, path: str) -> None:
    volume.file, volume.sha256 = path, hashlib.sha256(bound.pdf).hexdigest()
    volume.size, volume.pages = len(bound.pdf), bound.pages
    volume.save(update_fields=["file", "sha256", "size", "pages"])


def volume_content(volume: Volume) -> VolumeContent:
    """What the volume binds, as plain data; the files are read one by one while it is bound."""
    periodical = volume.periodical
    chosen = set(volume.issues.values_list("pk", flat=True))
    rows = bindable_issues(periodical, volume.since, volume.until)
    issues = [issue for issue in rows if issue.pk in chosen]
    credits = _Credits(issues)
    first = content_of(issues[0])
    return VolumeContent(
        masthead=first.masthead,
        title=first.title,
        name=volume.title.removeprefix(first.title),
        since=volume.since,
        until=volume.until,
        office=periodical.office,
        day=timezone.localdate(volume.created_at),
        issues=tuple(_bound(issue, credits) for issue in issues),
        left_out=tuple(f"{one.label}已作废，未收入。" for one in voided_issues(periodical, volume.since, volume.until)),
        unit_order=credits.unit_order(),
    )


def _bound(issue: Issue, credits: _Credits) -> BoundIssue:
    content = content_of(issue)
    final: Rendition = issue.final_files[0]  # type: ignore[attr-defined]
    entries: list[BoundEntry] = []
    for section in content.sections:
        for entry in section.entries:
            place = f"entry-{len(entries) + 1}"  # how the printed file names an entry that has no key
            page = final.entry_pages.get(entry.key or place, 1)
            entries.append(BoundEntry(section.name, entry.called, page, credits.names(issue, entry)))
    return BoundIssue(
        label=content.label,
        issue_date=content.issue_date,
        entries=tuple(entries),
        pages=final.pages,
        pdf=partial(_read, final.file),
        note=f"（{issue.get_state_display()}）" if issue.state == IssueState.CORRECTED else "",
    )


def _read(path: str) -> bytes:
    with default_storage.open(path) as file:
        return bytes(file.read())


class _Credits:
    """Whose an entry is: by its reports; where it has none, by the units that its first words name."""

    def __init__(self, issues: list[Issue]) -> None:
        self._tree = UnitTree()
        self._by_entry = credited_units(issues)
        self._matcher = UnitMatcher(KnownUnit(pk, names) for pk, names in names_of_units())

    def names(self, issue: Issue, entry: EntryContent) -> tuple[str, ...]:
        """The units as they were called on the day of the issue."""
        number = entry.key.removeprefix("entry-")
        units = self._by_entry.get(int(number), []) if number.isdecimal() else []
        if not units:
            words = entry.lead or "".join(entry.paragraphs)[:HEAD_OF_TEXT]
            units = list(dict.fromkeys(mention.unit_id for mention in self._matcher.find(words)))
        return tuple(self._tree.name(unit, issue.issue_date) for unit in units)

    def unit_order(self) -> tuple[str, ...]:
        """All names of all units, in official order."""
        tree = self._tree
        return tuple(name for unit in sorted(tree.units, key=tree.official_place) for name in tree.all_names(unit))
