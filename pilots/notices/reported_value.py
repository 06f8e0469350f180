"""Messages about reported figures: somebody has said something on one."""

from __future__ import annotations

from django.urls import reverse

from pilots.models import ValueComment
from pilots.queries.reported import values_for
from portal.accounts.models import User
from portal.accounts.roles import SPEAKING_ROLES
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_commented(comment: ValueComment) -> None:
    """To who entered the figure and who spoke on it before, as far as they still see it; where the one who entered
    it has left, to who speaks for the unit now."""
    value = comment.value
    spoke = {one.by_id: one.by for one in value.comments.select_related("by")}
    entered = {value.by.pk: value.by} if value.by and _sees(value.by, comment) else {}
    people = entered or {one.pk: one for one in holders(*SPEAKING_ROLES, units=[value.unit_id])}
    send_notice(
        occasion=f"value-comment:{comment.pk}",
        about=value,
        to=[one for one in (people | spoke).values() if one.pk != comment.by_id and _sees(one, comment)],
        template="value_commented",
        context={"comment": comment, "value": value},
        url=f"{reverse('value', args=[value.pk])}#comments",
        why="您填报过这项数据，或者对它提过意见",
    )


def _sees(person: User, comment: ValueComment) -> bool:
    """Whether the figure's page is there for ``person`` today."""
    return person.has_perm("pilots.comment_value") and values_for(person).filter(pk=comment.value_id).exists()
