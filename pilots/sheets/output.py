"""An output in a row of a table: the list's, and the ledger's (成果台账)."""

from __future__ import annotations

from pilots.models import Output
from portal.exchange.workbook import Column
from portal.text.official import official_date

COLUMNS = (
    Column("批次", 24),
    Column("类型", 14),
    Column("名称", 36),
    Column("报送单位", 24),
    Column("所属地区", 16),
    Column("所在学校", 24),
    Column("学科或领域", 14),
    Column("作者或成员", 30),
    Column("形成日期", 16),
    Column("状态", 10),
    Column("所属任务", 30),
    Column("链接", 30),
)


def row(output: Output) -> list[object]:
    """A row of ``COLUMNS``, of an output ``with_facts``."""
    batch = output.kind.batch or (output.task.batch if output.task else None)
    return [
        batch.name if batch else "",
        output.kind.name,
        output.name,
        output.unit.name,
        output.unit.parent.name if output.unit.parent else "",
        output.school.name if output.school else "",
        output.subject,
        output.people,
        official_date(output.day),
        output.get_state_display(),
        str(output.task or ""),
        output.link,
    ]
