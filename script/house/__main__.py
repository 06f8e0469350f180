"""Entry of ``script/run``, ``script/demo`` and ``script/test`` once the packages are there."""

from __future__ import annotations

import sys
from pathlib import Path

# Started as a folder, this file knows only itself: the checkout has to be on the path.
sys.path[0] = str(Path(__file__).resolve().parents[2])

from script.house.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
