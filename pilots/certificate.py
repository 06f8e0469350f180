"""服务证明: what a certificate of a teacher's exchange says (S2 三（二）: it counts for posts and titles). Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from portal.text.official import official_date

TITLE = "服务证明"


@dataclass(frozen=True, slots=True)
class ServiceContent:
    """What it certifies, as it was: names of units as they were then; ``days`` are those really spent."""

    person: str
    post: str
    subject: str
    kind: str
    giver: str
    taker: str
    lead: str
    community: str
    label: str
    start: date
    end: date
    days: int
    day: date

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types; the inverse of :meth:`from_json`."""
        return {name: one.isoformat() if isinstance(one, date) else one for name, one in asdict(self).items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ServiceContent:
        """Raises KeyError, TypeError or ValueError where the data are not of that form."""
        days = {name: date.fromisoformat(data[name]) for name in ("start", "end", "day")}
        return cls(**(data | days))

    @property
    def sentences(self) -> list[str]:
        """What stands on the page."""
        subject = f"（{self.subject}学科）" if self.subject else ""
        return [
            f"{self.giver}{self.person}，于{official_date(self.start)}至{official_date(self.end)}"
            f"在{self.taker}任职任教，岗位为{self.post}{subject}，计{self.days}天。",
            f"该项服务属于“{self.community}”（{self.label}）安排的“{self.kind}”。",
        ]

    @property
    def signed(self) -> list[str]:
        """Who puts a seal to it: the school served in, and the lead where that is another."""
        both = dict.fromkeys((self.taker, self.lead))
        return [f"{school}（盖章）" for school in both if school]
