"""Is the article's text kept in a script? gkmlpt of Guangdong has it in `_CONFIG.DETAIL.content` (FIELD-GUIDE 3.1)."""

import json
import re

from spiders.body import text_of_lines
from spiders.document import Document
from spiders.visible import fragment_view

_DETAIL = re.compile(r"\bDETAIL\b\s{0,9}[\"']?\s{0,9}:")
_CONTENT = re.compile(r"[\"']?content[\"']?\s{0,9}:\s{0,9}(\"(?:[^\"\\]|\\.)*\")")


def embedded_text(document: Document) -> str | None:
    """The text that a page keeps in its configuration script, None where it has none."""
    if "_CONFIG" not in document.text:
        return None
    detail = _DETAIL.search(document.text)
    content = _CONTENT.search(document.text, detail.end()) if detail else None
    if content is None:
        return None
    try:
        html = json.loads(content.group(1), strict=False)
    except ValueError:
        return None
    page = fragment_view(html)
    return text_of_lines(page, 0, len(page.lines)) or None
