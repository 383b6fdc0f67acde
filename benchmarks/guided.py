"""Look for files that a reader cannot take, guided by which of its lines they reach (atheris; not in the lock).

    pip install atheris
    python -m benchmarks.guided KIND [--seconds N] [--folder FOLDER]

KIND is a reader's module: plain, docx, mhtml, word97, odt, pdf, archive, kinds. It begins with the good files of
`tests.mutants`. A file that raises anything but a refusal, takes longer than 20 s or 800 MB, is left in FOLDER.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ingest", "mammoth", "email"]):
    from ingest.read import compose
    from ingest.readers import archive, docx, kinds, mhtml, pdf, plain
    from ingest.readers.legacy import mended_page
    from ingest.readers.limits import DEFAULT, MEGABYTE
    from ingest.readers.odt import page_of
    from ingest.readers.word97 import Locked, TooOld, WordFile
    from ingest.readers.word97page import Page
    from kg.model import ReadError
    from tests.mutants import files

from ingest.readers.compound import Broken

LIMITS = replace(DEFAULT, file=2 * MEGABYTE, unpacked=4 * MEGABYTE, members=100)
ENDINGS = {"plain": (".txt", ".md", ".html"), "word97": (".doc",), "archive": (".zip", ".docx"), "kinds": ("",)}


def read_draft(reader: Callable[..., object]) -> Callable[[bytes], None]:
    """Return what reads bytes by a reader to the last line."""

    def attempt(data: bytes) -> None:
        draft = reader(Path("a.html"), data, LIMITS)
        compose(draft.source, draft.flow)  # type: ignore[attr-defined]

    return attempt


def unpack(data: bytes) -> None:
    """Unpack an archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data)
        list(archive.unpack(path, Path(folder), LIMITS))


TRIALS: dict[str, Callable[[bytes], object]] = {
    "plain": read_draft(plain.read),
    "docx": read_draft(docx.read),
    "mhtml": read_draft(mhtml.read),
    "pdf": read_draft(pdf.read),
    "word97": lambda data: mended_page(Page(WordFile(data)).write()),
    "odt": lambda data: page_of(Path("a.odt"), data, LIMITS),
    "archive": unpack,
    "kinds": kinds.kind_of,
}


def main() -> None:
    """Try one reader until the time is over or a fault is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=TRIALS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--folder", type=Path, default=Path("guided"))
    options = parser.parse_args()
    corpus = options.folder / options.kind
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        if name.endswith(ENDINGS.get(options.kind, (options.kind.replace("mhtml", "mht"),))):
            (corpus / name).write_bytes(data)

    def attempt(data: bytes) -> None:
        with suppress(ReadError, Broken, Locked, TooOld):
            TRIALS[options.kind](data)

    limits = [f"-max_total_time={options.seconds}", "-timeout=20", "-rss_limit_mb=800", "-max_len=20000"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={options.folder}/", str(corpus)], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
