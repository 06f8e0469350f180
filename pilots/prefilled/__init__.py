"""The sections of a progress report that pilots and alliances know of."""

from pilots.prefilled import activities, community, profile, targets, tasks, values, work_items  # noqa: F401  (each registers its own)
