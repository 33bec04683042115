#!/usr/bin/python3
"""A registrar: pages for people and the same over JSON under /api, for the command `registrar`."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit

sys.path.insert(0, "/usr/local/lib/rempart/registrar")

import pages  # noqa: E402
from domains import Domains, Refused  # noqa: E402
from registry import Registry, RegistryError  # noqa: E402

CONFIGURATION = "/etc/rempart/registrar.json"
STATE = "/var/lib/rempart/domains.json"
LARGEST_REQUEST = 65536


class Handler(BaseHTTPRequestHandler):
    server_version = "registrar"
    domains: Domains

    def do_GET(self):
        self._answer(self._get)

    def do_POST(self):
        self._answer(self._post)

    def do_PUT(self):
        self._answer(self._put)

    def _answer(self, handle):
        url = urlsplit(self.path)
        parts = [unquote(part) for part in url.path.strip("/").split("/")]
        query = {key: values[0].strip().lower() for key, values in parse_qs(url.query).items()}
        api = parts[0] == "api"
        try:
            status, content = handle(parts[1:] if api else parts, query, api)
        except (Refused, RegistryError) as error:
            status = error.status if isinstance(error, Refused) else 502
            content = {"error": str(error)} if api else pages.page("This cannot be done", f"<p>{pages.escape(str(error))}</p>")
        except (KeyError, TypeError, ValueError):
            status, content = 400, {"error": "the request is not complete"} if api else pages.page("This cannot be done", "<p>The form is not complete.</p>")
        body = (json.dumps(content, indent=2) + "\n" if api else content).encode()
        self.send_response(status)
        if status == 303:
            self.send_header("Location", content)
        self.send_header("Content-Type", "application/json" if api else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _get(self, parts, query, api):
        match parts:
            case ["search"]:
                found = self.domains.search(query["name"])
                return 200, found if api else pages.offers(found)
            case ["checkout"] if not api:
                return 200, pages.checkout(self.domains.search(query["name"]))
            case ["domains"] if api:
                return 200, self.domains.list()
            case ["domains", name]:
                return 200, self.domains.show(name) if api else pages.details(self.domains.show(name))
            case [""] if not api:
                return 200, pages.home(self.domains.list())
        raise Refused(404, "there is no such page")

    def _post(self, parts, _query, api):
        given = self._given(api)
        match parts:
            case ["domains"] if api:
                return 201, self.domains.register(given["name"], int(given["years"]), dict(given["contact"]), bool(given["auto_renew"]), bool(given["privacy"]))
            case ["register"] if not api:
                contact = {"name": given.get("contact", ""), "email": given.get("email", "")}
                self.domains.register(given["name"], int(given["years"]), contact, "auto_renew" in given, "privacy" in given)
                return 303, f"/domains/{quote(given['name'])}"
            case ["domains", name, "name-servers"] if not api:
                self.domains.set_name_servers(name, given.get("name_servers", "").split())
                return 303, f"/domains/{quote(name)}"
            case ["domains", name, "ds"] if not api:
                self.domains.set_ds(name, [" ".join(line.split()) for line in given.get("ds", "").splitlines() if line.strip()])
                return 303, f"/domains/{quote(name)}"
        raise Refused(404, "there is no such page")

    def _put(self, parts, _query, api):
        given = self._given(api)
        match parts:
            case ["domains", name, "name-servers"] if api:
                return 200, self.domains.set_name_servers(name, list(given["name_servers"]))
            case ["domains", name, "ds"] if api:
                return 200, self.domains.set_ds(name, list(given["ds"]))
            case ["domains", name, "auto-renew" | "transfer-lock" as what] if api:
                return 200, self.domains.switch(name, what.replace("-", "_"), bool(given["on"]))
        raise Refused(404, "there is no such page")

    def _given(self, api):
        length = int(self.headers.get("Content-Length", 0))
        if length > LARGEST_REQUEST:
            raise Refused(413, "the request is too long")
        text = self.rfile.read(length).decode()
        return json.loads(text) if api else {key: values[0] for key, values in parse_qs(text).items()}

    def log_message(self, format, *args):  # noqa: A002 (the name is the base class's)
        print(self.log_date_time_string(), self.address_string(), format % args, flush=True)


def main():
    with open(CONFIGURATION, encoding="utf-8") as file:
        configuration = json.load(file)
    Handler.domains = Domains(STATE, Registry(configuration["registry"], configuration["delegation_ttl"]), configuration["prices"])
    ThreadingHTTPServer(("", 80), Handler).serve_forever()


if __name__ == "__main__":
    main()
