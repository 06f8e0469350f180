"""A county with an officer and two schools under it, for tests of 汇总转报."""

from __future__ import annotations

from dataclasses import dataclass

from bulletins.models import Submission
from bulletins.services.submission import submit_submission
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from tests.factories import make_draft, make_officer, make_unit


@dataclass
class County:
    """``officer`` reports for ``unit``; each school has an officer of its own, in the same order."""

    unit: Unit
    officer: User
    schools: list[Unit]
    officers: list[User]

    def report(
        self, school: int = 0, title: str = "开展联合教研", text: str = "11月5日，两校教师一起磨课。"
    ) -> Submission:
        """A report of one of the schools, sent: it lies at the county."""
        officer = self.officers[school]
        return submit_submission(make_draft(officer, title=title, text=text), by=officer)


def make_county() -> County:
    unit = make_unit(UnitKind.COUNTY, name="青山县")
    schools = [make_unit(UnitKind.SCHOOL, parent=unit) for _ in range(2)]
    return County(unit, make_officer(unit), schools, [make_officer(school) for school in schools])
