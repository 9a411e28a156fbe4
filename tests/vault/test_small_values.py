"""Art. 16: a sealed value opens in its own context, under its own key, unchanged; and never looks the same twice."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from werkcontact.vault import small
from werkcontact.vault.errors import Tampered

KEY = bytes(range(32))
CONTEXT = "registration.bsn|01890a5d-ac96-774b-bcce-b302099a8057"
# Version 1, nonce 00..0b, "123456782": made once with `Cipher(AES, GCM)`, not with the code.
KNOWN = "01000102030405060708090a0b7630e52ff0d3f523bfd6cbf49b9589a888b3bbea4a8e79bb78"


def test_a_known_sealed_value_still_opens() -> None:
    assert small.open_(KEY, bytes.fromhex(KNOWN), CONTEXT) == b"123456782"


@given(st.binary(max_size=300) | st.text(max_size=100))
def test_what_is_sealed_opens(value: bytes | str) -> None:
    sealed = small.seal(KEY, value, CONTEXT)
    assert small.open_(KEY, sealed, CONTEXT) == (value.encode() if isinstance(value, str) else value)
    assert small.open_(KEY, memoryview(sealed), CONTEXT) == small.open_(KEY, sealed, CONTEXT)
    assert small.seal(KEY, value, CONTEXT) != sealed


@given(st.data())
def test_every_flipped_bit_and_every_cut_is_seen(data: st.DataObject) -> None:
    sealed = bytearray(bytes.fromhex(KNOWN))
    at, bit = data.draw(st.integers(0, len(sealed) - 1)), data.draw(st.integers(0, 7))
    with pytest.raises(Tampered):
        small.open_(KEY, bytes(sealed[:at]), CONTEXT)
    sealed[at] ^= 1 << bit
    with pytest.raises(Tampered):
        small.open_(KEY, bytes(sealed), CONTEXT)


def test_another_context_or_key_does_not_open_it() -> None:
    sealed = small.seal(KEY, "123456782", CONTEXT)
    with pytest.raises(Tampered):
        small.open_(KEY, sealed, CONTEXT.replace("bsn", "address"))
    with pytest.raises(Tampered):
        small.open_(AESGCM.generate_key(256), sealed, CONTEXT)
