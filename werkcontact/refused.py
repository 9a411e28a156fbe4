"""The one way in which an act says no: `Refused`, with a code, an article and a sentence for the reader."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - it is the house's word, not an error of the program
    """An act was refused by a rule. It leaves the act (rolled back) and is shown by the form or the one handler.

    `code` is "<module>.<what>" and goes into the log; `article` is the article, law or rule that says no;
    `text` is a translatable sentence without personal data; `field` names the form field it belongs at.
    """

    def __init__(self, code: str, article: str, text: str | Promise, *, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.article = article
        self.text = text
        self.field = field
