"""What a form, a serializer and a service all need to check."""

from __future__ import annotations

from django.core.exceptions import ValidationError

#: S1's longest entry has 456 characters; ten thousand is far beyond any report and far below a pasted book.
LONGEST_REPORT = 10_000
LONGEST_TITLE = 200
#: Several reports of a unit joined; far beyond anything printed.
LONGEST_ENTRY = 30_000
#: No report tells of so many activities; what is beyond is a slip of the keyboard or an attack.
MOST_ACTIVITIES = 60
#: A topic stands in one line of a list; what is wanted fits a page.
LONGEST_TOPIC = 100
LONGEST_WANTED = 3_000


def check_report_text(title: str, text: str) -> None:
    """A report ready to leave the unit. Raises ValidationError with a sentence per field."""
    errors = {}
    if not title.strip():
        errors["title"] = "请填写标题。"
    if not text.strip():
        errors["text"] = "请填写正文。"
    if errors:
        raise ValidationError(errors)
    check_length(title, text)


def check_length(title: str, text: str) -> None:
    """Also a draft has bounds. Raises ValidationError that names the length and the bound."""
    if len(title) > LONGEST_TITLE:
        raise ValidationError({"title": f"标题有{len(title)}字，超过{LONGEST_TITLE}字，请缩短。"})
    if len(text) > LONGEST_REPORT:
        raise ValidationError(
            {"text": f"正文有{len(text)}字，超过{LONGEST_REPORT}字。请分几篇报送，或把材料作为附件上传。"}
        )
    if "\x00" in title + text:
        raise ValidationError({"text": "正文中有无法识别的字符，请重新粘贴。"})


def check_printed_words(lead: str, text: str, *, longest: int) -> None:
    """Words that can stand in print, the text of at most ``longest`` characters. Raises with a sentence per field."""
    errors = {}
    if len(lead) > LONGEST_TITLE:
        errors["lead"] = f"导语有{len(lead)}字，超过{LONGEST_TITLE}字，请把后面的话移到正文。"
    if len(text) > longest:
        errors["text"] = f"正文有{len(text)}字，超过{longest}字，请缩短。"
    if "\x00" in lead + text:
        errors["text"] = "正文中有无法识别的字符，请重新粘贴。"
    if not lead.strip() and not text.strip():
        errors["text"] = "导语和正文都是空的，请填写其中一项。"
    if errors:
        raise ValidationError(errors)


def check_call_words(topic: str, wanted: str) -> None:
    """The words of a call, finished or not. Raises ValidationError that names the length and the bound."""
    errors = {}
    if len(topic) > LONGEST_TOPIC:
        errors["topic"] = f"主题有{len(topic)}字，超过{LONGEST_TOPIC}字。请缩短，细节写在“要求”里。"
    if len(wanted) > LONGEST_WANTED:
        errors["wanted"] = f"要求有{len(wanted)}字，超过{LONGEST_WANTED}字。请缩短，或把材料作为附件。"
    if "\x00" in topic:
        errors["topic"] = "主题中有无法识别的字符，请重新输入。"
    if "\x00" in wanted:
        errors["wanted"] = "要求中有无法识别的字符，请重新粘贴。"
    if errors:
        raise ValidationError(errors)
