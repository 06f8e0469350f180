"""From a published file through the database to print: not a word and not a mark is lost or changed."""

from __future__ import annotations

import pytest

from bulletins.queries.issue import the_periodical
from bulletins.services.compiling import compile_content
from bulletins.services.content import content_of
from bulletins.services.importing import import_issue
from tests.bulletins.reading.issues import SAMPLES, Sample
from tests.pdf import plain, text_of


@pytest.mark.django_db
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.label)
def test_what_was_published_prints_word_for_word(sample: Sample) -> None:
    imported = import_issue(sample.source, filename="issue.txt", periodical=the_periodical(), by=None)
    printed = compile_content(content_of(imported.issue), proof=False)
    assert text_of(printed.pdf) == plain(sample.source.decode().replace("**", ""))
