"""`depeche ui`: serve the desk in the browser. Gradio is imported only when the server starts."""

import logging
from collections.abc import Mapping
from pathlib import Path

import click

from translate.engines import ENGINES
from translate.engines.models import BUILTIN, default_model, list_models
from translate.errors import DepecheError, UsageError
from translate.folders import data_folder
from translate.terms.termbase import read_termbase
from ui.options import Options, hash_password, users_from

_DEFAULTS = Options()
_log = logging.getLogger(__name__)


@click.command(name="ui")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=7860, show_default=True, type=click.IntRange(0, 65535), help="0: any free."
)
@click.option("--root-path", default="", help="Path below which a proxy serves it, such as /desk.")
@click.option("--model", default=None, help="The first model of the list; built-in by default.")
@click.option("--engine", default="auto", show_default=True, type=click.Choice(["auto", *ENGINES]))
@click.option(
    "--auth", multiple=True, metavar="USER:PASSWORD", help="Who may come in; may be repeated."
)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="Lines of USER:HASH, as --hash-password prints them.",
)
@click.option(
    "--admin", "admins", multiple=True, metavar="USER", help="Who may change the models; repeat."
)
@click.option("--hash-password", metavar="USER", help="Ask for a password, print its line, end.")
@click.option(
    "--workers",
    default=_DEFAULTS.workers,
    show_default=True,
    type=click.IntRange(1, 16),
    help="Turns of the common queue that run beside each other.",
)
@click.option(
    "--max-article",
    default=_DEFAULTS.max_article,
    show_default=True,
    type=click.IntRange(1),
    help="Longest article, in characters.",
)
@click.option(
    "--max-upload",
    default=_DEFAULTS.max_upload,
    show_default=True,
    type=click.IntRange(1000),
    help="Largest request, in bytes.",
)
@click.option(
    "--terms",
    type=click.Path(path_type=Path),
    help="Termbase of the desk: lines of French<TAB>English.",
)
@click.option(
    "--memory",
    "memories",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Translation memory of the desk; what is confirmed goes into the first. Again for more.",
)
@click.option("--open/--no-open", "browse", default=False, help="Open the browser.")
def cli(
    host: str,
    port: int,
    root_path: str,
    model: str | None,
    engine: str,
    auth: tuple[str, ...],
    password_file: Path | None,
    admins: tuple[str, ...],
    hash_password: str | None,
    workers: int,
    max_article: int,
    max_upload: int,
    terms: Path | None,
    memories: tuple[Path, ...],
    browse: bool,
) -> None:
    """Open the desk in the browser: paste, translate, revise, download.

    Without --host only this machine can reach it. Articles and edits lie in DEPECHE_DATA or the
    user's data folder.
    """
    if hash_password:
        click.echo(_password_line(hash_password))
        return
    if terms:
        read_termbase(terms)  # a fault is said before anything is served
    users = users_from(auth, password_file)
    options = Options(
        host=host,
        port=port,
        root_path=_tidy_root(root_path),
        models=_models(model),
        engine=engine,
        workers=workers,
        max_article=max_article,
        max_upload=max_upload,
        terms=terms,
        memories=memories,
        users=users,
        admins=_admins(admins, users),
        data=data_folder(),
    )
    if not options.is_local and not options.users:
        click.echo(
            f"depeche: warning: {host} is open to the network and anybody may come in; "
            "add --auth USER:PASSWORD or --password-file",
            err=True,
        )
    _serve(options, browse=browse)


def _serve(options: Options, *, browse: bool) -> None:
    from ui.app import serve

    def ready(address: str) -> None:
        below = f", for a proxy that serves it at {options.root_path}/" if options.root_path else ""
        click.echo(f"Depeche is at {address}{below} (Ctrl+C ends it)", err=True)
        if browse and not below:
            click.launch(address)

    serve(options, ready=ready)


def _models(first: str | None) -> tuple[str, ...]:
    """What the page offers: the chosen or default model, then the others that are installed."""
    try:
        names = [info.name for info in list_models()]
    except DepecheError as error:  # a broken added model must not close the desk
        _log.warning("%s", error)
        names = [BUILTIN]
    return tuple(dict.fromkeys([first or default_model(), *names]))


def _admins(names: tuple[str, ...], users: Mapping[str, str]) -> frozenset[str]:
    for name in names:
        if name not in users:
            raise UsageError(
                f"--admin {name} is no user of this desk; add one with --auth or --password-file"
            )
    return frozenset(names)


def _password_line(user: str) -> str:
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return f"{user}:{hash_password(password)}"


def _tidy_root(path: str) -> str:
    stripped = path.strip("/")
    return f"/{stripped}" if stripped else ""
