"""What pilots gives out and takes in as tables."""

from pilots.exchange import activities, communities, outputs, profiles, register, tasks
from portal.exchange.registry import add_noun

add_noun(profiles.Profiles())
add_noun(register.PilotCounties())
add_noun(register.PilotSchools())
add_noun(communities.Communities())
add_noun(activities.Activities())
add_noun(tasks.Tasks())
add_noun(outputs.Outputs())
