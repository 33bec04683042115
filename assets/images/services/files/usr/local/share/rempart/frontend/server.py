"""The frontend microservice of the course's chapter 6: it asks the backend by its name, at each visit, and makes a page of the answer."""
import html
import http.client
import json
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PORT = 8080
PATIENCE_SECONDS = 2

with open("backend", encoding="utf-8") as file:
    BACKEND = urlsplit(file.read().strip())


class Unavailable(Exception):
    """Why the backend gave nothing; its text may be shown to a visitor."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


def ask_backend():
    """The backend's text. The name is looked up anew each time: what moved is found again. Raises Unavailable."""
    try:
        address = socket.gethostbyname(BACKEND.hostname)
    except OSError as error:
        raise Unavailable(502, f"{BACKEND.hostname}: no such name") from error
    connection = http.client.HTTPConnection(address, BACKEND.port or 80, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", BACKEND.path or "/", headers={"Host": BACKEND.netloc})
        answer = connection.getresponse()
        text = json.loads(answer.read())["text"] if answer.status == 200 else None
    except TimeoutError as error:
        raise Unavailable(504, f"{BACKEND.hostname} ({address}): no answer") from error
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
        raise Unavailable(502, f"{BACKEND.hostname} ({address}): {getattr(error, 'strerror', None) or error or type(error).__name__}") from error
    finally:
        connection.close()
    if text is None:
        raise Unavailable(502, f"{BACKEND.hostname} ({address}): status {answer.status}")
    return str(text)


class Frontend(BaseHTTPRequestHandler):
    def do_GET(self):
        # Whether this machine is well: a backend that is away is no reason to take every frontend out of service.
        if self.path == "/health":
            return self.send(200, "well\n", "text/plain")
        try:
            return self.send(200, f"<p>Hello from <b>{html.escape(ask_backend())}</b>!</p>\n")
        except Unavailable as unavailable:
            return self.send(unavailable.status, f"<p>Sorry: {html.escape(str(unavailable))}</p>\n")

    def send(self, status, text, kind="text/html"):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Served-By", socket.gethostname())
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("0.0.0.0", PORT), Frontend)
    print(f"frontend on port {PORT}, backend at {BACKEND.geturl()}", flush=True)
    server.serve_forever()
