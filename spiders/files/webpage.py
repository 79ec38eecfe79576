"""Attachments that are web pages: HTML under an office name, and Word's single-file web archives (MHT)."""

import email
import email.policy
from email.message import Message
from itertools import islice
from typing import Final

from db.facts import FileOutcome
from spiders.body import body_text
from spiders.document import Document
from spiders.files.contents import Contents, EndedError, Source
from spiders.tables import tables_on

MAX_PARTS: Final = 50


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError where a web archive holds no page, or there is too much text."""
    body, charset = _page(source.body) if source.kind == "mht" else (source.body, source.charset)
    document = Document.from_bytes(body, source.url or "http://attachment.invalid/", charset)
    for table in tables_on(document):
        contents.add_table(table, in_text=False)
    contents.say(body_text(document))


def _page(archive: bytes) -> tuple[bytes, str | None]:
    message: Message = email.message_from_bytes(archive, policy=email.policy.compat32)
    for part in islice(message.walk(), MAX_PARTS):
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                return body, part.get_content_charset()
    raise EndedError(FileOutcome.BROKEN)
