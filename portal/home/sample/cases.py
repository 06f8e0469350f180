"""Cases (典型案例) in the sample programme: S4's, told in our own words and public, and two made-up ones on their way.

Experts are posts. The public case also stands in the issue in the making, so that both ends of the link can be seen.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from bulletins.models import Case, CaseFrame, CaseReview, Issue, Section
from bulletins.services.case import CaseFacts, begin_case, save_case, submit_case
from bulletins.services.case_desk import keep_case, publish_case
from bulletins.services.case_file import CASE_PDF
from bulletins.services.case_offer import offer_case
from bulletins.services.case_review import assign_experts, score_case
from bulletins.states import IssueState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.home.sample.play import Play
from portal.jobs.models import Job
from portal.jobs.services import run

LIANGJIANG, TIANFU = "重庆两江新区教育局", "四川天府新区教育和卫生健康局"
FRAME = "典型案例"
EXPERTS = (("zhuanjia1", "评审专家甲", "江西基础教育研究中心"), ("zhuanjia2", "评审专家乙", "南昌师范学院"))

ACROSS_PROVINCES = CaseFacts(
    title="跨省共建共同体：两江新区与天府新区这样合作办学",
    topic="跨区域协作",
    texts={
        "背景意义": (
            "重庆两江新区、四川天府新区都是国家级新区，分属两个省级行政区，学校发展快，优质资源分布却不均衡。"
            "成渝两地要建经济圈，教育不能各干各的。双方决定把两个新区当作试验田：先让学校走动起来，再把走动变成制度，"
            "摸索出跨省办教育的路子，带动两座城市的学校一起进步，也给西部其他地方提供参照。"
        ),
        "主要做法": (
            "（一）先签协议定方向。两个新区的主管部门签下合作协议，写明一起办什么、谁来办，把教育协同列为改革试点，不靠一时热情。\n"
            "（二）开会议事成常例。两地教育部门设联席会议，定期互访，遇到政策和重大事项一起研究。"
            "围绕协同机制、现代化学校、人才培养和教育研究四个方面拿出改革试验方案；有关成渝基础教育合作政策的课题已经结题。\n"
            "（三）设一个中心管日常。双方合办两江天府教育改革中心，既是商量大事的地方，也负责日常联络，"
            "拟政策、排项目，在评价改革、体教融合上先行先试。有了专门的机构，两边学校遇到问题知道找谁商量。\n"
            "（四）学校结成共同体。两地印发中小学共同体的实施方案，结成23个共同体，共有46所学校加入，"
            "校际往来超过100次，管理经验、教师和课程跨省流动。\n"
            "（五）用技术缩短距离。联合举办智慧教育开放日，几个省市的15所学校结为联盟校；两地学生隔空同上一堂课，"
            "课后有互动，专递课堂由双方一起管理。\n"
            "（六）家庭和校长也参与。在重光小学校开家庭教育研讨会，交流双减之后怎样安排假期；"
            "在童心小学教育集团办名校长工作室论坛，校长们线上线下交流办学心得。\n"
            "（七）教师坐到一起教研。语文、数学、英语等学科轮流举办联合教研和教师论坛，参加教师1000多人次。"
        ),
        "经验启示": (
            "（一）用好区位。两个新区背靠国家战略，手里有改革试点权，敢于先做，做成了再总结推广。\n"
            "（二）靠项目牵引。每一步都有具体项目和负责的机构，合作才不会停在协议上。\n"
            "（三）让技术为人服务。同步课堂、联盟校解决了距离远的难题，学生和教师都从中受益。\n"
            "对我省结对县来说，先有议事的规矩，再有管日常的人，最后落到一所所学校，这个顺序值得借鉴。"
        ),
    },
)
LESSONS_TO_VILLAGES = CaseFacts(
    title="名师排着课表下乡：上高县送教十七场的组织办法（示例）",
    topic="教师发展",
    texts={
        "背景意义": (
            "县里乡镇学校教师年纪偏大，有的学科一所学校只有一位教师，平时没有人一起备课。县里每年都组织送教，"
            "但过去是城里教师备好课去讲，讲完就走，乡村教师听得热闹，回去用不上。这次县里想换个办法，"
            "让送教从乡村学校的困难出发，由两边教师一起把课磨出来。"
        ),
        "主要做法": (
            "（一）先点单。开学前由乡镇学校填单，写明哪个学科、哪一课讲不好，县里按单子排课，一共排出十七场。\n"
            "（二）再配人。每一场由一位名师和一位乡村教师搭档，名师不独自上台。高校学科教师线上参加备课，指出教材里容易忽略的地方。"
            "搭档的两个人从备课起就建一个小群，教案、课件、学生作业都放在里面，别的教师也能看。\n"
            "（三）同上一堂课。乡村教师先上，名师听完当场示范其中一段，学生还是原来的学生，差别在哪里一眼能看出来。"
            "课后不开大会，只围着三个问题谈：学生哪里没有听懂，为什么没有听懂，下次怎么改。谈完当场改教案，改好的教案留在学校。\n"
            "（四）隔月回访。一个月以后，名师回到原来的班再听一次课，看改过的地方有没有坚持下来，没有坚持的问清原因。"
            "县教研室把两次听课的记录放在一起比较，作为下一轮排课的依据。\n"
            "（五）课表公开。十七场的时间、地点、课题提前两周公布，附近学校的教师可以自己安排时间去听，来的人登记，计入继续教育学时。"
            "车辆、食宿由县里统一安排，不给乡镇学校添负担；活动简报只写一页，写清这一场解决了什么问题。\n"
            "（六）缺的学科一起补。音乐、美术等学科乡镇学校没有专任教师，就由高校师范生在导师指导下到校试讲，"
            "县里教研员同场评课；讲得好的录下来，放在县里的平台上，让别的学校也能照着上。"
        ),
        "经验启示": (
            "送教要先问需要什么。单子由乡村学校来填，名师才知道往哪里使劲。两个人搭档、隔月回访，"
            "让一次活动变成一段时间的帮扶，乡村教师有了可以随时请教的人。课表公开以后，一场课受益的不止一所学校。"
            "学校之间因此多了走动，教研从开会变成了看课、改课。还没有解决的问题是音乐、体育、美术的名师太少，排不过来，需要高校帮助，用同步课堂补上。"
        ),
    },
)
INTERNS = CaseFacts(
    title="实习生怎样成为乡村学校的帮手（示例）",
    topic="实习实践",
    texts={
        "背景意义": (
            "师范生到乡村学校实习一个学期，学校缺教师，实习生缺指导。两边把实习和顶岗、教研放在一起安排，各得其所。"
        ),
        "主要做法": (
            "（一）双导师。每名实习生有一位高校教师和一位学校教师指导。\n（二）先跟岗再上课。前四周跟岗，以后逐步上课。"
        ),
    },
)
OFFER = (
    "两江新区和天府新区设中心统管跨省合作。",
    "两地先签协议、开联席会议，再合办教育改革中心负责日常联络，把签下的事排成项目，落到46所学校的23个共同体里。"
    "同步课堂由双方一起管理，学科教研轮流做东，校长和家长也有各自的交流平台。先立规矩、再定人、后进学校，步子稳，走得远。",
)


def tell_cases(play: Play) -> None:
    """The public one first, then one that an expert still has to score, then a draft."""
    experts = [play.person(name, called, play.units[unit], Role.EXPERT) for name, called, unit in EXPERTS]
    _public(play, experts)
    _in_review(play, experts)
    _write(play, "江西师范大学", play.officers["江西师范大学"], INTERNS, partners=("横峰县",))


def _public(play: Play, experts: list[User]) -> None:
    officer = play.officers[LIANGJIANG]
    case = _write(play, LIANGJIANG, officer, ACROSS_PROVINCES, partners=(TIANFU,))
    editor, reviewer = play.office[Role.EDITOR], play.office[Role.REVIEWER]
    submit_case(case, by=officer)
    first, second = _ask(case, experts, editor)
    _score(first, "0.9", "层次清楚，数据可信，议事、办事、落到学校三层都有交代，可以推广。")
    _score(second, "0.8", "做法完整。建议说明中心的人员和经费从哪里来，其他地方才好照着做。")
    keep_case(case, by=editor)
    publish_case(case, by=reviewer)
    for job in Job.objects.filter(kind=CASE_PDF):
        run(job.pk)
    issue = Issue.objects.get(state=IssueState.EDITING)
    lead, text = OFFER
    section = Section.objects.get(periodical=issue.periodical, name="他山之石")
    offer_case(case, issue=issue, section=section, lead=lead, text=text, by=editor)


def _in_review(play: Play, experts: list[User]) -> None:
    officer = play.officers["上高县"]
    case = _write(play, "上高县", officer, LESSONS_TO_VILLAGES, partners=("宜春学院",))
    submit_case(case, by=officer)
    first, _waiting = _ask(case, experts, play.office[Role.EDITOR])
    _score(first, "0.85", "“先点单”“隔月回访”两条实在。请补充回访时看到的具体变化。")


def _write(play: Play, unit: str, officer: User, facts: CaseFacts, partners: tuple[str, ...] = ()) -> Case:
    case = begin_case(frame=CaseFrame.objects.get(name=FRAME), unit=play.units[unit], by=officer)
    with_units = CaseFacts(
        title=facts.title,
        topic=facts.topic,
        area=case.area,
        partners=[play.units[name] for name in partners],
        texts=facts.texts,
    )
    return save_case(case, with_units, by=officer, version=case.version)


def _ask(case: Case, experts: list[User], editor: User) -> list[CaseReview]:
    return assign_experts(case, experts=experts, due=timezone.localdate() + timedelta(days=10), by=editor)


def _score(review: CaseReview, share: str, words: str) -> None:
    points = {
        one.name: round(Decimal(one.most) * Decimal(share) * 2) / Decimal(2) for one in review.version.case.own_criteria
    }
    score_case(review, scores=points, words=words, by=User.objects.get(pk=review.expert_id))
