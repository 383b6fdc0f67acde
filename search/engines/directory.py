"""What the engines have in common: one directory with a stamp and a lock, one writer, a view for reading."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Self

from kg.language import saying, system_words
from kg.model import IndexDamagedError, StoreError
from search.index import (
    VERSION,
    Lock,
    SearchPassage,
    Stamp,
    check_stamp,
    new_data,
    read_stamp,
    sweep,
    write_stamp,
)

PANIC = "PanicException"  # of a library in Rust: no Exception, and no module has it by name
ATTEMPTS = 3  # to open an index that is being rebuilt: the stamp read may be a moment old


def reason_of(error: BaseException) -> object:
    """Return in a line what a library complains of."""
    if isinstance(error, OSError):
        return system_words(error)
    return str(error).partition("\n")[0] or type(error).__name__


class DirectoryEngine(ABC):
    """The part of `search.index.Engine` that is the same whichever library keeps the terms.

    An engine gives its `name`, what its library raises over broken files (`broken`), and the methods from `load` down.
    """

    name: ClassVar[str]
    broken: ClassVar[tuple[type[Exception], ...]]

    def __init__(self, directory: Path, stamp: Stamp, lock: Lock | None = None) -> None:
        self.directory = directory
        self.stamp = stamp
        self.lock = lock
        self.writer: Any = None
        with self.faults():
            self.load(new=lock is not None)

    @classmethod
    def create(cls, directory: Path) -> Self:
        lock = Lock(directory)
        try:
            return cls(directory, Stamp(cls.name, VERSION, "", new_data(directory, cls.name), 0), lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def damaged_files(cls, directory: Path) -> list[str]:
        files = sorted((directory / read_stamp(directory).data).iterdir())
        return [file.name for file in files if file.is_file() and not cls.is_whole(file)]

    @staticmethod
    def is_whole(file: Path) -> bool:
        """Tell whether a file agrees with its checksum; True where it has none."""
        return True

    @classmethod
    def open(cls, directory: Path) -> Self:
        for _ in range(ATTEMPTS - 1):
            try:
                return cls(directory, check_stamp(directory, cls.name))
            except StoreError:
                continue
        return cls(directory, check_stamp(directory, cls.name))

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Turn the library's complaints into an error that names the index."""
        try:
            yield
        except BaseException as error:
            if not isinstance(error, self.broken) and type(error).__name__ != PANIC:
                raise
            raise IndexDamagedError(saying("index unusable", path=self.directory, reason=reason_of(error))) from None

    def add(self, passages: Iterable[SearchPassage]) -> int:
        return self.add_prepared(map(self.prepare, passages))

    def add_prepared(self, prepared: Iterable[dict[str, Any]]) -> int:
        writer = self.writing()
        added = 0
        with self.faults():
            for fields in prepared:
                self.write(writer, fields)
                added += 1
        return added

    def remove(self, source: str) -> None:
        writer = self.writing()
        with self.faults():
            self.erase(writer, source)

    def writing(self) -> Any:
        """Return the writer; StoreError where somebody else is writing."""
        if self.lock is None:
            self.lock = Lock(self.directory)
            self.refresh()
        if self.writer is None:
            with self.faults():
                self.writer = self.new_writer()
        return self.writer

    def commit(self, generation: str) -> None:
        writer = self.writing()
        with self.faults():
            self.publish(writer)
            self.look_again()
        self.stamp = Stamp(self.name, VERSION, generation, self.stamp.data, self.count())
        with self.faults():
            write_stamp(self.directory, self.stamp)
            sweep(self.directory, self.stamp.data)

    def refresh(self) -> None:
        stamp = check_stamp(self.directory, self.name)
        moved = stamp.data != self.stamp.data
        self.stamp = stamp
        with self.faults():
            if moved:
                self.load(new=False)
            else:
                self.look_again()

    def info(self) -> Stamp:
        return self.stamp

    def close(self) -> None:
        try:
            if self.writer is not None:
                with self.faults():
                    self.drop(self.writer)
        finally:
            self.writer = None
            if self.lock is not None:
                self.lock.release()
                self.lock = None

    @property
    def files(self) -> Path:
        """The directory of the library's own files."""
        return self.directory / self.stamp.data

    # ---- what each library does its own way -------------------------------------------------------------------------

    @abstractmethod
    def load(self, new: bool) -> None:
        """Open `files` for reading, or begin them where `new`."""

    @abstractmethod
    def look_again(self) -> None:
        """See what was committed last."""

    @abstractmethod
    def count(self) -> int:
        """Return the number of passages seen."""

    @abstractmethod
    def new_writer(self) -> Any:
        """Return a writer to `files`."""

    @staticmethod
    @abstractmethod
    def prepare(passage: SearchPassage) -> dict[str, Any]:
        """Return the fields of one passage."""

    @abstractmethod
    def write(self, writer: Any, fields: dict[str, Any]) -> None:
        """Hand the fields of one passage to the writer."""

    @abstractmethod
    def erase(self, writer: Any, source: str) -> None:
        """Have the writer take out the passages of one source."""

    @abstractmethod
    def publish(self, writer: Any) -> None:
        """Have the writer make its changes last."""

    @abstractmethod
    def drop(self, writer: Any) -> None:
        """Have the writer forget its changes."""
