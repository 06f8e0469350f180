"""``manage.py import_issue FILE [--json]``: take in a past issue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bulletins.queries.issue import the_periodical
from bulletins.reading import UnreadableIssue
from bulletins.services.importing import Imported, import_issue, summary
from portal.refusals import Refused


class Command(BaseCommand):
    help = "补录一期往期工作动态（.txt 或 .docx）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            source = path.read_bytes()
            imported = import_issue(source, filename=path.name, periodical=the_periodical(), by=None)
        except OSError as error:
            raise CommandError(f"文件读不出来：{path}（{error.strerror}）") from error
        except UnreadableIssue as error:
            raise CommandError(error.message_zh) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            json.dumps(summary(imported), ensure_ascii=False) if options["json"] else _sentences(imported)
        )


def _sentences(imported: Imported) -> str:
    result = summary(imported)
    sections = "、".join(f"{row['name']}{row['entries']}条" for row in result["sections"])  # type: ignore[attr-defined]
    lines = [f"{result['label']}{'已导入' if imported.is_new else '已在系统中'}（编号{result['id']}）：{sections}。"]
    lines += [f"整理：{note}" for note in imported.read.notes]
    lines += [f"待核对：{problem}" for problem in imported.read.problems]
    return "\n".join(lines)
