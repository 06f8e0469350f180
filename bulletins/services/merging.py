"""合并编发 and 恢复原文: several entries become one; each unit keeps its credit, and it can be undone.

The words and places of what was merged are kept as parts. The merged words are a proposal like any other: the
editor shortens them, and 恢复原文 brings back what stood before, whatever was edited meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bulletins.models import Correction, Entry, EntryCase, EntrySource, Issue, MergedPart, Section, Submission
from bulletins.queries.issue import section_by_kind
from bulletins.queries.submission import received_submissions, unplaced_submissions
from bulletins.services.desk import adopt_submission
from bulletins.services.joined_words import joined_words
from bulletins.services.marking import move_marks
from bulletins.services.open_issue import one_placing_at_a_time, open_for_editing
from bulletins.services.placing import new_entry, put
from bulletins.states import WITH_OFFICE
from bulletins.validators import LONGEST_ENTRY
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused


@transaction.atomic
def merge_entries(issue: Issue, *, entries: Sequence[int], section: Section | None = None, by: User) -> Entry:
    """Make one entry of several of ``issue`` (their keys), at the place of the first, in ``section`` if one is given.

    Raises Refused where fewer than two are there, one is merged already, they stand in several sections and
    none is given, or the whole would be too long.
    """
    issue = open_for_editing(issue, by=by)
    rows = list(issue.entries.select_for_update(of=("self",)).select_related("section").filter(pk__in=entries))
    _require_mergeable(rows, len(set(entries)))
    sections = {row.section_id for row in rows}
    if section is None and len(sections) > 1:
        raise Refused("所选条目不在同一栏目，请选择合并后放在哪个栏目。")
    merged = _merge(issue, rows, section or rows[0].section)
    record(
        issue,
        "bulletins.entry.merge",
        "合并编发",
        by=by,
        entry=merged.pk,
        submissions=list(merged.sources.values_list("submission_id", flat=True)),
    )
    return merged


@transaction.atomic
def merge_reports(issue: Issue, *, reports: Sequence[int], section: Section | None = None, by: User) -> Entry:
    """Adopt reports that are not yet, place them in ``issue`` and make one entry of them; all of it or nothing."""
    issue = open_for_editing(issue, by=by)
    one_placing_at_a_time(issue)
    if not by.has_perm("bulletins.adopt_submission"):
        raise PermissionDenied
    rows = list(received_submissions(by).filter(pk__in=reports).order_by("pk"))
    if len(rows) < 2:
        raise Refused("请至少选择两篇稿件再合并编发。")
    for report in rows:
        if report.state in WITH_OFFICE:
            adopt_submission(report, by=by)
    waiting = list(unplaced_submissions(issue).filter(pk__in=reports).select_for_update(of=("self",)))
    if left := [report for report in rows if report not in waiting]:
        names = "、".join(f"《{report}》" for report in left)
        raise Refused(f"{names}不在待编发之列，可能已编入条目，或报送时间晚于本期收稿截止日期。没有合并。")
    chosen = section or _common_section(issue, rows)
    made = [new_entry(issue, chosen, report) for report in waiting]
    return merge_entries(issue, entries=[entry.pk for entry in made], section=chosen, by=by)


@transaction.atomic
def restore_entry(entry: Entry, *, by: User) -> list[Entry]:
    """恢复原文: every part stands alone again, as it was and where it was; the merged words are kept in the record."""
    issue = open_for_editing(entry.issue, by=by)
    merged = Entry.objects.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if merged is None:
        raise Refused("这一条已被同事取出，请刷新页面查看。")
    parts = list(merged.parts.select_related("section"))
    if not parts:
        raise Refused("这一条不是合并编发的，没有可以恢复的原文。")
    record(issue, "bulletins.entry.restore", "恢复原文", by=by, lead=merged.lead, text=merged.text)
    restored = [_restore(issue, part) for part in parts]
    move_marks(merged, restored)
    merged.delete()
    for one, part in zip(restored, parts, strict=True):
        put(issue, one, part.section, part.position)
    return restored


def _require_mergeable(rows: list[Entry], wanted: int) -> None:
    if len(rows) < wanted:
        raise Refused("所选条目中有的已被同事取出或不在本期，请刷新页面后重新选择。")
    if len(rows) < 2:
        raise Refused("请至少选择两条再合并编发。")
    if notice := Correction.objects.filter(notice__in=rows).select_related("notice").first():
        raise Refused(f"“{notice.notice}”是对往期的更正，须单独刊登，不能与其他条目合并。")
    if done := MergedPart.objects.filter(entry__in=rows).select_related("entry").first():
        raise Refused(f"“{done.entry}”已经是合并编发的条目。请先对它恢复原文，再与其他条目一起合并。")


def _merge(issue: Issue, rows: list[Entry], section: Section) -> Entry:
    sources = EntrySource.objects.filter(entry__in=rows).select_related("submission__unit").order_by("pk")
    places = {row.pk: place for place, row in enumerate(rows)}
    in_order = sorted(sources, key=lambda source: places[source.entry_id])
    units = list(dict.fromkeys(source.submission.unit.name for source in in_order))
    lead, text = joined_words([(row.lead, row.text) for row in rows], units)
    if len(lead) + len(text) > LONGEST_ENTRY:
        raise Refused(f"合并后有{len(lead) + len(text)}字，超过{LONGEST_ENTRY}字，请先缩短或少合并几条。")
    first = rows[0]
    at = _place_of(first, among=rows) if first.section_id == section.pk else None
    merged = Entry.objects.create(issue=issue, section=section, position=first.position, lead=lead, text=text)
    for row in rows:
        part = MergedPart.objects.create(
            entry=merged, section=row.section, position=row.position, lead=row.lead, text=row.text
        )
        EntrySource.objects.filter(entry=row).update(entry=merged, part=part)
        EntryCase.objects.filter(entry=row).update(entry=merged, part=part)
        move_marks(row, [merged])
        row.delete()
    put(issue, merged, section, at)
    return merged


def _place_of(first: Entry, *, among: list[Entry]) -> int:
    """Where ``first`` stands in its section when the others of ``among`` are gone."""
    others = [row.pk for row in among if row != first]
    stay = first.issue.entries.filter(section=first.section_id).exclude(pk__in=others)
    return list(stay.values_list("pk", flat=True)).index(first.pk)


def _restore(issue: Issue, part: MergedPart) -> Entry:
    one = Entry.objects.create(
        issue=issue, section=part.section, position=part.position, lead=part.lead, text=part.text
    )
    EntrySource.objects.filter(part=part).update(entry=one, part=None)
    EntryCase.objects.filter(part=part).update(entry=one, part=None)
    return one


def _common_section(issue: Issue, reports: list[Submission]) -> Section:
    by_kind = section_by_kind(issue.periodical.sections.all())
    found = {by_kind[report.unit.kind] for report in reports if report.unit.kind in by_kind}
    if len(found) != 1:
        raise Refused("所选稿件不属于同一栏目，请选择合并后放在哪个栏目。")
    return found.pop()
