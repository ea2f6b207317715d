"""The application: Gradio's page, the routes of the page and the plain API on one server."""

import asyncio
import contextlib
import logging
import os
import socket
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("GRADIO_TEMP_DIR", str(Path(tempfile.gettempdir()) / "depeche-desk"))

import gradio as gr
import uvicorn
from anyio import to_thread
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from translate.engines import load_translator
from translate.engines.base import Translator
from translate.engines.models import add_model
from translate.errors import DepecheError, UsageError
from ui import answers, page
from ui.choices import Choices, Menu
from ui.desk import Desk
from ui.gate import Gate
from ui.guard import Guard
from ui.head import Head
from ui.lane import Lanes, Run, in_process
from ui.memories import Memories
from ui.models import Add, Models
from ui.options import Options
from ui.routes import ROUTERS
from ui.store import Store
from ui.terms import Terms
from ui.worker import Load, Worker

#: Threads of the routes. They share one interpreter: forty of them would keep `/health` waiting.
THREADS = 8

_log = logging.getLogger(__name__)


def load(model: str, engine: str) -> Translator:
    """The engine that the desk uses unless a test brings another one."""
    return load_translator(model, engine=engine)


def create_server(
    options: Options,
    *,
    load: Load = load,
    warm: bool = True,
    run: Run = in_process,
    add: Add = add_model,
) -> FastAPI:
    """The desk without its page: the routes and the plain API, behind the guard.

    `warm` loads the usual model in the background, so that the first article need not wait for it.
    `run` is how heavy work is done: in processes of its own; `add` how models are.
    """
    desk = Desk(
        Store(options.data / "desk.sqlite"),
        Worker(load, threads=options.workers),
        Lanes(run),
        max_article=options.max_article,
        terms=Terms(options.terms or options.data / "terms.tsv"),
        memories=Memories(options.memories),
    )
    menu = Menu(options.models, options.engine)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        if warm:
            threading.Thread(target=_warm, args=(desk, menu.usual()), daemon=True).start()
            warming = asyncio.create_task(_warm_process(desk))
        yield
        if warm:
            warming.cancel()
        desk.close()

    app = FastAPI(
        title="Depeche",
        version=version("depeche-desk"),
        description="French news in, English draft out.",
        docs_url=None,  # its page takes scripts from elsewhere; see docs/api.md
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk, app.state.menu, app.state.options = desk, menu, options
    app.state.models = Models(menu, desk.worker.forget, add=add)
    answers.add_to(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/desk/static", StaticFiles(directory=page.STATIC))
    app.mount("/desk", answers.nothing)  # or Gradio would answer, below
    app.add_middleware(Head, root_path=options.root_path)
    app.add_middleware(Gate)
    app.add_middleware(Guard, options=options)
    return app


def create_app(options: Options, *, load: Load = load, warm: bool = True) -> FastAPI:
    """The whole desk: `create_server` with Gradio's page at its root."""
    app = create_server(options, load=load, warm=warm)
    gr.mount_gradio_app(
        app,
        page.build(app.state.desk, app.state.menu, options.data / "eval.sqlite3"),
        path="/",
        server_name=options.host,
        server_port=options.port,
        root_path=options.root_path or None,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        max_file_size=options.max_upload,
        i18n=page.i18n(),
        theme=page.theme(),
        css_paths=[page.STATIC / "page.css"],
    )
    return app


def serve(options: Options, *, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is called with the address once it can be opened."""
    listening = listen(options.host, options.port)  # before the work: a taken port is said at once
    app = create_app(options)
    config = uvicorn.Config(
        app,
        root_path=options.root_path,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    host = f"[{options.host}]" if ":" in options.host else options.host
    port = listening.getsockname()[1]
    ready(f"http://{host}:{port}/")
    uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; UsageError where the port is taken or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another --port or --host"
        ) from None
    listening.listen(128)
    return listening


def _warm(desk: Desk, usual: Choices) -> None:
    try:
        desk.worker.translator(usual.model, usual.engine).translate_batch(["Bonjour."], beam_size=1)
    except DepecheError as error:
        _log.error("%s", error)


async def _warm_process(desk: Desk) -> None:
    """The process that reads the first article is there before it."""
    with contextlib.suppress(DepecheError):
        await desk.article("Bonjour.", markdown=False)
