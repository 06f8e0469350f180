"""Names keep what people wrote and lose what could mislead."""

from __future__ import annotations

import pytest

from portal.files.names import LONGEST_NAME, clean_name

JPEG = (".jpg", ".jpeg")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("现场 照片.jpeg", "现场 照片.jpeg"),
        ("照片.JPG", "照片.jpg"),
        ("照片.exe", "照片.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\资料\\照片.jpg", "照片.jpg"),
        ("照片\u202egpj.exe", "照片gpj.jpg"),
        ("照\x00片\n.jpg", "照片.jpg"),
        ('照片"<1>|?.jpg', "照片1.jpg"),
        ("2024.11月18日简报", "2024.11月18日简报.jpg"),
        (".jpg", "附件.jpg"),
        ("", "附件.jpg"),
        ("  ... ", "附件.jpg"),
    ],
)
def test_a_name_is_made_safe_and_fits_the_content(given: str, kept: str) -> None:
    assert clean_name(given, JPEG) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("长" * 400 + ".jpg", JPEG)
    assert len(name) == LONGEST_NAME
    assert name.endswith(".jpg")
