"""Copy the few front-end files that pages load out of npm's folder into ``static/vendor``.

Run by ``script/bootstrap`` as a plain file, and when the server's image is built: standard library only.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "echarts/dist/echarts.esm.min.js": "echarts.esm.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
# The maps are not copied, and the file names with a hash in them are made only if every reference exists.
SOURCE_MAP = re.compile(rb"^\s*(?:/\*|//)[#@] sourceMappingURL=.*$", re.MULTILINE)


def copy_assets(modules: Path, target: Path) -> None:
    """Fill ``target`` anew from ``node_modules``; a mark written last says that it is complete.

    Raises ``FileNotFoundError`` when a package has not been installed.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for source, name in FILES.items():
        (target / name).write_bytes(SOURCE_MAP.sub(b"", (modules / source).read_bytes()))
    (target / ".complete").touch()


if __name__ == "__main__":
    copy_assets(ROOT / "node_modules", ROOT / "static" / "vendor")
