"""The files of the identity store and of the device registry, and the registry of the proxy that runs."""

import contextlib
import fcntl
import json
import os
import socket

FOLDER = "/etc/access"
PRIVATE = f"{FOLDER}/private"
DEVICES_MAP = f"{FOLDER}/devices.map"
ADMIN_SOCKET = "/run/access/admin.sock"


@contextlib.contextmanager
def changing(name):
    """The content of private/NAME.json, alone with it; written back whole when the block ends without an error."""
    path = f"{PRIVATE}/{name}.json"
    with open(f"{PRIVATE}/{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        content = read(name)
        yield content
        with open(f"{path}.new", "w") as file:
            json.dump(content, file, indent=1)
        os.replace(f"{path}.new", path)


def read(name):
    """The content of private/NAME.json, empty before anything was written."""
    try:
        with open(f"{PRIVATE}/{name}.json") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def publish(devices):
    """Gives the proxy the registry: the file for its next start, and its memory for the next request."""
    active = {entry["certificate"]: name for name, entry in devices.items() if entry.get("state") == "registered"}
    with open(f"{DEVICES_MAP}.new", "w") as file:
        file.writelines(f"{digest} {name}\n" for digest, name in active.items())
    os.chmod(f"{DEVICES_MAP}.new", 0o644)
    os.replace(f"{DEVICES_MAP}.new", DEVICES_MAP)
    tell(f"clear map {DEVICES_MAP}")
    for digest, name in active.items():
        tell(f"add map {DEVICES_MAP} {digest} {name}")


def tell(command):
    """One command for the running proxy. Raises RuntimeError with its complaint."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(3)
        try:
            connection.connect(ADMIN_SOCKET)
        except OSError as error:
            raise RuntimeError(f"the access proxy does not run: {error}") from error
        connection.sendall(f"{command}\n".encode())
        answer = connection.makefile().read().strip()
    if answer:
        raise RuntimeError(answer)
