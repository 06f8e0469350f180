"""``script/bench``: how long and how much, as ratios against a named baseline in the same run."""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from script.house.bench_exchange import bench_exchange
from script.house.bench_programme import bench_programme
from script.house.bench_search import bench_search
from script.house.paths import ROOT, chromium_program

RUNS = 5
COMPILES = 200
#: Where the published issues lie beside a checkout; 001… is 第16期.
SEEDS = ROOT.parent / "shared" / "seeds"
#: Benches that make all they need themselves.
_WITHOUT_ISSUE = {"exchange": bench_exchange, "programme": bench_programme, "search": bench_search}


def main(arguments: list[str]) -> int:
    """Run one bench and print its figures; the exit status is 0 whatever they are."""
    parser = argparse.ArgumentParser(prog="script/bench")
    parser.add_argument("what", choices=["compile", "memory", *_WITHOUT_ISSUE])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--file", type=Path, help="an issue to measure with, .txt or .docx")
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs a loop in this thread
    django.setup()
    figures = _measured(options.what, options.file)
    print(json.dumps(figures) if options.json else "\n".join(f"{name:20} {value}" for name, value in figures.items()))
    return 0


def _measured(what: str, file: Path | None) -> dict[str, Any]:
    if what in _WITHOUT_ISSUE:
        return _WITHOUT_ISSUE[what]()
    issue_id = _imported(file or _source())
    return bench_compile(issue_id) if what == "compile" else bench_memory(issue_id)


def bench_compile(issue_id: int) -> dict[str, Any]:
    """Median seconds of (a) warm: rows to stored file, (b) bare WeasyPrint and (c) Chromium on the same
    HTML, (d) a cold process; and the ratios a/b and a/c. Runs are interleaved: the machine's speed drifts.
    """
    from bulletins.models import Issue
    from bulletins.services.compiling import compile_content, compile_to_store
    from bulletins.services.content import content_of

    def warm() -> None:
        issue = Issue.objects.select_related("periodical").get(pk=issue_id)
        compile_to_store(content_of(issue), folder="bench", proof=False)

    html = compile_content(content_of(Issue.objects.get(pk=issue_id)), proof=False).html
    with tempfile.TemporaryDirectory() as folder, _Chromium(Path(folder), html) as chromium:
        runs: dict[str, Callable[[], None]] = {
            "warm": warm,
            "bare": lambda: _bare(html),
            "chromium": chromium.print,
            "cold": lambda: _cold(issue_id, Path(folder)),
        }
        seconds = _interleaved(runs)
    medians = {name: round(statistics.median(times), 4) for name, times in seconds.items()}
    return medians | {
        "warm_over_bare": round(medians["warm"] / medians["bare"], 3),
        "warm_over_chromium": round(medians["warm"] / medians["chromium"], 3),
        "runs": RUNS,
    }


def bench_memory(issue_id: int) -> dict[str, Any]:
    """Memory of this process (resident, MB) after the first ten compiles and after ``COMPILES`` more."""
    from bulletins.models import Issue
    from bulletins.services.compiling import compile_content
    from bulletins.services.content import content_of

    content = content_of(Issue.objects.select_related("periodical").get(pk=issue_id))
    for _ in range(10):
        compile_content(content, proof=False)
    before = _resident()
    for _ in range(COMPILES):
        compile_content(content, proof=False)
    after = _resident()
    return {"compiles": COMPILES, "before_mb": before, "after_mb": after, "after_over_before": round(after / before, 3)}


def _interleaved(runs: dict[str, Callable[[], None]]) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()  # once uncounted, so that everything but the cold process is warm
    for _ in range(RUNS):
        for name, run in runs.items():
            gc.collect()
            begun = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - begun)
    return seconds


def _bare(html: str) -> None:
    from weasyprint import HTML

    HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")


def _cold(issue_id: int, folder: Path) -> None:
    command = [sys.executable, "manage.py", "compile_issue", str(issue_id), "--output", str(folder / "cold.pdf")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


class _Chromium:
    """A browser that is already running prints the same page: the fairest of its times."""

    def __init__(self, folder: Path, html: str) -> None:
        self._page_file = folder / "page.html"
        self._page_file.write_text(html, encoding="utf-8")
        self._target = folder / "chromium.pdf"

    def __enter__(self) -> _Chromium:
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=chromium_program())
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._playwright.stop()

    def print(self) -> None:
        page = self._browser.new_page()
        page.goto(self._page_file.as_uri())
        page.evaluate("document.fonts.ready")
        page.pdf(path=self._target, prefer_css_page_size=True)
        page.close()


def _source() -> Path:
    if found := sorted(SEEDS.glob("001*.txt")):
        return found[0]
    raise SystemExit("no issue to measure with: name one with --file")


def _imported(path: Path) -> int:
    from bulletins.queries.issue import the_periodical
    from bulletins.services.importing import import_issue

    imported = import_issue(path.read_bytes(), filename=path.name, periodical=the_periodical(), by=None)
    return int(imported.issue.pk)


def _resident() -> float:
    """Resident memory of this process in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1000, 1)
    raise RuntimeError("the kernel does not tell the resident memory")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
