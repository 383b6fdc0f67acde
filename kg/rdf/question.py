"""What may be asked: a question in SPARQL that changes nothing and asks no other server.

SPARQL can reach the network (SERVICE) and change what it asks (INSERT, LOAD): the engines do both when told to, so the
text is looked through before they see it.
"""

from __future__ import annotations

import re

from kg.language import saying
from kg.model import QueryError

ASKS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
CHANGES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
HEADS = {"PREFIX", "BASE"}

# The tokens of SPARQL that can hold any word, then variables and names with a prefix, then words.
TOKEN = re.compile(
    r'''"""(?:"{0,2}(?:[^"\\]|\\.))*"""'''
    r"""|\'\'\'(?:'{0,2}(?:[^'\\]|\\.))*\'\'\'"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*\'"""
    r"""|<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n]*|[?$@]\w+|[\w.-]*:[^\s<>"'{}()\[\],;|^`]*"""
    r"""|(?P<word>[A-Za-z_]+)""",
    re.DOTALL,
)
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def checked(question: str) -> str:
    """Return the question as the engines get it; QueryError when it would change something or ask another server."""
    plain = ESCAPE.sub(letter, question).replace("\r\n", "\n").replace("\r", "\n")
    words = [found.upper() for match in TOKEN.finditer(plain) if (found := match["word"])]
    if "SERVICE" in words:
        raise QueryError(saying("sparql service"))
    if "FROM" in words:
        raise QueryError(saying("sparql from"))
    first = next((word for word in words if word not in HEADS), "")
    if first in CHANGES:
        raise QueryError(saying("sparql changes", word=first))
    if first not in ASKS:
        raise QueryError(saying("sparql begins"))
    return plain


def letter(escape: re.Match[str]) -> str:
    """Return the letter that an escape stands for; SPARQL puts it in before anything else is read."""
    point = int(escape[1] or escape[2], 16)
    if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        raise QueryError(saying("sparql letter", escape=escape[0]))
    return chr(point)
