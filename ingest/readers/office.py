"""Read .doc, .odt and .rtf: by readers of our own, and by LibreOffice what those cannot.

LibreOffice, where it is installed, makes a .docx of a file, which our reader of those reads. It runs with a profile of
its own, so that neither a LibreOffice that is open nor another conversion is in its way; with macros, Java, links and
the network switched off; and no longer than the limits allow.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.hypertext import read_hypertext
from ingest.readers import docx, legacy, tools
from ingest.readers.compound import Broken
from ingest.readers.draft import Draft, write_out
from ingest.readers.faults import fault
from ingest.readers.kinds import called, kind_of
from ingest.readers.limits import Limits
from ingest.readers.odt import page_of
from ingest.readers.tools import LIBREOFFICE, ToolError
from ingest.readers.word97 import Locked, TooOld, WordFile
from ingest.readers.word97page import Page
from kg.language import saying


def read(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a .doc, .odt or .rtf file; ReadError where it is damaged, locked or cannot be read here."""
    kind = kind_of(data)
    if kind == "odt":
        return draft_of(page_of(path, data, limits), kind)
    if kind == "doc":
        return read_doc(path, data, limits)
    program = tools.find(LIBREOFFICE)
    if program is None:
        raise fault(path, saying("office none", kind=called(kind), get=saying("office get")))
    return through_libreoffice(program, path, data, limits)


def read_doc(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a .doc file; one of a Word before 97, or damaged, by LibreOffice where it is installed."""
    try:
        return draft_of(Page(WordFile(data)).write(), "doc")
    except Locked:
        raise fault(path, saying("doc locked")) from None
    except (TooOld, Broken) as error:
        if program := tools.find(LIBREOFFICE):
            return through_libreoffice(program, path, data, limits)
        get = saying("office get")
        old = isinstance(error, TooOld)
        raise fault(path, saying("doc old", get=get) if old else saying("doc damaged", error=error, get=get)) from None


def draft_of(page: str, kind: str) -> Draft:
    """Return the draft of a page of HTML that was made of a file."""
    page, old = legacy.mended_page(page)
    source, flow = write_out(read_hypertext(page))
    return Draft(source, flow, kind, warnings=(legacy.warning(old),) if old else ())


def through_libreoffice(program: Path, path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of what LibreOffice makes of a file."""
    kind = kind_of(data)
    try:
        converted = convert(program, data, kind, limits.seconds)
    except ToolError as error:
        raise fault(path, saying("office refused", kind=called(kind), error=error.args[0])) from None
    return replace(docx.read(path, converted, limits), format=kind)


def convert(program: Path, data: bytes, kind: str, seconds: float) -> bytes:
    """Return the .docx that LibreOffice makes of the bytes of a file of `kind`; ToolError where it makes none."""
    with tools.scratch() as folder:
        source, target = folder / f"document.{kind}", folder / "made" / "document.docx"
        source.write_bytes(data)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(settings(), encoding="utf-8")
        tools.run(
            [
                program,
                f"-env:UserInstallation={profile.as_uri()}",
                *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
                *("--convert-to", "docx:MS Word 2007 XML", "--outdir", target.parent, source),
            ],
            seconds,
            more={"SAL_USE_VCLPLUGIN": "svp", "http_proxy": NOWHERE, "https_proxy": NOWHERE},
        )
        if not target.is_file():  # LibreOffice ends with 0 all the same
            raise ToolError(saying("office nothing"))
        return target.read_bytes()


# ---- settings of LibreOffice ----------------------------------------------------------------------------------------

NOWHERE = "http://127.0.0.1:9"  # the port that throws everything away

# Where a setting stands in LibreOffice's own registry, its name and value.
SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


def settings() -> str:
    """Return a profile's settings: nothing of a document runs, and nothing is fetched."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    names = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {names}>{items}</oor:items>\n'
