"""The library of the registry: a list of B's replicas in A's own memory that keeps itself up to date.

It reads what is registered under /services/NAME/ in etcd, and watches that place: etcd tells of each change as it happens.
While the registry is away, the last list stays in use.
"""
import base64
import json
import sys
import threading
import time
import urllib.request


def _code(text):
    return base64.b64encode(text.encode()).decode()


def _plain(text):
    return base64.b64decode(text).decode()


class Service:
    """The replicas of one service, as HOST:PORT."""

    def __init__(self, registry, name):
        self._registry = registry
        # All keys that begin with the prefix: up to, and without, the next text after it.
        self._range = {"key": _code(f"/services/{name}/"), "range_end": _code(f"/services/{name}0")}
        self._replicas = []
        self._turn = 0
        self._lock = threading.Lock()
        try:
            self._read()
        except OSError as error:
            print(f"discovery: the registry does not answer: {error}", file=sys.stderr)
        threading.Thread(target=self._follow, daemon=True).start()

    def next(self):
        """Host and port of the replica whose turn it is. Raises OSError when none is registered."""
        with self._lock:
            if not self._replicas:
                raise OSError("no replica is registered")
            self._turn += 1
            host, port = self._replicas[self._turn % len(self._replicas)].rsplit(":", 1)
            return host, int(port)

    def _post(self, path, body, timeout=None):
        request = urllib.request.Request(f"{self._registry}/v3/{path}", json.dumps(body).encode())
        return urllib.request.urlopen(request, timeout=timeout)

    def _read(self):
        with self._post("kv/range", self._range, timeout=2) as answer:
            entries = json.load(answer).get("kvs", [])
        with self._lock:
            self._replicas = sorted(_plain(entry["value"]) for entry in entries)

    def _follow(self):
        while True:
            try:
                # One line at the beginning, then one line for each change, for as long as the connection holds.
                with self._post("watch", {"create_request": self._range}) as events:
                    for _ in events:
                        self._read()
            except OSError:
                pass
            time.sleep(1)
