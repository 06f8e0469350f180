"""``manage.py reindex``: write the index of the search anew from the things themselves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.search.indexing import write_anew


class Command(BaseCommand):
    help = "重建查找所用的索引（平时不需要，内容改动后会自动更新）"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"索引已重建，共{write_anew()}条。")
