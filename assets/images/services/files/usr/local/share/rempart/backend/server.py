"""The backend microservice of the course's chapter 6: a little JSON, for whoever gets through to it."""
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8080


class Backend(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"text": "backend microservice"}, separators=(",", ":")).encode() + b"\n"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("0.0.0.0", PORT), Backend)
    print(f"backend on port {PORT}", flush=True)
    server.serve_forever()
