"""`python3 tools/code.py SECRET`: the present six-digit code of an authenticator secret (RFC 6238), for the demo."""

from __future__ import annotations

import base64
import hashlib
import hmac
import sys
import time

STEP_SECONDS = 30
DIGITS = 6


def code(secret: str, at: float) -> str:
    """Return the code of a base32 secret at a moment (epoch seconds, UTC)."""
    letters = secret.replace(" ", "").upper()
    key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    digest = hmac.new(key, int(at // STEP_SECONDS).to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python3 tools/code.py SECRET")
    now = time.time()
    print(f"{code(' '.join(sys.argv[1:]), now)}  (good for {STEP_SECONDS - int(now) % STEP_SECONDS} s)")
