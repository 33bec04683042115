"""What a registrar knows: domains, their holders and their state. The names themselves live at the registry."""

import json
import os
import re
import threading
from datetime import datetime, timedelta, timezone

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# No top-level domain is a number: this is what tells a name from an address.
NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*\.[a-z][a-z0-9-]*")
DS = re.compile(r"(\d{1,5}) (\d{1,3}) (\d{1,3}) ([0-9A-Fa-f]{40,96})")
# Length of a digest in hexadecimal digits, by its type: SHA-1, SHA-256, SHA-384.
DIGEST_LENGTHS = {1: 40, 2: 64, 4: 96}
# During these days a registry takes a registration back (EPP status addPeriod).
GRACE = timedelta(days=5)


class Refused(Exception):
    """A request that the registrar does not follow, with the HTTP status that says so."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Domains:
    def __init__(self, path, registry, prices):
        self.path, self.registry, self.prices = path, registry, prices
        self.lock = threading.Lock()

    def search(self, name):
        """Whether a domain is free, what it costs, and the same name under the other endings."""
        label = self._checked(name).split(".")[0]
        others = [self._offer(f"{label}.{ending}") for ending in self.prices]
        return {**self._offer(name), "others": [offer for offer in others if offer["name"] != name]}

    def list(self):
        return sorted(self._read())

    def show(self, name):
        domain = self._read().get(name)
        if domain is None:
            raise Refused(404, f"{name} is not registered here")
        delegated = self.registry.delegation(name)
        return {**domain, "name": name, "status": self._status(domain), "name_servers": delegated, "ds": self.registry.ds(name) if delegated else []}

    def register(self, name, years, contact, auto_renew, privacy):
        self._checked(name)
        if not 1 <= years <= 10:
            raise Refused(422, "a domain is leased for 1 to 10 years")
        if not contact.get("name") or not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", contact.get("email", "")):
            raise Refused(422, "the registrant contact needs a name and an e-mail address")
        with self.lock:
            if not self._offer(name)["available"]:
                raise Refused(409, f"{name} is taken")
            now = datetime.now(timezone.utc).replace(microsecond=0)
            # A lease from a 29 February ends on a 28 February.
            ends = now.replace(year=now.year + years, day=28 if (now.month, now.day) == (2, 29) else now.day)
            domain = {"registered": now.isoformat(), "expires": ends.isoformat(), "years": years, "price": self.prices[name.split(".", 1)[1]] * years,
                      "auto_renew": auto_renew, "transfer_lock": False, "privacy": privacy, "contact": contact}
            self._write({**self._read(), name: domain})
        return self.show(name)

    def set_name_servers(self, name, servers):
        self.show(name)
        servers = [server.lower().rstrip(".") for server in servers]
        if not 2 <= len(servers) <= 13:
            raise Refused(422, "a domain has 2 to 13 name servers: one alone would be missed when it is down")
        if len(set(servers)) < len(servers):
            raise Refused(422, "a name server is there twice")
        for server in servers:
            if not NAME.fullmatch(server):
                raise Refused(422, f"{server} is not the name of a name server (a name, not an address)")
            if server == name or server.endswith(f".{name}"):
                raise Refused(422, f"{server} lies in {name} itself and would need glue, which this registrar does not take")
        self.registry.set_name_servers(name, servers)
        return self.show(name)

    def set_ds(self, name, records):
        if not self.show(name)["name_servers"] and records:
            raise Refused(422, "set the name servers first: a DS stands beside a delegation")
        for record in records:
            fields = DS.fullmatch(record)
            if not fields or DIGEST_LENGTHS.get(int(fields[3])) != len(fields[4]):
                raise Refused(422, "a DS record is KEYTAG ALGORITHM DIGEST-TYPE DIGEST, for example 12345 13 2 4F2B…")
        self.registry.set_ds(name, records)
        return self.show(name)

    def switch(self, name, what, on):
        """Transfer lock or automatic renewal."""
        with self.lock:
            domains = self._read()
            if name not in domains:
                raise Refused(404, f"{name} is not registered here")
            domains[name][what] = on
            self._write(domains)
        return self.show(name)

    def _checked(self, name):
        if not NAME.fullmatch(name) or name.count(".") != 1:
            raise Refused(422, f"{name} is not a domain name such as my-shop.com")
        if name.split(".")[1] not in self.prices:
            raise Refused(422, f"this registrar sells names under {', '.join(self.prices)}")
        return name

    def _offer(self, name):
        # Registered here without name servers, a domain is taken and yet not in the registry's zone.
        taken = name in self._read() or bool(self.registry.delegation(name))
        return {"name": name, "available": not taken, "price": self.prices[name.split(".", 1)[1]], "currency": "USD"}

    @staticmethod
    def _status(domain):
        young = datetime.now(timezone.utc) - datetime.fromisoformat(domain["registered"]) < GRACE
        return [*(["addPeriod"] if young else []), "clientTransferProhibited" if domain["transfer_lock"] else "ok"]

    def _read(self):
        try:
            with open(self.path, encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {}

    def _write(self, domains):
        with open(f"{self.path}.new", "w", encoding="utf-8") as file:
            json.dump(domains, file, indent=2)
        os.replace(f"{self.path}.new", self.path)
