"""Make the virtual environment from the lock file, or find it as it should be, and go on as its Python.

Standard library only, for a machine with nothing but python3, python3-venv and make:

    python3 -I tools/bootstrap.py run|test [arguments for the environment's python]

The stamp says which set was installed, from which lock, by which Python, at which place. Any difference, or no stamp
since an earlier run was killed, means: build anew, so that nothing stays that is no longer asked for.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

FLOOR = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
STAMP = HOME / ".stamp"
LOCKS = {"run": ROOT / "requirements" / "run.txt", "test": ROOT / "requirements" / "test.txt"}
SETS = {"run": ("run", "test"), "test": ("test",)}  # the test set holds all of the run set, at the same versions


def main(arguments: list[str]) -> int:
    """Build what is missing; then become the environment's Python with the rest of the arguments."""
    if sys.version_info < FLOOR:
        return _say(f"Python {FLOOR[0]}.{FLOOR[1]} or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    wanted, rest = arguments[0], arguments[1:]
    with (ROOT / ".venv.lock").open("a") as lock:
        _take(lock.fileno())
        if not any(_stands(name) for name in SETS[wanted]) and (trouble := _build(wanted, lock.fileno())):
            return _say(trouble)
    if rest:
        os.execv(PYTHON, [str(PYTHON), *rest])  # noqa: S606 - one process less between make and the supervisor
    return 0


def _take(lock: int) -> None:
    """Wait for the lock. The installers inherit it: those of a killed bootstrap live on and write for a while."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Waiting for another setup in this folder to end.", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


def _stamp(name: str) -> str:
    place = f"{name} {sys.version} {sys.base_prefix} {HOME}"
    return hashlib.sha256(place.encode() + LOCKS[name].read_bytes()).hexdigest()


def _stands(name: str) -> bool:
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == _stamp(name)


def _build(wanted: str, lock: int) -> str:
    """Build the environment; return what went wrong, or nothing."""
    if _house_is_running():
        return "The packages must be installed anew, but make run is using them: stop it first (Ctrl-C)."
    if HOME.exists() and _stands_for("test"):
        wanted = "test"  # who once ran the tests keeps what they need
    print(f"Installing the packages of {LOCKS[wanted].relative_to(ROOT)} into .venv; once, half a minute.", flush=True)
    if not (_by_uv(wanted, lock) or _by_pip(wanted, lock)):
        return "The packages could not be installed; the lines above say why."
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (HOME / "lib" / version / "site-packages" / "werkcontact.pth").write_text(f"{ROOT}\n")  # pytest, celery find us
    STAMP.write_text(_stamp(wanted))
    return ""


def _stands_for(name: str) -> bool:
    """Tell whether the test tools are there, of whichever version."""
    return name == "test" and (HOME / "bin" / "pytest").exists()


def _house_is_running() -> bool:
    path = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "owner.lock"
    if not path.exists():
        return False
    with path.open("a") as owner:
        try:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _by_uv(wanted: str, lock: int) -> bool:
    """Try uv, which is quicker; False when it is not here or fails in any way."""
    uv = shutil.which("uv")
    if uv is None or not _run([uv, "--version"], lock, quiet=True):
        return False
    shutil.rmtree(HOME, ignore_errors=True)
    install = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "--only-binary", ":all:"]
    # Compiled once here, or each process would compile again whatever it may not write.
    install += ["--compile-bytecode", "--requirement", str(LOCKS[wanted])]
    made = _run([uv, "venv", "--quiet", "--python", sys.executable, str(HOME)], lock)
    return made and _run(install, lock)


def _by_pip(wanted: str, lock: int) -> bool:
    shutil.rmtree(HOME, ignore_errors=True)
    if not _run([sys.executable, "-m", "venv", str(HOME)], lock):
        print("On Debian and Ubuntu: apt-get install python3-venv", flush=True)
        return False
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    install += ["--require-hashes", "--only-binary=:all:", "--requirement", str(LOCKS[wanted])]
    return _run(install, lock)


def _run(command: list[str], lock: int, *, quiet: bool = False) -> bool:
    surroundings = {**os.environ, "UV_SYSTEM_CERTS": "1"}  # the machine's own authorities, as pip uses them
    for name in ("PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH"):
        surroundings.pop(name, None)
    out = subprocess.DEVNULL if quiet else None
    done = subprocess.run(command, env=surroundings, pass_fds=[lock], stdout=out, stderr=out, check=False)
    return done.returncode == 0


def _say(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
