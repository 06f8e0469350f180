"""A certificate (采用证明) on one page, with the code that verifies it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from portal.printing.certificate import print_certificate
from portal.printing.fonts import FontSet
from portal.printing.sheets import Sheets
from portal.text.official import official_date

TITLE = "稿件采用证明"


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """What it certifies, as it was on its day. ``author`` and ``section`` may be empty."""

    unit: str
    author: str
    title: str
    sent_on: date
    periodical: str
    label: str
    issue_date: date
    section: str
    office: str
    day: date

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types; the inverse of :meth:`from_json`."""
        return {name: one.isoformat() if isinstance(one, date) else one for name, one in asdict(self).items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CertificateContent:
        """Raises KeyError, TypeError or ValueError where the data are not of that form."""
        days = {name: date.fromisoformat(data[name]) for name in ("sent_on", "issue_date", "day")}
        return cls(**(data | days))

    @property
    def sentence(self) -> str:
        """The one sentence that it is about."""
        author = f"（撰稿人：{self.author}）" if self.author else ""
        section = f"“{self.section}”栏目" if self.section else ""
        return (
            f"{self.unit}于{official_date(self.sent_on)}报送的稿件《{self.title}》{author}，"
            f"已在{official_date(self.issue_date)}《{self.periodical}》{self.label}{section}编发。"
        )


def certificate_pdf(content: CertificateContent, *, address: str, fonts: FontSet) -> Sheets:
    """Print it; ``address`` is where it is verified."""
    return print_certificate(
        TITLE, [content.sentence], signed=[content.office], day=content.day, address=address, fonts=fonts
    )
