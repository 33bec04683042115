"""The catalog: the same products as JSON over HTTP (port 8080) and as Protocol Buffers over gRPC (port 9090)."""
import json
import re
from concurrent import futures
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import grpc
from google.protobuf.json_format import MessageToDict, ParseDict

import catalog_pb2
import catalog_pb2_grpc

JSON_PORT = 8080
GRPC_PORT = 9090

with open("products.json", encoding="utf-8") as file:
    ROWS = {row["id"]: row for row in json.load(file)}


def product(number):
    """The message of one product; raises KeyError. What the schema has no field for stays in the file."""
    return ParseDict(ROWS[number], catalog_pb2.Product(), ignore_unknown_fields=True)


def products(numbers):
    return catalog_pb2.ProductList(products=[product(number) for number in numbers or ROWS])


class Catalog(catalog_pb2_grpc.CatalogServicer):
    def GetProduct(self, request, context):
        return self.answer(context, lambda: product(request.id))

    def GetProducts(self, request, context):
        return self.answer(context, lambda: products(request.ids))

    @staticmethod
    def answer(context, make):
        try:
            return make()
        except KeyError as number:
            context.abort(grpc.StatusCode.NOT_FOUND, f"no product {number}")


class JsonApi(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave in one go, and at once.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self):
        one = re.fullmatch(r"/products/(\d+)", self.path)
        many = re.fullmatch(r"/products(?:\?ids=([\d,]+))?", self.path)
        try:
            if one:
                self.send(200, product(int(one[1])))
            elif many:
                self.send(200, products([int(number) for number in (many[1] or "").split(",") if number]))
            else:
                self.send(404, {"error": f"no page {self.path}"})
        except KeyError as number:
            self.send(404, {"error": f"no product {number}"})

    def send(self, status, content):
        if not isinstance(content, dict):
            content = MessageToDict(content, preserving_proto_field_name=True, including_default_value_fields=True)
        body = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    rpc = grpc.server(futures.ThreadPoolExecutor(max_workers=8), options=[("grpc.so_reuseport", 0)])
    catalog_pb2_grpc.add_CatalogServicer_to_server(Catalog(), rpc)
    if rpc.add_insecure_port(f"0.0.0.0:{GRPC_PORT}") != GRPC_PORT:
        raise SystemExit(f"port {GRPC_PORT} is taken")
    rpc.start()
    api = ThreadingHTTPServer(("0.0.0.0", JSON_PORT), JsonApi)
    print(f"JSON on port {JSON_PORT}, gRPC on port {GRPC_PORT}", flush=True)
    api.serve_forever()
