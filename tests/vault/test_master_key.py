"""Art. 16: the master key is refused when others can read it, and each version opens its own."""

from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from werkcontact.vault import blind, checks, master


def test_a_new_key_file_is_for_its_owner_alone_and_never_replaced(key_file: Path) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        master.create_key_file(key_file)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_key_file_open_to_others_is_refused_also_after_it_was_loaded(key_file: Path, mode: int) -> None:
    master.current()
    key_file.chmod(mode)
    with pytest.raises(ImproperlyConfigured, match="others"):
        master.current()
    assert [error.id for error in checks.master_key(None)] == ["vault.E001"]
    key_file.chmod(0o400)
    assert checks.master_key(None) == []


@pytest.mark.parametrize("content", ["", "\n", "00" * 31, "00" * 33, "zz" * 32, "00" * 32 + "\nnot a key"])
def test_a_damaged_key_file_is_refused_without_printing_it(key_file: Path, content: str) -> None:
    key_file.write_text(content)
    with pytest.raises(ImproperlyConfigured) as refusal:
        master.current()
    assert "00" not in str(refusal.value).replace(str(key_file), "")
    assert "zz" not in str(refusal.value)


def test_a_missing_key_file_and_a_folder_are_refused(key_file: Path) -> None:
    key_file.unlink()
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        master.current()
    key_file.mkdir(mode=0o700)
    with pytest.raises(ImproperlyConfigured):
        master.current()


def test_a_new_last_line_is_the_current_version_at_once_and_the_old_one_stays(key_file: Path) -> None:
    old = master.current()
    index = blind.blind_index("bsn|x", "123456782")
    key_file.write_text(key_file.read_text() + "ab" * 32 + "\n")
    assert (master.current().version, master.first(), master.of_version(1)) == (2, old, old)
    assert master.current().wrapping != old.wrapping
    assert blind.blind_index("bsn|x", "123456782") == index
    with pytest.raises(ImproperlyConfigured, match="version 3"):
        master.of_version(3)


def test_derived_keys_are_hkdf_sha256_of_the_line_and_do_not_print(key_file: Path) -> None:
    key_file.write_text("0b" * 32)
    extracted = hmac.new(bytes(32), b"\x0b" * 32, hashlib.sha256).digest()
    for info, found in (("wrapping.1", master.current().wrapping), ("blind-index.1", master.current().blind_index)):
        assert found == hmac.new(extracted, f"werkcontact.vault.{info}\x01".encode(), hashlib.sha256).digest()
    assert repr(master.current()) == "Master(version=1)"


def test_a_blind_index_knows_its_scope_its_value_and_the_key(key_file: Path) -> None:
    index = blind.blind_index("bsn|a", "123")
    assert len(index) == 32
    assert index == blind.blind_index("bsn|a", "123")
    assert len({index, blind.blind_index("bsn|b", "123"), blind.blind_index("bsn|a", "124")}) == 3
    assert blind.blind_index("bsn|a1", "23") != blind.blind_index("bsn|a", "123")
    key_file.write_text("cd" * 32)
    assert blind.blind_index("bsn|a", "123") != index
