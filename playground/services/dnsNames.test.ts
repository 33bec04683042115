import { expect, test } from "vitest";
import { exampleQuestion, knownRecords, namesScript, parseNames } from "./dnsNames.ts";

const nodeOf = (address: string): string | undefined => ({ "203.0.113.80": "web", "203.0.113.53": "resolver" })[address];
const alias = `; <<>> DiG 9.18.49-1~deb12u1-Debian <<>> -f /dev/fd/63
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 8446
;; flags: qr rd ra; QUERY: 1, ANSWER: 2, AUTHORITY: 0, ADDITIONAL: 1

;; QUESTION SECTION:
;shop.example.com.		IN	A

;; ANSWER SECTION:
shop.example.com.	300	IN	CNAME	www.example.com.
www.example.com.	251	IN	A	203.0.113.80

`;
const unknown = `; <<>> DiG 9.18.49-1~deb12u1-Debian <<>> nothing.example.com A
;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 8447
;; flags: qr aa rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 1, ADDITIONAL: 1

;; QUESTION SECTION:
;nothing.example.com.		IN	A
`;

test("names are read with who says so, how long it may be kept, and the machine that they lead to", () => {
  expect(parseNames(`@hosts web 203.0.113.80\n@resolver 203.0.113.53\n${alias}${unknown}`, nodeOf)).toEqual({
    resolver: { address: "203.0.113.53", node: "resolver" },
    isSilent: false,
    names: [
      { name: "web", type: "A", source: "hosts", records: [{ type: "A", value: "203.0.113.80", node: "web" }], isAuthoritative: false },
      { name: "shop.example.com", type: "A", source: "resolver", code: "NOERROR", records: [{ type: "CNAME", value: "www.example.com", ttl: 300 }, { type: "A", value: "203.0.113.80", ttl: 251, node: "web" }], isAuthoritative: false },
      { name: "nothing.example.com", type: "A", source: "resolver", code: "NXDOMAIN", records: [], isAuthoritative: true },
    ],
  });
});

test("a resolver that is silent, and a machine without one", () => {
  expect(parseNames("@resolver 192.0.2.53\n@silent\n", nodeOf)).toEqual({ resolver: { address: "192.0.2.53" }, isSilent: true, names: [] });
  expect(parseNames("@resolver \n", nodeOf)).toEqual({ isSilent: false, names: [] });
});

test("the records of all zones are asked for, an alias by its address, and nothing that a shell would misread", () => {
  const zone = (records: unknown[]) => ({ name_servers: {}, ttl: 1, negative_ttl: 1, delegated: true, records });
  const lab = { dns: { zones: { "example.com": zone([{ name: "www", type: "A", records: ["203.0.113.80"] }, { name: "shop", type: "CNAME", records: ["www.example.com"] }, { name: "@", type: "TXT", records: ["x"] }]) }, hosted_zone_name_servers: {} } };
  const hosted = { hostedZones: [{ name: "main", id: "z", domain: "my.org", records: [{ name: "api", type: "A", ttl: 1, values: [], alias: undefined }, { name: "*", type: "A", ttl: 1, values: [], alias: undefined }] }] };
  const records = knownRecords(lab as never, hosted as never, ["Other.example.net.", "$(reboot)"]);
  expect(records).toEqual([{ name: "other.example.net", type: "A" }, { name: "www.example.com", type: "A" }, { name: "shop.example.com", type: "A" }, { name: "example.com", type: "TXT" }, { name: "api.my.org", type: "A" }]);
  expect(exampleQuestion(lab as never, { ...hosted, nodes: [] } as never)).toBe("dig www.example.com");
  expect(exampleQuestion({}, { hostedZones: [], nodes: [{ files: [{ path: "/etc/bind/named.conf", content: 'zone "." {\nzone "internal" {\n' }] }] } as never)).toBe("dig internal NS");
  expect(namesScript(["web"], records)).toContain("'www.example.com A' 'shop.example.com A'");
});
