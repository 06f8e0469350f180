"""Pages work under a policy that forbids code and style inside the page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "templates", *(ROOT / app for app in ("portal", "alliances", "pilots", "bulletins"))]
# The printed page is no web page: its style sheet goes to the typesetter, never to a browser.
PRINTED = ROOT / "bulletins" / "layout"
TEMPLATES = sorted(
    path
    for folder in FOLDERS
    for path in folder.rglob("*")
    if path.suffix in {".html", ".svg"} and not path.is_relative_to(PRINTED)
)
TEMPLATE_TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


class Inspector(HTMLParser):
    """Collects what the policy would refuse, with its line."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "style" or (tag == "script" and not values.get("src")):
            self._found(f"<{tag}>")
        for name, value in attrs:
            spoken = (value or "").strip().lower()
            if name == "style" or name.startswith("on") or name.startswith("hx-on"):
                self._found(name)
            if spoken.startswith("javascript:") or (name in {"hx-vals", "hx-headers"} and spoken.startswith("js:")):
                self._found(f"{name}={value}")
            if name in {"src", "href", "action"} and re.match(r"(https?:)?//", spoken) and tag != "a":
                self._found(f"another host: {value}")

    def _found(self, what: str) -> None:
        self.findings.append(f"line {self.getpos()[0]}: {what}")


def inspect(template: str) -> list[str]:
    """What of a template the policy would refuse. Template tags keep their line breaks but say nothing."""
    inspector = Inspector()
    inspector.feed(TEMPLATE_TAGS.sub(lambda tag: "\n" * tag[0].count("\n") + "x", template))
    return inspector.findings


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_no_inline_script_or_style(path: Path) -> None:
    assert inspect(path.read_text()) == []


@pytest.mark.parametrize(
    "template",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<button {% if x %}disabled{% endif %} onclick="go()">',
        '<div hx-on::after-request="go()">',
        '<a href="javascript:go()">',
        '<script src="https://cdn.invalid/x.js"></script>',
    ],
)
def test_the_inspection_finds_what_is_forbidden(template: str) -> None:
    assert inspect(template)


def test_the_inspection_lets_plain_pages_pass() -> None:
    page = (
        '<script src="{% static "js/desk.js" %}" type="module"></script><a href="https://www.gov.cn">x</a><p class="x">'
    )
    assert inspect(page) == []
