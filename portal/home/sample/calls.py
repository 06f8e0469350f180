"""Asking in the sample programme: an open call with an answer begun and a unit without news, and the month's points."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from bulletins.services.call import create_call, save_call, send_call
from bulletins.services.call_answer import say_no_report, start_answer
from bulletins.services.call_points import draft_points
from portal.accounts.roles import Role
from portal.home.sample.play import Play

TOPIC = "师范生实习支教中的成长故事"
WANTED = (
    "请写一个实习支教的真实片段，300字左右：谁、在哪所学校、做了什么、学生有什么变化。\n"
    "有照片的可以附上，没有也不必补拍。"
)
POINTS = "本月请重点报送：联合教研和集体备课的实际做法；结对学校之间的学生交流；精品课展示后的教师反馈。"
#: The call is open for so many days.
OPEN_FOR = 12


def ask_units(play: Play) -> None:
    """A call to every unit that reports, and the points of this month."""
    editor, officers = play.office[Role.EDITOR], list(play.officers.items())
    units = [play.units[name] for name, _officer in officers]
    call = send_call(
        create_call(
            by=editor, topic=TOPIC, wanted=WANTED, deadline=timezone.localdate() + timedelta(days=OPEN_FOR), units=units
        ),
        by=editor,
    )
    start_answer(call.targets.get(unit=units[0]), by=officers[0][1])
    say_no_report(call.targets.get(unit=units[-1]), by=officers[-1][1], reason="本学期没有师范生在县实习")
    points = draft_points(by=editor)
    save_call(points, by=editor, topic=points.topic, wanted=POINTS, deadline=points.deadline)
    send_call(points, by=editor)
