"""One issue of the bulletin as plain data: what is frozen at sign-off, read from a file, and printed.

Nothing here knows the database, HTML or Word. ``layout`` prints it, ``reading`` produces it,
``services`` build it from rows and freeze it as JSON.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from portal.text.digest import digest_of

#: An entry without a lead is called by its first words; S0's leads have up to about forty characters.
LONGEST_CALL = 42


@dataclass(frozen=True, slots=True)
class EntryContent:
    """One ★ item.

    ``lead`` is the sentence printed bold, with its own stop; empty where an entry has none (S0).
    ``paragraphs`` is the text after it; the first one runs on in the line of the lead.
    ``key`` names the item in anchors and page maps (``entry-12``); it is not printed.
    """

    lead: str
    paragraphs: tuple[str, ...]
    key: str = ""

    @property
    def called(self) -> str:
        """How a list names it: its lead without the stop, else the beginning of its text."""
        text = self.lead.rstrip("。") or "".join(self.paragraphs)
        return text if self.lead or len(text) <= LONGEST_CALL else f"{text[:LONGEST_CALL]}……"


@dataclass(frozen=True, slots=True)
class SectionContent:
    """A section with its heading as printed between 【】, and its entries in order (never empty in print)."""

    name: str
    entries: tuple[EntryContent, ...]


@dataclass(frozen=True, slots=True)
class IssueContent:
    """A whole issue.

    ``label`` is the number as it stands under the masthead: ``第16期``, ``〔2023〕第2期`` or, before
    sign-off, ``拟第17期``. ``issue_date`` stands right of the issuing office, ``printed_on`` in the
    imprint (S0: 25 and 27 November); ``printed_on`` is None until the issue is printed.
    ``report_to`` and ``copy_to`` are the imprint's 报 and 送 lines without that word and colon.
    ``verify_url`` is where a printed copy is verified, printed as a code; empty before sign-off.
    """

    masthead: str
    title: str
    label: str
    office: str
    issue_date: date
    sections: tuple[SectionContent, ...]
    report_to: str = ""
    copy_to: str = ""
    printed_on: date | None = None
    verify_url: str = ""

    def digest(self) -> str:
        """SHA-256 (hex) of what people wrote: all but what is given later (number, day of printing, code)."""
        data = self.to_json()
        del data["label"], data["printed_on"], data["verify_url"]
        for section in data["sections"]:
            for entry in section["entries"]:
                del entry["key"]
        return digest_of(data)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types, dates as ISO text; the inverse of :meth:`from_json`."""
        data = asdict(self)
        data["issue_date"] = self.issue_date.isoformat()
        data["printed_on"] = self.printed_on.isoformat() if self.printed_on else None
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> IssueContent:
        """Rebuild an issue from :meth:`to_json`; raises KeyError or ValueError where the data are not of that form."""
        sections = tuple(
            SectionContent(
                section["name"],
                tuple(
                    EntryContent(entry["lead"], tuple(entry["paragraphs"]), entry["key"])
                    for entry in section["entries"]
                ),
            )
            for section in data["sections"]
        )
        return cls(
            masthead=data["masthead"],
            title=data["title"],
            label=data["label"],
            office=data["office"],
            issue_date=date.fromisoformat(data["issue_date"]),
            sections=sections,
            report_to=data["report_to"],
            copy_to=data["copy_to"],
            printed_on=date.fromisoformat(data["printed_on"]) if data["printed_on"] else None,
            verify_url=data.get("verify_url", ""),
        )


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """An entry of a frozen issue: the key it is found by, and the section it stands in."""

    key: str
    section: str
    content: EntryContent

    @property
    def label(self) -> str:
        """How it is called in a list to choose from."""
        return f"【{self.section}】{self.content.called}"

    def holds(self, words: str) -> bool:
        """Whether ``words`` stand in it, blanks aside."""
        bare = "".join(words.split())
        return bool(bare) and bare in "".join("".join((self.content.lead, *self.content.paragraphs)).split())


def printed_entries(content: IssueContent) -> list[PrintedEntry]:
    """All entries in order. Those of imported issues have no key of their own: their place is it."""
    found: list[PrintedEntry] = []
    for section in content.sections:
        for entry in section.entries:
            found.append(PrintedEntry(entry.key or f"item-{len(found) + 1}", section.name, entry))
    return found
