"""What a service raises when an act cannot be done; pages and the API tell it to the person."""

from __future__ import annotations


class Refused(Exception):
    """An act that cannot be done now; the text is a sentence for the person who tried it."""


class WrongState(Refused):
    """The object has moved on: another person or another click was quicker."""
