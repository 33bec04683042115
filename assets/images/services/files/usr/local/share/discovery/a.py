"""A asks B again and again, and writes one line for each request:

    python3 a.py [REQUESTS [SECONDS BETWEEN TWO]]

Columns: seconds since the start, milliseconds that it took, address that was asked, status or error, who answered.
"""
import http.client
import json
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

here = Path(__file__).resolve().parent
settings = json.loads((here / "settings.json").read_text())
url = urlsplit(settings["b"])


def where_is_b():
    """Host and port for the next request."""
    return url.hostname, url.port or 80


def ask():
    """One request to B: address asked, status or error, and who answered."""
    address = "-"
    try:
        host, port = where_is_b()
        # One name, one address, one attempt: many programs do no more than that.
        address = socket.gethostbyname_ex(host)[2][0]
        connection = http.client.HTTPConnection(address, port, timeout=1.5)
        connection.request("GET", url.path or "/", headers={"Host": host, "User-Agent": "a/" + here.name})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return address, str(answer.status), answer.getheader("X-Served-By", "-")
    except (OSError, http.client.HTTPException) as error:
        return address, type(error).__name__, "-"


requests = int(sys.argv[1]) if len(sys.argv) > 1 else 40
pause = float(sys.argv[2]) if len(sys.argv) > 2 else 0.1
start = time.monotonic()
for number in range(requests):
    time.sleep(max(0, start + number * pause - time.monotonic()))
    began = time.monotonic()
    address, status, served_by = ask()
    print(f"{began - start:.2f} {(time.monotonic() - began) * 1000:.1f} {address} {status} {served_by}", flush=True)
