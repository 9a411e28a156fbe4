"""A master key and a store of its own for every test of the vault."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from werkcontact.vault import master


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: Settings) -> Path:
    """The master key's file, of mode 0600."""
    settings.VAULT_KEY_FILE = tmp_path / "keys" / "vault.key"
    master.create_key_file(settings.VAULT_KEY_FILE)
    return Path(settings.VAULT_KEY_FILE)


@pytest.fixture
def store(tmp_path: Path, settings: Settings) -> Path:
    """An empty VAULT_DIR."""
    settings.VAULT_DIR = tmp_path / "store"
    return Path(settings.VAULT_DIR)
