"""Readers and writers, one module a format.

Every module gives a `FORMAT` (`base.Format`), and `FORMATS` lists them: from it come the choices of
`--from` and `--to`, `depeche formats`, what a batch takes and what the desk offers.

To add a format of files that are more than text: write `formats/NAME.py` with a `parse` function
that cuts the bytes into units and a skeleton, `FORMAT = of_units(...)`, a line in `FORMATS` below,
and a file in `tests/golden/formats/`, on which the round trips are tried. `base.py` says what a
unit and a skeleton are and shows the smallest one; `html.py` is one in full. Heavy libraries are
imported inside functions.
"""

from dataclasses import dataclass
from pathlib import Path

from translate.document import Document, Translation
from translate.errors import InputError, UsageError
from translate.formats import (
    content,
    docx,
    docx_page,
    feed,
    gettext,
    html,
    json,
    markdown,
    odt,
    parquet,
    records,
    side_by_side,
    subtitles,
    table,
    text,
    tmx,
    xliff,
    xlsx,
)
from translate.formats.base import Format, Reader, Writer

FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        text.FORMAT,
        markdown.FORMAT,
        html.FORMAT,
        docx.FORMAT,
        odt.FORMAT,
        subtitles.SRT,
        subtitles.VTT,
        table.CSV,
        table.TSV,
        xlsx.FORMAT,
        records.FORMAT,
        parquet.FORMAT,
        xliff.FORMAT,
        tmx.FORMAT,
        gettext.FORMAT,
        feed.FORMAT,
        json.FORMAT,
        side_by_side.HTML,
        docx_page.SIDE_BY_SIDE,
    )
}
READERS: dict[str, Reader] = {name: form.read for name, form in FORMATS.items() if form.read}
WRITERS: dict[str, Writer] = {name: form.write for name, form in FORMATS.items() if form.write}
#: File name ending -> format that is read.
ENDINGS = {ending: name for name in READERS for ending in FORMATS[name].endings}


#: A file of more bytes is refused: a page of 50 MB is no article (pictures of Word are not read).
MAX_BYTES = 64_000_000

#: Formats of which nothing is French until a column or field is named.
NEED_PARTS = frozenset(name for name in READERS if "parts" in FORMATS[name].takes)


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: options of the command line, the same for each file.

    `form`: a key of READERS, where neither bytes nor name are to tell it; `parts`: the columns or
    fields that are translated; `article`: the main article of a page only.
    """

    form: str | None = None
    parts: tuple[str, ...] = ()
    article: bool = False

    def endings(self) -> set[str]:
        """Endings of the files of a folder that can be read so."""
        return {e for e, name in ENDINGS.items() if self.parts or name not in NEED_PARTS}

    def why_not(self, name: str) -> str | None:
        """Why a file of a folder is not read so, told by its ending; None where it is."""
        suffix = Path(name).suffix.lower()
        if suffix in self.endings():
            return None
        if suffix in ENDINGS:
            return f"{suffix} files need --column or --field, what of them is to be translated"
        if held := content.ENDINGS.get(suffix):
            return f"{held.value} is not read; {content.ADVICES[held]}"
        kind = f"files in {suffix}" if suffix else "files without an ending"
        return f"{kind} are not among those that `depeche formats` lists; choose them with --glob"


#: All is told by bytes and name, and all is read.
AS_IT_IS = Reading()


def read(data: bytes, name: str, reading: Reading = AS_IT_IS) -> Document:
    """A file as a document; its format is told by its bytes and its name unless `reading` says it.

    InputError for a file that is no use, UsageError for options that the format does not take.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name} has {len(data):,} bytes; files may have {MAX_BYTES:,} at most: cut it"
        )
    form = reading.form or format_of(data, name)
    if form not in READERS:
        raise UsageError(f"there is no format {form!r} to read; available: {', '.join(READERS)}")
    given = {"parts": bool(reading.parts), "article": reading.article}
    for option, is_given in given.items():
        if is_given and option not in FORMATS[form].takes:
            fit = [other.name for other in FORMATS.values() if option in other.takes]
            raise UsageError(
                f"{name} is {form}, which has no {_OPTIONS[option]}; "
                f"{', '.join(fit) or 'no format'} has"
            )
    return READERS[form](data, name, parts=reading.parts, article=reading.article)


_OPTIONS = {"parts": "columns or fields to choose", "article": "main article to choose"}


def format_of(data: bytes, name: str) -> str:
    """The format of a file: what its name says, unless its bytes say that it is another.

    A file without a known ending, whose bytes tell nothing, is plain text.
    """
    told = ENDINGS.get(Path(name).suffix.lower(), "text")
    recognises = FORMATS[told].recognises
    if told != "text" and (recognises is None or recognises(data)):
        return told
    recognised = (n for n in READERS if (f := FORMATS[n].recognises) and f(data))
    return next(recognised, told)


def writer(name: str) -> Writer:
    """The writer of a format; UsageError names the choices."""
    if name not in WRITERS:
        raise UsageError(f"there is no format {name!r}; available: {', '.join(WRITERS)}")
    return WRITERS[name]


def written(translation: Translation) -> bytes:
    """A translation in the format that its article came in."""
    return writer(native_format(translation.document))(translation)


def native_format(document: Document) -> str:
    """The format that an article came in."""
    if document.file is not None:
        return document.file.format
    return "markdown" if document.markdown else "text"


def ending(name: str) -> str:
    """The ending of a file that a writer makes."""
    return FORMATS[name].endings[0]
