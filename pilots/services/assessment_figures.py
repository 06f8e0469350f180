"""Taking the figures that scores rest on (取数): one moment for all of a round."""

from __future__ import annotations

from django.utils import timezone

from pilots.models import Assessment, ItemScore
from pilots.queries.assessed_figures import count_all


def take_figures(assessment: Assessment) -> None:
    """Count anew what every score of the round rests on; ``figures_at`` is set, the caller saves the round."""
    rows = ItemScore.objects.filter(assessed__assessment=assessment)
    scores = list(rows.select_related("item", "assessed", "school"))
    counted = count_all(assessment, scores)
    changed = [score for score in scores if score.pk in counted]
    for score in changed:
        found = counted[score.pk]
        score.figure, score.base, score.gap = found.figure, found.base, found.gap
    ItemScore.objects.bulk_update(changed, ["figure", "base", "gap"])
    assessment.figures_at = timezone.now()
