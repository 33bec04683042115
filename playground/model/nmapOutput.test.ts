import { describe, expect, it } from "vitest";
import { nmapProgress, parseNmapXml, withSecondLook } from "./nmapOutput.ts";

/** As nmap 7.93 wrote it. */
const recorded = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<!-- Nmap 7.93 scan initiated as: nmap -n -Pn -sS -&#45;stats-every 1s <host><address addr="9.9.9.9"/></host> -->
<nmaprun scanner="nmap" args="nmap -n -&#45;reason" version="7.93">
<hosthint><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="203.0.113.12" addrtype="ipv4"/>
</hosthint>
<taskprogress task="SYN Stealth Scan" time="1" percent="95.39" remaining="1" etc="2"/>
<host starttime="1" endtime="2"><status state="up" reason="user-set" reason_ttl="0"/>
<address addr="203.0.113.11" addrtype="ipv4"/>
<address addr="6A:42:8B:DB:6E:61" addrtype="mac" vendor="A &amp; B"/>
<ports><extraports state="closed" count="1026">
<extrareasons reason="reset" count="1023" proto="tcp" ports="1-21,23-79,81-1024,5432"/>
<extrareasons reason="port-unreach" count="3" proto="udp" ports="53,1194,51820"/>
</extraports>
<port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="62"/><service name="ssh" method="table" conf="3"/></port>
<port protocol="tcp" portid="80"><state state="open" reason="syn-ack" reason_ttl="62"/></port>
</ports>
<times srtt="22" rttvar="18" to="100000"/>
</host>
<taskprogress task="UDP Scan" time="2" percent="12.50" remaining="1" etc="2"/>
<host starttime="1" endtime="2"><address addr="203.0.113.99" addrtype="ipv4"/>
<ports><extraports state="filtered" count="1025">
<extrareasons reason="no-response" count="1025" proto="tcp" ports="1-1024,5432"/>
</extraports>
<port protocol="udp" portid="51820"><state state="open|filtered" reason="no-response" reason_ttl="0"/><service name="unknown" method="table" conf="3"/></port>
</ports>
</host>
<runstats><finished time="1" elapsed="1.59" exit="success"/><hosts up="2" down="0" total="2"/>
</runstats>
</nmaprun>
`;

describe("nmap's XML", () => {
  it("says state, reason and service of every port, and which ones were left out of the list", () => {
    const { hosts, finished } = parseNmapXml(recorded);
    expect(finished).toBe(true);
    expect(hosts).toEqual([
      {
        address: "203.0.113.11",
        ports: [
          { protocol: "tcp", ports: "1-21,23-79,81-1024,5432", count: 1023, state: "closed", reason: "reset" },
          { protocol: "udp", ports: "53,1194,51820", count: 3, state: "closed", reason: "port-unreach" },
          { protocol: "tcp", ports: "22", count: 1, state: "open", reason: "syn-ack", service: "ssh" },
          { protocol: "tcp", ports: "80", count: 1, state: "open", reason: "syn-ack" },
        ],
      },
      {
        address: "203.0.113.99",
        ports: [
          { protocol: "tcp", ports: "1-1024,5432", count: 1025, state: "filtered", reason: "no-response" },
          { protocol: "udp", ports: "51820", count: 1, state: "open|filtered", reason: "no-response" },
        ],
      },
    ]);
  });

  it("takes what is whole of a text that is cut short, and knows that it did not end", () => {
    const { hosts, finished } = parseNmapXml(recorded.slice(0, recorded.indexOf("<taskprogress task=\"UDP")));
    expect(finished).toBe(false);
    expect(hosts.map((host) => host.address)).toEqual(["203.0.113.11"]);
    expect(parseNmapXml(recorded.replace('exit="success"', 'exit="error"')).finished).toBe(false);
  });

  it("leaves out states and protocols that it does not know", () => {
    const [host] = parseNmapXml('<host><address addr="1.2.3.4" addrtype="ipv4"/><port protocol="sctp" portid="1"><state state="open"/></port><port protocol="tcp" portid="2"><state state="odd"/></port><port protocol="tcp" portid="3"><state state="closed" reason="a&quot;b&#45;&#x2d;"/></port></host>').hosts;
    expect(host?.ports).toEqual([{ protocol: "tcp", ports: "3", count: 1, state: "closed", reason: 'a"b--' }]);
    expect(parseNmapXml("no xml at all < > &").hosts).toEqual([]);
  });

  it("tells how far the scan is", () => {
    expect(nmapProgress(recorded.slice(0, recorded.indexOf("<host start")))).toEqual({ task: "SYN Stealth Scan", part: 0.9539 });
    expect(nmapProgress(recorded)).toEqual({ task: "UDP Scan", part: 0.125 });
    expect(nmapProgress("")).toBeUndefined();
  });
});

it("a second look replaces the ports that it asked, and no others", () => {
  const first = parseNmapXml(recorded).hosts;
  const merged = withSecondLook(first, [{ address: "203.0.113.99", ports: [{ protocol: "tcp", ports: "5432", count: 1, state: "open", reason: "syn-ack" }] }]);
  expect(merged[0]).toEqual(first[0]);
  expect(merged[1]?.ports).toEqual([
    { protocol: "tcp", ports: "1-1024", count: 1024, state: "filtered", reason: "no-response" },
    { protocol: "udp", ports: "51820", count: 1, state: "open|filtered", reason: "no-response" },
    { protocol: "tcp", ports: "5432", count: 1, state: "open", reason: "syn-ack" },
  ]);
});
