"""Heartbeats: one statement says that somebody is here and asks who else is."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db import connection, models

from portal.accounts.models import User

SALT = "portal.presence"

_HEARTBEAT = """
WITH gone AS (
    DELETE FROM presence_presence
    WHERE user_id = %(user)s AND place <> %(place)s AND seen_at < now() - make_interval(secs => %(lasts)s)
), here AS (
    INSERT INTO presence_presence (user_id, place, seen_at) VALUES (%(user)s, %(place)s, now())
    ON CONFLICT (place, user_id) DO UPDATE SET seen_at = now()
)
SELECT coalesce(nullif(person.name, ''), person.username)
FROM presence_presence present JOIN accounts_user person ON person.id = present.user_id
WHERE present.place = %(place)s AND present.user_id <> %(user)s
    AND present.seen_at > now() - make_interval(secs => %(lasts)s)
ORDER BY present.seen_at, person.id
"""


def place_of(obj: models.Model, part: str) -> str:
    """The name of one text: ``part`` tells the unit's words of a report from the office's."""
    return f"{obj._meta.label_lower}:{obj.pk}:{part}"


def ticket(obj: models.Model, part: str, user: User) -> str:
    """What a page that shows the text to ``user`` sends with its heartbeats: who may see the page is asked once,
    when it is made, and not every few seconds."""
    return signing.dumps([user.pk, place_of(obj, part)], salt=SALT, compress=True)


def place_on(ticket_: str, user: User) -> str:
    """The place a ticket is for; empty where it is not this person's, too old, or made up."""
    try:
        holder, place = signing.loads(ticket_, salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(place) if holder == user.pk else ""


def heartbeat(place: str, *, by: User) -> list[str]:
    """Note that ``by`` has ``place`` open, and name the others who have: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_HEARTBEAT, {"user": by.pk, "place": place, "lasts": settings.PRESENCE_LASTS_SECONDS})
        return [str(name) for (name,) in cursor.fetchall()]
