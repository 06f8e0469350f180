"""The register: every noun of the programme that programs can ask for, in the order of the description."""

from portal.api.noun import Noun
from portal.api.nouns.alliances import ALLIANCES
from portal.api.nouns.assessments import ASSESSMENTS
from portal.api.nouns.cases import CASES
from portal.api.nouns.communities import COMMUNITIES
from portal.api.nouns.figures import FIGURES
from portal.api.nouns.ground import GROUND
from portal.api.nouns.pilots import PILOTS
from portal.api.nouns.progress import PROGRESS
from portal.api.nouns.work import WORK

NOUNS: tuple[Noun, ...] = (*GROUND, *ALLIANCES, *PILOTS, *COMMUNITIES, *WORK, *PROGRESS, *FIGURES, *ASSESSMENTS, *CASES)

__all__ = ["NOUNS"]
