"""The shop: a page with ten products, which it asks the catalog for over gRPC at each visit."""
import html
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import grpc

try:
    import catalog_pb2
    import catalog_pb2_grpc
except ModuleNotFoundError as error:
    catalog_pb2 = None
    MISSING = f"{error.name} is not there: generate it from catalog.proto"

PORT = 8080
TEN = list(range(1, 11))

with open("backend", encoding="utf-8") as file:
    BACKEND = file.read().strip()

# One connection for all visits: it is opened once and kept.
CATALOG = catalog_pb2 and catalog_pb2_grpc.CatalogStub(grpc.insecure_channel(BACKEND))


def ten_products():
    # One question for each product, and each waits for the answer to the one before.
    return [CATALOG.GetProduct(catalog_pb2.ProductRequest(id=number), timeout=8) for number in TEN]


class Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self):
        began = time.perf_counter()
        if catalog_pb2 is None:
            self.send(503, f"<p>{MISSING}</p>\n", 0)
            return
        try:
            rows = "".join(f"<li>{html.escape(product.name)}: {product.price_cents / 100:.2f}</li>\n" for product in ten_products())
            status = 200
        except grpc.RpcError as error:
            rows = f"<li>{html.escape(error.code().name)}: {html.escape(error.details())}</li>\n"
            status = 502
        self.send(status, f"<ul>\n{rows}</ul>\n", (time.perf_counter() - began) * 1000)

    def send(self, status, content, spent):
        body = f"<h1>Shop</h1>\n{content}<p>{spent:.0f} ms, from {html.escape(BACKEND)}</p>\n".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Backend", BACKEND)
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    page = ThreadingHTTPServer(("0.0.0.0", PORT), Page)
    print(f"page on port {PORT}, catalog at {BACKEND}", flush=True)
    page.serve_forever()
