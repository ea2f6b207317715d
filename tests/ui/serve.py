"""Serve the desk for tests: `python -m tests.ui.serve PORT DATA [WORD ...]`.

The words: `real`, `memory`, USER:PASSWORD, admin=USER.

The translator needs no model, unless the built-in one is asked for.

A process of its own, because Gradio leaves event loops open and a browser needs a real server.
"""

import logging
import sys
from pathlib import Path

#: Seconds for a sentence: slow enough to press Stop, quick enough for a test.
SECONDS = 0.02


def main(port: int, data: Path, *arguments: str) -> None:
    # here: the desk's other processes read this file as well, and need none of it
    import uvicorn

    from tests.ui.helpers import Backwards
    from ui.app import create_app, listen, load
    from ui.options import Options, users_from

    logging.basicConfig(level=logging.WARNING)
    users = users_from([one for one in arguments if ":" in one], None)
    memories = (data / "memory.sqlite",) if "memory" in arguments else ()
    admins = frozenset(one.removeprefix("admin=") for one in arguments if "admin=" in one)
    options = Options(data=data, port=port, users=users, admins=admins, memories=memories)
    fake = Backwards(seconds=SECONDS)
    loader = load if "real" in arguments else lambda model, engine: fake
    app = create_app(options, load=loader)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listen(options.host, options.port)])


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
