"""The team's wiki. Like many, it shows a preview of a page that somebody links to: it fetches whatever address it is given, from where it stands."""
import http.client
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PORT = 8080
PATIENCE_SECONDS = 2
PREVIEW_BYTES = 500


def preview(url):
    """One line on what the wiki sees at an address: status and beginning of the page, or why there is none."""
    parts = urlsplit(url)
    try:
        if parts.scheme != "http" or not parts.hostname:
            return "not an address that begins with http://"
        address = socket.gethostbyname(parts.hostname)
        connection = http.client.HTTPConnection(address, parts.port or 80, timeout=PATIENCE_SECONDS)
        connection.request("GET", parts.path or "/", headers={"Host": parts.netloc})
        answer = connection.getresponse()
        return f"status {answer.status}: {' '.join(answer.read(PREVIEW_BYTES).decode(errors='replace').split())}"
    except socket.gaierror:
        return "no such name"
    except TimeoutError:
        return "no answer"
    except ConnectionRefusedError:
        return "connection refused"
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"failed: {error or type(error).__name__}"


class Wiki(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path == "/preview":
            url = parse_qs(parts.query).get("url", [""])[0]
            text = f"preview of {url}: {preview(url)}\n"
        else:
            text = f"Wiki: good day, {self.headers.get('X-User', 'whoever you are')}.\n"
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("0.0.0.0", PORT), Wiki)
    print(f"wiki on port {PORT}", flush=True)
    server.serve_forever()
