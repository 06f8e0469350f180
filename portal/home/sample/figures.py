"""Reported figures in the sample programme: a city asks its counties, some have answered. The numbers are made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from pilots.models import Indicator, ReportedValue, Target
from pilots.queries.reported import entered_period, previous_entered
from pilots.services.reported_value import save_value
from pilots.services.target import set_target
from portal.accounts.roles import Role
from portal.home.sample.play import Play

COUNTY = "安义县"
#: Indicator, what is reported of the last period and of this one.
FIGURES = {
    "s3-exchange": ((62, 1180), (71, 1196)),
    "s3-rural-training": ((2, None), (1, None)),
    "s3-open-lessons": ((3, None), None),
}


def report_figures(play: Play) -> None:
    """Targets on three of S3's indicators in the county, what it has reported, and one figure still wanting."""
    county, editor, officer = play.units[COUNTY], play.office[Role.EDITOR], play.officers.get(COUNTY)
    for code, numbers in FIGURES.items():
        indicator = Indicator.objects.get(code=code)
        if Target.objects.filter(indicator=indicator, area=county).exists():
            continue
        set_target(
            None,
            by=editor,
            indicator=indicator,
            area=county,
            value=indicator.usual_value or Decimal(1),
            force=indicator.force,
            first=date(timezone.localdate().year - 2, 9, 1),
            last=date(timezone.localdate().year + 1, 8, 31),
            basis="示例：参照外省做法试行",
        )
        now = entered_period(indicator, timezone.localdate())
        for period, given in zip((previous_entered(now), now), numbers, strict=True):
            if given is None or officer is None:
                continue
            if ReportedValue.objects.filter(indicator=indicator, unit=county, key=period.key).exists():
                continue
            number, below = (None if one is None else Decimal(one) for one in given)
            save_value(
                indicator=indicator,
                unit=county,
                period=period,
                number=number,
                below=below,
                reason="示例数据",
                by=officer,
            )
