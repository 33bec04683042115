"""The identity service behind the proxy: /login trades password and one-time code for a session, /enrol a code for a certificate."""

import base64
import hashlib
import hmac
import http.server
import json
import subprocess
import tempfile
import time
import urllib.parse

import store
import totp

SESSION_SECONDS = 600
CERTIFICATE_DAYS = 30


class Refused(Exception):
    """What the caller did not prove; its text is the answer."""


def login(user, password, code):
    """A signed session for who knows the password and the code of the moment. Raises Refused."""
    with store.changing("users") as users:
        entry = users.get(user)
        # One answer for every wrong half: nothing tells which was right.
        known = entry is not None and hmac.compare_digest(entry["hash"], password_hash(password, entry["salt"]))
        step = totp.matching_step(entry["secret"], code) if known else None
        if step is None:
            raise Refused("wrong name, password or code")
        # RFC 6238, 5.2: a code that was accepted is not accepted again.
        if step <= entry["last_step"]:
            raise Refused("this code was used already: wait for the next one, at most 30 seconds")
        entry["last_step"] = step
    return session(user, int(time.time()))


def password_hash(password, salt):
    return hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex()


def session(user, now):
    """A JSON Web Token (RS256) that the proxy verifies with the public key alone."""
    parts = [{"alg": "RS256", "typ": "JWT"}, {"sub": user, "iat": now, "exp": now + SESSION_SECONDS}]
    signed = b".".join(encode(json.dumps(part).encode()) for part in parts)
    signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", f"{store.PRIVATE}/session.key"], input=signed, stdout=subprocess.PIPE, check=True).stdout
    return (signed + b"." + encode(signature)).decode()


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def enrol(code, request):
    """A certificate for the device whose registration printed the code; each code serves once. Raises Refused."""
    digest = hashlib.sha256(code.encode()).hexdigest()
    with store.changing("devices") as devices:
        name = next((name for name, entry in devices.items() if entry["state"] == "expected" and hmac.compare_digest(entry["code"], digest)), None)
        if name is None or devices[name]["until"] < time.time():
            raise Refused("no device is expected with this code")
        certificate = sign(name, request)
        der = base64.b64decode("".join(certificate.split("-----")[2].split()))
        devices[name] = {"state": "registered", "certificate": hashlib.sha256(der).hexdigest().upper(), "since": int(time.time())}
        store.publish(devices)
    return certificate


def sign(name, request):
    """The device's name comes from the registry, never from its own request; the key never leaves the device."""
    with tempfile.NamedTemporaryFile("w", suffix=".ext") as extensions:
        extensions.write("extendedKeyUsage=clientAuth\nbasicConstraints=CA:FALSE\n")
        extensions.flush()
        command = ["openssl", "x509", "-req", "-subj", f"/O=Corp/CN={name}", "-CA", f"{store.FOLDER}/ca.pem", "-CAkey", f"{store.PRIVATE}/ca.key", "-CAserial", f"{store.PRIVATE}/ca.srl", "-CAcreateserial", "-days", str(CERTIFICATE_DAYS), "-extfile", extensions.name]
        done = subprocess.run(command, input=request, capture_output=True, text=True)
    if done.returncode != 0:
        raise Refused("this is not a certificate signing request")
    return done.stdout


class Handler(http.server.BaseHTTPRequestHandler):
    """Two addresses; everything else is unknown. Only the proxy reaches it: it listens on 127.0.0.1."""

    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 65536)).decode(errors="replace")
        try:
            if self.path == "/login":
                form = dict(urllib.parse.parse_qsl(body))
                token = login(form.get("user", ""), form.get("password", ""), form.get("code", ""))
                cookie = f"session={token}; Domain=corp.example; Path=/; Max-Age={SESSION_SECONDS}; Secure; HttpOnly; SameSite=Strict"
                self.answer(200, f"signed in for {SESSION_SECONDS // 60} minutes\n", cookie)
            elif self.path == "/enrol":
                self.answer(200, enrol(self.headers.get("X-Enrolment-Code", ""), body))
            else:
                self.answer(404, "not found\n")
        except Refused as refused:
            self.answer(401, f"{refused}\n")

    def do_GET(self):
        self.answer(405, "POST user, password and code here\n")

    def answer(self, status, text, cookie=None):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        """Silent: the proxy's audit log has every request, and no password."""


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", 9000), Handler).serve_forever()
