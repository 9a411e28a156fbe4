"""Gunicorn's settings, read from the working directory. No access log: the access log proper is in the database."""

import ctypes
import os
import signal
import sys
from typing import Any

workers = 2
threads = 4
graceful_timeout = 8
timeout = 60
control_socket_disable = True  # or a folder ~/.gunicorn appears
_PR_SET_PDEATHSIG = 1


def post_fork(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn names the arguments
    """Let a worker die with its master: one busy in a request would live on and hold the house's lock."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        if os.getppid() != server.pid:
            os._exit(1)
