"""Real servers for tests, each on a port of its own."""

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


@contextmanager
def serving(command: Sequence[str | Path], *, cwd: Path, env: dict[str, str]) -> Iterator[str]:
    """Run a command that serves opprod, ``--port`` added; give its address once it answers, and stop it after."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen([*command, "--port", str(port)], cwd=cwd, env=env) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            while not _answers(address):
                assert process.poll() is None, "the server stopped before it answered"
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz"):
            return True
    except URLError:
        return False
