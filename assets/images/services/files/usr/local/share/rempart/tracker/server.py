"""The developers' tracker: a page for whom the access proxy names."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8080


class Tracker(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"Tracker: good day, {self.headers.get('X-User', 'whoever you are')}.\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("0.0.0.0", PORT), Tracker)
    print(f"tracker on port {PORT}", flush=True)
    server.serve_forever()
