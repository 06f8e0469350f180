"""No sentence of a source document stands in the project: facts carry over, wording does not."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "../shared/seeds"
#: So many Chinese characters in a row are a sentence; names of offices and papers are shorter or listed.
RUN = 18
NAMES = (
    "江西省高校与县域基础教育协同提质行动",
    "省协同提质行动工作领导小组办公室",
    "省协同提质行动领导小组成员单位、各设区市教育局、联盟高校",
    "省协同提质行动领导小组成员单位、联盟高校、各设区市教育局",
    "省协同提质行动领导小组组长、副组长",
    # An agreement and an office of S4, as they were called.
    "推动成渝地区双城经济圈建设共同打造教育高地合作协议",
    "四川天府新区成都管委会社区治理和社事局",
    # DOMAIN's quota names these four kinds in this order.
    "集体备课、教学沙龙、联合教研、课题研究",
)
#: A published issue put in by hand, so that the guard itself is seen to bite where the sources are absent.
EXAMPLE = "甲县召开推进会议并对下一阶段的重点任务作出了全面安排部署"


def runs_of(text: str) -> set[str]:
    """All runs of ``RUN`` characters, blanks and names left out."""
    bare = re.sub(r"\s", "", text)
    for name in NAMES:
        bare = bare.replace(name, "\n")
    return {
        bare[at : at + RUN]
        for at in range(len(bare) - RUN + 1)
        if re.fullmatch(r"[\u4e00-\u9fff、，；：“”《》（）—0-9]+", bare[at : at + RUN])
    }


def tracked_texts() -> list[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    wanted = (".py", ".md", ".html", ".txt", ".js", ".css", ".toml", ".yml")
    paths = [path for path in listed.stdout.split("\0") if path.endswith(wanted) and (ROOT / path).exists()]
    return [(path, (ROOT / path).read_text(encoding="utf-8")) for path in paths]


def test_no_sentence_of_a_source_stands_in_the_project() -> None:
    sources = set().union(
        *(runs_of(path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")), runs_of(EXAMPLE)
    )
    found = {path: sorted(runs_of(text) & sources)[:3] for path, text in tracked_texts() if path != _here()}
    assert {path: runs for path, runs in found.items() if runs} == {}


def test_the_guard_finds_a_copied_sentence() -> None:
    assert runs_of(EXAMPLE) & runs_of(f"报道说：{EXAMPLE}。")


def _here() -> str:
    return str(Path(__file__).relative_to(ROOT))
