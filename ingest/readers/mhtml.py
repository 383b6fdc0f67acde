"""Read a web page in one file (.mht, or .doc as Word saves it so): a mail whose first part of HTML is the text."""

from __future__ import annotations

from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from pathlib import Path

from ingest.hypertext import read_hypertext
from ingest.readers.draft import Draft, write_out
from ingest.readers.faults import fault
from ingest.readers.limits import Limits
from ingest.readers.plain import check_length, source_of
from kg.language import saying


def read(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a page in one file; pictures and other parts are left alone."""
    try:
        message = message_from_bytes(data)
        part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        page, charset = content_of(part)
    except (MessageError, RecursionError, ValueError, LookupError, TypeError):
        raise fault(path, saying("page damaged")) from None
    if not page:
        raise fault(path, saying("page empty"))
    source, warnings = source_of(page, path, charset)
    check_length(source, path, limits)
    return Draft(*write_out(read_hypertext(source)), "mhtml", warnings=warnings)


def content_of(part: Message | None) -> tuple[bytes, str]:
    """Return the bytes of a part, and the encoding it says it has."""
    content = part.get_payload(decode=True) if part is not None else None
    charset = part.get_param("charset") if part is not None else None
    return (content if isinstance(content, bytes) else b""), (charset if isinstance(charset, str) else "")
