"""Zip packages of XML (Word, OpenDocument, ...), opened with bounds and written as they were.

What is not changed is copied: the same members in the same order with the same dates. A package
may not unpack to more than `MAX_UNPACKED` bytes, nor XML declare entities or nest too deeply.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from translate.errors import InputError
from translate.formats.content import Content, told
from translate.formats.xml_words import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element, _ElementTree

#: More than any document of words; a book of 2,000 pages with pictures has 100 MB.
MAX_UNPACKED = 400_000_000
MAX_MEMBERS = 20_000
#: XML that is parsed; a book of 2,000 pages has 20 MB.
MAX_XML = 100_000_000
#: Text of XML packs to a tenth, runs of equal rows to a hundredth; bombs to a thousandth.
MAX_RATIO = 400
_RATIO_FROM = 1_000_000
#: What `zipfile` raises for damaged files, packings that it lacks, and passwords.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)


class Package:
    """A zip file of XML parts; InputError says what is wrong with it, naming `name` and `form`."""

    def __init__(self, data: bytes, name: str, form: str) -> None:
        self._data = data
        self._name = name
        self._form = form
        self._zip = self._opened()
        self._check()

    @property
    def members(self) -> list[str]:
        """The names of what is in it."""
        return self._zip.namelist()

    def read(self, member: str) -> bytes:
        """The bytes of a member."""
        try:
            return self._zip.read(member)
        except _DAMAGE:
            raise self._broken() from None

    def xml(self, member: str) -> "_ElementTree[_Element]":
        """The tree of a member."""
        data = self.read(member)
        if len(data) > MAX_XML:
            raise InputError(f"{self._name} has {len(data):,} bytes of text; cut it into parts")
        return parse_xml(data, f"{self._name} ({member})")

    def written(self, changed: Mapping[str, bytes]) -> bytes:
        """The package with some members replaced."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as out:
            for info in self._zip.infolist():
                content = changed.get(info.filename)
                out.writestr(info, self.read(info.filename) if content is None else content)
        return buffer.getvalue()

    def _opened(self) -> zipfile.ZipFile:
        if told(self._data) is Content.OLE:
            raise InputError(
                f"{self._name} is protected by a password or in an old format; save it as "
                f".{self._form} without a password"
            )
        try:
            return zipfile.ZipFile(io.BytesIO(self._data))
        except _DAMAGE:
            raise self._broken() from None

    def _check(self) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise InputError(f"{self._name} is protected by a password; save it without one")
        sizes = [info.file_size for info in infos]
        packed = any(
            info.file_size > max(_RATIO_FROM, MAX_RATIO * info.compress_size) for info in infos
        )
        if sum(sizes) > MAX_UNPACKED or len(infos) > MAX_MEMBERS or packed:
            raise InputError(
                f"{self._name} unpacks to {sum(sizes):,} bytes in {len(infos):,} parts: it is "
                "no document of words; save it again or cut it"
            )
        if len(set(self.members)) < len(infos):
            raise self._broken()
        for member in self.members:  # a damaged picture is told now, not when all is translated
            self.read(member)

    def _broken(self) -> InputError:
        return InputError(
            f"{self._name} is damaged or no .{self._form} file; open it in its program and save it"
        )
