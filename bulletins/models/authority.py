"""代签授权: a written authority by which somebody else reviews or signs for the one who holds the post."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now

from portal.accounts.roles import Role


class SigningAuthority(models.Model):
    """``substitute`` may do ``role``'s link of the chain for ``principal`` on the days of ``during``.

    ``basis`` names the paper that says so; its scan is attached. An authority taken back keeps its row, with
    ``during`` cut short.
    """

    SIGNING_ROLES = ((Role.REVIEWER.value, Role.REVIEWER.label), (Role.ISSUER.value, Role.ISSUER.label))

    principal = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="授权人")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="signing_authorities", verbose_name="代签人"
    )
    role = models.CharField("事项", max_length=30, choices=SIGNING_ROLES)
    during = DateRangeField("授权时间")
    basis = models.CharField("授权依据", max_length=200)
    files = GenericRelation("files.Attachment")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "代签授权"
        verbose_name_plural = "代签授权"
        ordering = ["-during", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="one_authority_at_a_time",
                expressions=[
                    ("substitute", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="此人在这段时间已有同一事项的代签授权。",
            ),
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("substitute")),
                name="authority_for_another",
                violation_error_message="授权人和代签人不能是同一人。",
            ),
            models.CheckConstraint(
                condition=models.Q(during__upper_inf=False),
                name="authority_for_limited_time",
                violation_error_message="代签授权须写明截止日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute}代{self.principal}{self.get_role_display()}"
