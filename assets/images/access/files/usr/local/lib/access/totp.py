"""Time-based one-time passwords: RFC 6238 over RFC 4226, SHA-1, six digits, steps of 30 seconds."""

import base64
import hashlib
import hmac
import time

STEP_SECONDS = 30
DIGITS = 6


def code_at(secret, step):
    """The code of a step, for a secret in base32."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret, code, now=None):
    """The step whose code this is, the present one or a neighbour (clocks differ); None when it is none of them."""
    present = int(time.time() if now is None else now) // STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(code_at(secret, step), code):
            return step
    return None
