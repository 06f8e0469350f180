"""What every print shares: the kind of PDF, the fonts of this process, one print at a time."""

from __future__ import annotations

import threading
from functools import lru_cache

from weasyprint.text.fonts import FontConfiguration

from .fonts import FontSet

VARIANT = "pdf/ua-1"
# Pango's font maps are shared within the process, and justification swaps functions: one at a time.
one_at_a_time = threading.Lock()


def font_rules(fonts: FontSet) -> str:
    """The style rules that load the font files of this machine."""
    return "\n".join(
        f'@font-face{{font-family:"{face.family}";src:url("{face.path.as_uri()}");'
        f"font-weight:{700 if face == fonts.title else 400}}}"
        for face in fonts.faces
    )


@lru_cache(maxsize=2)
def font_config(fonts: FontSet, process: int) -> FontConfiguration:
    """The fonts of a set, loaded once for proofs and final prints alike."""
    return FontConfiguration()
