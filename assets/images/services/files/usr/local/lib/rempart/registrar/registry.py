"""The registry behind the registrar: the name server of the top-level domains, asked with dig and changed with nsupdate."""

import subprocess


class RegistryError(Exception):
    """The registry did not answer, or refused a change."""


class Registry:
    def __init__(self, address, ttl):
        self.address = address
        # Seconds that resolvers may keep a delegation. A real registry says two days; a lab has less time.
        self.ttl = ttl

    def delegation(self, name):
        """Name servers to which the parent zone sends whoever asks for the domain; empty for none."""
        return [value.rstrip(".") for value in self._ask(name, "NS", "authority")]

    def ds(self, name):
        """The DS records that the parent zone has for the domain."""
        # dig breaks a long digest in two; the record itself has none of that.
        fields = (record.split() for record in self._ask(name, "DS", "answer"))
        return [" ".join([*head, "".join(digest)]) for *head, digest in ((*row[:3], row[3:]) for row in fields)]

    def set_name_servers(self, name, servers):
        self._update(name, "NS", [f"{server}." for server in servers])

    def set_ds(self, name, records):
        self._update(name, "DS", records)

    def _ask(self, name, kind, section):
        command = ["dig", f"@{self.address}", name, kind, "+norecurse", "+noall", f"+{section}", "+time=2", "+tries=2"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RegistryError("the registry does not answer")
        rows = [line.split(None, 4) for line in done.stdout.splitlines() if line and not line.startswith(";")]
        return sorted(row[4] for row in rows if len(row) == 5 and row[3] == kind and row[0].rstrip(".") == name)

    def _update(self, name, kind, values):
        zone = name.split(".", 1)[1]
        lines = [f"server {self.address}", f"zone {zone}.", f"update delete {name}. {kind}"]
        lines += [f"update add {name}. {self.ttl} {kind} {value}" for value in values]
        done = subprocess.run(["nsupdate", "-t", "5"], input="\n".join([*lines, "send", ""]), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RegistryError(f"the registry refused the change: {done.stderr.strip()}")
