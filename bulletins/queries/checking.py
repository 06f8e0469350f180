"""校对: issues and reports brought before the rules, with what the rules compare them to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models.fields.json import KT
from django.utils import timezone

from bulletins.checking import CheckedText, Finding, ListedWord, PastText, Surroundings, UnitWords, Weight, check
from bulletins.models import Entry, HouseWord, Issue, PassageLock, Submission, Waiver
from bulletins.queries.issue import entries_of
from bulletins.queries.marked import locks_by_entry, locks_of, waivers_by_entry, waivers_of
from bulletins.queries.word import house_words
from portal.accounts.models import Unit
from portal.accounts.queries.unit import units

#: So many issues back an entry counts as printed already.
ISSUES_BACK = 3


@dataclass(frozen=True, slots=True)
class Examined:
    """One text after checking: what is open, and what somebody let pass."""

    findings: tuple[Finding, ...] = ()
    waived: tuple[tuple[Finding, Waiver], ...] = ()

    @property
    def serious(self) -> int:
        """How many open findings are surely wrong."""
        return sum(finding.weight == Weight.SERIOUS for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings of an issue are open, how many of them surely wrong."""

    open: int
    serious: int


def examine_issue(issue: Issue, entries: Sequence[Entry] | None = None) -> dict[int, Examined]:
    """Every entry of an issue by its id; a constant number of queries. ``entries`` if they were read already."""
    entries = list(entries_of(issue)) if entries is None else entries
    texts = _checked(entries)
    waivers = waivers_by_entry(entries)
    findings = check(texts, surroundings(issue))
    return {
        entry.pk: _examined((each for each in findings if each.key == _key(entry)), waivers[entry.pk])
        for entry in entries
    }


def tally(examined: Iterable[Examined]) -> Tally:
    """The count for a badge."""
    known = list(examined)
    return Tally(sum(len(each.findings) for each in known), sum(each.serious for each in known))


def examine_entry(entry: Entry, lead: str, text: str) -> Examined:
    """One entry as if it said ``lead`` and ``text``, among the others of its issue."""
    entries = list(entries_of(entry.issue))
    key = _key(entry)
    texts = [replace(one, lead=lead, text=text) if one.key == key else one for one in _checked(entries)]
    return _examined(check(texts, surroundings(entry.issue), only=key), waivers_of(entry))


def examine_report(submission: Submission, lead: str, text: str, locks: Sequence[PassageLock]) -> Examined:
    """A report as if it was to be printed with ``lead`` and ``text``."""
    one = CheckedText(
        f"report-{submission.pk}",
        lead,
        text,
        sources=(_source(submission),),
        locked=tuple(lock.passage for lock in locks),
    )
    return _examined(check([one], surroundings(None)), waivers_of(submission))


def checked_entry(entry: Entry, locks: Sequence[PassageLock] | None = None) -> CheckedText:
    """An entry as its row says, as the rules see it."""
    held = locks_of(entry) if locks is None else locks
    return CheckedText(
        _key(entry),
        entry.lead,
        entry.text,
        entry.section.name,
        tuple(_source(report) for report in entry.submissions.all()),
        tuple(lock.passage for lock in held),
    )


def surroundings(issue: Issue | None) -> Surroundings:
    """What texts of ``issue``, or a report outside of any, are compared to; six queries."""
    today = timezone.localdate()
    reference = issue.issue_date if issue else today
    return Surroundings(
        today=today,
        reference=reference,
        window=(issue.window_start, issue.window_end) if issue else None,
        units=tuple(_unit_words(unit) for unit in units().prefetch_related("aliases", "names")),
        words=tuple(
            ListedWord(row.word, row.replacement, row.note)
            for row in house_words()
            if row.kind != HouseWord.Kind.SET_PHRASE
        ),
        past=tuple(_past(issue, reference)),
    )


def _past(issue: Issue | None, until: date) -> Iterable[PastText]:
    numbered = Issue.objects.filter(number__isnull=False, issue_date__lte=until)
    if issue:
        numbered = numbered.exclude(pk=issue.pk)
    latest = numbered.order_by("-issue_date", "-pk").annotate(said=KT("content__label"))
    labels: dict[int, str] = dict(latest.values_list("pk", "said")[:ISSUES_BACK])
    rows = Entry.objects.filter(issue__in=labels).order_by("pk").values_list("issue_id", "lead", "text")
    return (PastText(labels[number], lead, text) for number, lead, text in rows)


def _checked(entries: Sequence[Entry]) -> list[CheckedText]:
    locks = locks_by_entry(entries)
    return [checked_entry(entry, locks[entry.pk]) for entry in entries]


def _examined(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> Examined:
    known = [(each, _waiver_for(each, waivers)) for each in findings]
    return Examined(
        tuple(each for each, waiver in known if waiver is None),
        tuple((each, waiver) for each, waiver in known if waiver is not None),
    )


def _waiver_for(finding: Finding, waivers: Sequence[Waiver]) -> Waiver | None:
    """The waiver of these words. Where one of two passages lies in the other, only their surroundings differ: a
    lead came in front, or the paragraph ended there."""
    for waiver in waivers:
        near = waiver.passage in finding.passage or finding.passage in waiver.passage
        if waiver.rule == finding.rule and near and finding.excerpt in waiver.passage:
            return waiver
    return None


def _key(entry: Entry) -> str:
    return f"entry-{entry.pk}"


def _source(submission: Submission) -> str:
    return f"{submission.title}\n{submission.text}"


def _unit_words(unit: Unit) -> UnitWords:
    former = tuple(dated.name for dated in unit.names.all() if dated.name != unit.name)
    aliases = tuple(row.alias for row in unit.aliases.all())
    return UnitWords(unit.pk, unit.name, unit.short_name, aliases, former)
