"""What `make lint`, `types`, `test`, `test-slow` and `bench` run, each step with its time; one that fails fails all.

`test` runs mypy in the background at the lowest priority while the rest goes on: on two cores that is the quickest.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.template import PLAIN
from tools.chromium import see_to_chromium
from tools.mo import compile_messages

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-W", "ignore"]
NOTHING_COLLECTED = 5  # pytest's exit status
# Commands that read settings but need no server; the addresses lead nowhere on purpose.
SETTINGS = {
    **PLAIN,
    "DATABASE_URL": "postgresql://none@localhost:1/none",
    "KEYS_DATABASE_URL": "postgresql://none@localhost:1/none",
    "REDIS_URL": "redis://localhost:1/0",
}


class Step:
    """One command, its output kept until it has ended."""

    def __init__(
        self, name: str, argv: Sequence[str], *, env: dict[str, str] | None = None, nice: bool = False
    ) -> None:
        self.name = name
        self.began = time.monotonic()
        self.out = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        before = ["nice", "-n", "19"] if nice else []
        self.process = subprocess.Popen(
            [*before, *argv],
            cwd=ROOT,
            env={**os.environ, **(env or SETTINGS)},
            stdin=subprocess.DEVNULL,
            stdout=self.out,
            stderr=subprocess.STDOUT,
        )

    def end(self) -> bool:
        """Wait for it; print its output when it failed. Return whether it went well."""
        well = self.process.wait() == 0
        seconds = time.monotonic() - self.began
        print(f"{'ok    ' if well else 'FAILED'} {self.name} ({seconds:.1f} s)", flush=True)
        self.out.seek(0)
        if not well:
            print(self.out.read().decode(errors="replace"), flush=True)
        self.out.close()
        return well


def production(folder: Path) -> dict[str, str]:
    """Return the environment as production's would be, nothing relaxed, with secrets of its own in the folder."""
    key = folder / "vault.key"
    key.touch(mode=0o600)
    key.write_text(secrets.token_hex(32))
    own = {"INSECURE_LOCAL": "0", "BASE_URL": "https://werkcontact.example", "VAR_DIR": str(folder)}
    own["CONTROLLER_ADDRESS"] = "Kade 1"
    return {**SETTINGS, **own, "SECRET_KEY": secrets.token_urlsafe(50), "VAULT_KEY_FILE": str(key)}


def lint() -> bool:
    """Run the linters, two at a time; return whether all went well."""
    with tempfile.TemporaryDirectory() as folder:
        return _lint(production(Path(folder)))


def _lint(as_production: dict[str, str]) -> bool:
    templates = [
        str(path.relative_to(ROOT)) for path in (ROOT / "templates", *ROOT.glob("*/templates")) if path.is_dir()
    ]
    rounds: list[list[tuple[str, list[str], dict[str, str]]]] = [
        [
            ("ruff check", [sys.executable, "-m", "ruff", "check", "--quiet", "."], SETTINGS),
            ("ruff format --check", [sys.executable, "-m", "ruff", "format", "--check", "--quiet", "."], SETTINGS),
        ],
        [
            ("djlint", [sys.executable, "-m", "djlint", "--lint", "--quiet", *templates], SETTINGS),
            ("import floors", [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"], SETTINGS),
        ],
        [
            ("migrations", [*PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], SETTINGS),
            ("check --deploy", [*PYTHON, "manage.py", "check", "--deploy", "--fail-level=WARNING"], as_production),
        ],
        [
            ("messages", [*PYTHON, "-m", "tools.messages", "--check"], SETTINGS),
            ("docs/articles.md", [*PYTHON, "-m", "tools.articles", "--check"], SETTINGS),
        ],
    ]
    well = True
    for commands in rounds:
        steps = [Step(name, argv, env=env) for name, argv, env in commands]
        for step in steps:
            well = step.end() and well
    return well


def types(*, nice: bool = False) -> Step:
    """Start mypy."""
    return Step("mypy", [sys.executable, "-m", "mypy", "."], nice=nice)


def tests(*arguments: str) -> int:
    """Run pytest on two processes with its output as it comes; return its exit status.

    A file stays in one process: the steps of the walk stand on each other.
    """
    compile_messages(ROOT / "locale")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *arguments], cwd=ROOT, check=False
    ).returncode


def quick() -> bool:
    """Run all that a change must pass."""
    began = time.monotonic()
    see_to_chromium()
    typing = types(nice=True)
    well = lint()
    well = tests("-m", "not slow") == 0 and well
    well = typing.end() and well
    print(f"{'All is well' if well else 'Not all is well'} ({time.monotonic() - began:.0f} s).", flush=True)
    return well


def slow() -> bool:
    """Run the slow tests; none at all is well."""
    see_to_chromium()
    code = tests("-m", "slow")
    if code == NOTHING_COLLECTED:
        print("There are no slow tests.", flush=True)
    return code in {0, NOTHING_COLLECTED}


def bench() -> bool:
    """Run each of benchmarks/*.py; return whether all went well."""
    well = True
    for path in sorted((ROOT / "benchmarks").glob("*.py")):
        if path.name.startswith("_"):
            continue
        print(f"--- {path.name}", flush=True)
        well = subprocess.run([sys.executable, str(path)], cwd=ROOT, check=False).returncode == 0 and well
    return well


def main(what: str) -> int:
    """Run what the Makefile asks for."""
    doing = {"all": quick, "slow": slow, "lint": lint, "types": lambda: types().end(), "bench": bench}
    return 0 if doing[what]() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
