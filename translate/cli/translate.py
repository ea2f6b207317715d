"""`depeche translate` and `depeche segment`."""

import mimetypes
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from translate import formats
from translate.cli.options import ModelOptions, model_options, reading_options
from translate.document import Document, Severity, Translation
from translate.engines.base import Translator
from translate.errors import InputError, OutputError, UsageError
from translate.files import read_bytes, read_stream, write_atomically
from translate.formats import AS_IT_IS, Reading
from translate.pipeline import translate_document
from translate.settings import Settings


@dataclass(frozen=True, slots=True)
class Article:
    """What was given on the command line: a name for messages, and the document."""

    name: str
    document: Document


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="FILE|-|TEXT...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File, or folder for several."
)
@reading_options
@click.option(
    "--to", "target", type=click.Choice(list(formats.WRITERS)), help="Format of the result."
)
@click.option(
    "--side-by-side",
    is_flag=True,
    help="French and English side by side; with -o as a page (.html) or for Word (.docx).",
)
@click.option("--show-findings", is_flag=True, help="List what a reviser should look at (stderr).")
@click.option("--strict", is_flag=True, help="Exit with 1 where a finding is an error.")
@model_options
def translate(
    articles: tuple[str, ...],
    reading: Reading,
    output: Path | None,
    target: str | None,
    side_by_side: bool,
    show_findings: bool,
    strict: bool,
    chosen: ModelOptions,
) -> int:
    """Translate articles: files, standard input (-), or a text.

    The result goes to standard output in the format of the article, or to -o. What is already
    English stays as it is.
    """
    given = [read_article(one, reading) for one in articles]
    if side_by_side and output is not None:
        target = _side_by_side_format(output, target)
    outputs = _outputs(given, output, target)
    for named in filter(None, outputs):
        _check_ending(named, target)
    settings, translator = chosen.settings(), chosen.translator()
    errors = 0
    for one, path in zip(given, outputs, strict=True):
        translation = _translate_one(one, translator, settings)
        if side_by_side and path is None:
            from translate.cli.terminal import print_side_by_side

            print_side_by_side(translation)
        else:
            _put(one, translation, path, target, several=len(given) > 1)
        _report(one, translation, show_findings)
        errors += sum(f.severity is Severity.ERROR for f in translation.all_findings())
    return 1 if strict and errors else 0


@click.command()
@click.argument("given", metavar="FILE|-|TEXT")
@reading_options
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def segment(given: str, reading: Reading, as_json: bool) -> None:
    """Show the blocks, kinds, languages and sentences of an article, without a model."""
    from translate.cli.terminal import segment_lines

    document = read_article(given, reading).document
    for line in segment_lines(document, as_json=as_json):
        click.echo(line)


def read_article(given: str, reading: Reading = AS_IT_IS) -> Article:
    """A file, standard input (`-`), or the text itself."""
    if given == "-":
        name = "standard input"
        return Article(name, formats.read(_standard_input(name), name, reading))
    if _is_text(given):
        name = "the text"
        data = given.encode(errors="surrogateescape")
        reading = replace(reading, form=reading.form or "text")
        return Article(name, formats.read(data, name, reading))
    return Article(given, formats.read(read_bytes(Path(given)), given, reading))


def _standard_input(name: str) -> bytes:
    if sys.stdin is None:
        raise InputError(f"{name} is closed; give a file or a text")
    try:
        return read_stream(sys.stdin.buffer, name)
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror}; give a file") from None


def _is_text(given: str) -> bool:
    """A text has white space in it and is no file; a single word is taken for a file name."""
    if not given.strip():
        return True
    try:
        exists = Path(given).exists()
    except (OSError, ValueError):
        exists = False
    looks_like_path = os.sep in given and " " not in given
    has_suffix = Path(given).suffix.lower() in formats.ENDINGS
    return not exists and not looks_like_path and not has_suffix and any(map(str.isspace, given))


def _side_by_side_format(output: Path, target: str | None) -> str:
    """The format of a file with both languages; UsageError where another is asked for."""
    kinds = {".html": "side-html", ".htm": "side-html", ".docx": "side-docx"}
    usual = "side-html" if output.is_dir() else ""
    wanted = target or kinds.get(output.suffix.lower(), usual)
    if wanted not in kinds.values():
        raise UsageError(
            f"--side-by-side is written as .html or .docx, not {target or output.name}; give -o "
            "such a name, or leave it out to see both on the terminal"
        )
    return wanted


def _check_ending(path: Path, target: str | None) -> None:
    """Raise UsageError for an ending that promises what is not written: PDF, pictures, old Word."""
    kind, _ = mimetypes.guess_type(path.name)
    if target or _format_of(path, "") or kind is None or kind.startswith("text/"):
        return
    raise UsageError(
        f"{path}: {path.suffix.lower()} is not written; name a file of another ending with -o "
        "(docx, html, txt, ...: `depeche formats`), or say the format with --to"
    )


def _outputs(given: list[Article], output: Path | None, target: str | None) -> list[Path | None]:
    if output is None:
        return [None] * len(given)
    if len(given) == 1 and not output.is_dir():
        return [output]
    if output.exists() and not output.is_dir():
        raise UsageError(
            f"{output} is a file, but {len(given)} articles were given; name a folder with -o"
        )
    paths = [output / _output_name(article, target) for article in given]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice:
        raise UsageError(f"two articles would be written to {twice}; translate them one by one")
    return [*paths]


def _output_name(article: Article, target: str | None) -> str:
    path = Path(article.name)
    stem = path.stem if path.suffix else "article"
    return stem + ".en" + (formats.ending(target) if target else path.suffix or ".txt")


def _translate_one(article: Article, translator: Translator, settings: Settings) -> Translation:
    if not sys.stderr.isatty():
        return translate_document(article.document, translator, settings)
    from translate.cli.terminal import progress_bar

    with progress_bar(click.format_filename(article.name), len(article.document.blocks)) as advance:
        return translate_document(article.document, translator, settings, progress=advance)


def _put(
    article: Article,
    translation: Translation,
    path: Path | None,
    target: str | None,
    *,
    several: bool,
) -> None:
    native = formats.native_format(article.document)
    wanted = target or (path and _format_of(path, native)) or native
    content = formats.writer(wanted)(translation)
    if path is not None:
        if path.exists() and path.resolve() == Path(article.name).resolve():
            raise UsageError(f"{path} is the article itself; choose another file with -o")
        write_atomically(path, content)
        return
    if sys.stdout is None:
        raise OutputError("standard output is closed; name a file with -o")
    if several:
        click.echo(f"==> {click.format_filename(article.name)} <==")
    _print(content, wanted)


def _print(content: bytes, form: str) -> None:
    """To standard output; a terminal must not obey what an article contains, nor show a zip."""
    is_line = form in ("text", "markdown") and not content.endswith(b"\n")
    if not sys.stdout.isatty():
        click.echo(content, nl=is_line)
    elif b"\0" in content:
        raise UsageError(f"a terminal cannot show {form}; name a file with -o")
    else:
        click.echo(content.decode(errors="replace"), nl=is_line, color=False)


def _format_of(path: Path, native: str) -> str | None:
    """The format that an output's ending asks for: the article's own, or one for any article."""
    suffix = path.suffix.lower()
    fit = [name for name in formats.WRITERS if suffix in formats.FORMATS[name].endings]
    for_any = [name for name in fit if formats.FORMATS[name].for_any]
    return native if native in fit else next(iter(for_any or fit), None)


def _report(article: Article, translation: Translation, show_findings: bool) -> None:
    for finding in translation.findings:
        click.echo(f"depeche: {article.name}: {finding.message}", err=True)
    if show_findings:
        for segment in translation.segments():
            for finding in segment.findings:
                quoted = " ".join(segment.source.split())[:60]
                click.echo(f"{finding.severity}: {finding.message} | {quoted}", err=True)
