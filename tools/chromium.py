"""See to the browser of the browser tests: root on Debian gets Chromium by apt, others are told what is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = {"chromium": NAMES, "gettext": ("msgfmt",)}


def find() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def see_to_chromium() -> None:
    """Install what is missing where that is ours to do. With CI set, a missing browser makes its tests fail."""
    if os.environ.get("CI"):
        os.environ["WC_REQUIRE_BROWSER"] = "1"
    missing = [package for package, names in PACKAGES.items() if not any(shutil.which(name) for name in names)]
    if missing and os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        _install(missing)
    if find() is None:
        print(
            "Chromium is not installed: browser tests cannot run. As root on Debian: apt-get install chromium",
            flush=True,
        )


def _install(packages: list[str]) -> None:
    print(f"Installing {' and '.join(packages)} by apt, once.", flush=True)
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", *command],
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"apt-get {command[0]} failed:\n{done.stdout[-2000:]}", flush=True)
            return
