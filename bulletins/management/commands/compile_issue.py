"""``manage.py compile_issue ID --output FILE``: the worker's own compile, written to a file."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bulletins.models import Issue
from bulletins.services.compiling import compile_content
from bulletins.services.content import content_of


class Command(BaseCommand):
    help = "把一期工作动态制成 PDF 或 HTML 文件"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int)
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument("--format", choices=["pdf", "html"], default="pdf")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a sentence")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        issue = Issue.objects.select_related("periodical").filter(pk=options["id"]).first()
        if issue is None:
            raise CommandError(f"没有编号为{options['id']}的一期。")
        content = content_of(issue)
        read = time.perf_counter() - started
        compiled = compile_content(content, proof=issue.content is None)
        data = compiled.html.encode() if options["format"] == "html" else compiled.pdf
        try:
            options["output"].write_bytes(data)
        except OSError as error:
            raise CommandError(f"文件写不进去：{options['output']}（{error.strerror}）") from error
        result = {
            "id": issue.pk,
            "label": content.label,
            "pages": compiled.pages,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "seconds": {"read": read, **compiled.steps, "total": time.perf_counter() - started},
        }
        sentence = f"{content.label}：{result['pages']}页，{result['bytes']}字节，已写入{options['output']}"
        self.stdout.write(json.dumps(result, ensure_ascii=False) if options["json"] else sentence)
