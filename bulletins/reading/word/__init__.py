"""The text of a Word file, read straight from its XML.

mammoth and python-docx leave out text boxes, nested tables or bold runs, and an issue often has its
masthead in a text box and its imprint in a table. Nothing outside the file is ever fetched, entities are
refused (defusedxml), and sizes are checked before anything is unpacked.
"""

from bulletins.reading.word.plain import WordText, read_word

__all__ = ["WordText", "read_word"]
