"""The desk in its own process, for tests that need a real server."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Server:
    """The desk in its own process; it can be killed and started again on the same data."""

    def __init__(self, data: Path, *arguments: str, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.data = data
        self.arguments = arguments
        temporary = data / "temporary"
        temporary.mkdir(exist_ok=True)
        self.environment = {
            **os.environ,
            "TMPDIR": str(temporary),
            **environment,
        }
        self.environment.pop("GRADIO_TEMP_DIR", None)
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.ui.serve", str(self.port), str(self.data)]
        self.process = subprocess.Popen([*command, *self.arguments], cwd=ROOT, env=self.environment)
        end = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None, "the desk ended"
            assert time.monotonic() < end, "the desk did not start"
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}health", timeout=1):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            return error.code == 401  # it is there and asks for a password
        except OSError:
            return False

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
