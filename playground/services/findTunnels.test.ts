import { describe, expect, it } from "vitest";
import { testCloud } from "../model/testCloud.ts";
import { findTunnels } from "./findTunnels.ts";
import { parseTunnels } from "./tunnelObservation.ts";
import { parseWireguard } from "./wireguardShow.ts";

const cloud = testCloud();
/** As a lab with a bastion (here `web`, 203.0.113.10 outside, 10.0.0.10 inside) printed it. */
const recorded = (client: string, extra = ""): string => `@process laptop 500 1 ssh
${client.split(" ").join("\t")}\t
@process web 600 1 sshd
sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups\t
@process web 601 600 sshd
sshd: ops [priv]\t
@process web 602 601 sshd
sshd: ops\t
@sockets laptop
LISTEN 0 128 127.0.0.1:8080 0.0.0.0:* uid:1000 ino:11 sk:1 cgroup:/ <-> cubic cwnd:10
LISTEN 0 128 [::1]:8080 [::]:* uid:1000 ino:12 sk:2 cgroup:/ v6only:1 <-> cubic cwnd:10
ESTAB 0 0 203.0.113.50:40000 203.0.113.10:22 timer:(keepalive,1min,0) uid:1000 ino:13 sk:3 <-> ts sack cubic bytes_sent:4000 bytes_acked:4001 bytes_received:8000 segs_out:10
@sockets web
LISTEN 0 128 0.0.0.0:22 0.0.0.0:* ino:20 sk:4 <-> cubic
ESTAB 0 0 ${"10.0.0.10"}:22 203.0.113.50:40000 ino:21 sk:5 <-> bytes_acked:8000 bytes_received:4000
${extra}@held
/proc/500/fd socket:[11]
/proc/500/fd socket:[12]
/proc/500/fd socket:[13]
/proc/600/fd socket:[20]
/proc/601/fd socket:[21]
/proc/602/fd socket:[21]
/proc/602/fd socket:[22]
`;

describe("findTunnels", () => {
  it("sees a forward that listens, where it leads, and what it has carried", () => {
    expect(findTunnels(cloud, parseTunnels(recorded("ssh -fNL 8080:10.0.80.20:8080 ops@203.0.113.10")))).toEqual([
      { id: "tunnel/ssh-local/laptop/web/8080", kind: "ssh-local", from: "laptop", to: "web", name: "ssh -L 8080", target: "10.0.80.20:8080", exit: "app", carries: [], bytes: 12_001, state: "up" },
    ]);
  });

  it("says what passes at this moment, from the far end's own connections", () => {
    const [tunnel] = findTunnels(cloud, parseTunnels(recorded("ssh -N -L 8080:10.0.80.20:8080 web", "ESTAB 0 0 10.0.0.10:50000 10.0.80.20:8080 ino:22 sk:6 <-> bytes_acked:1\n")));
    expect(tunnel?.carries).toEqual(["10.0.80.20:8080"]);
  });

  it("tells SOCKS from a plain forward, and knows a port whose destination is not told", () => {
    expect(findTunnels(cloud, parseTunnels(recorded("ssh -N -D 8080 web")))[0]).toMatchObject({ kind: "ssh-dynamic", name: "ssh -D 8080" });
    expect(findTunnels(cloud, parseTunnels(recorded("ssh web")))[0]).toMatchObject({ kind: "ssh-local", name: "ssh -L 8080" });
  });

  it("finds a port lent to the far end where it listens, and not merely in what was typed", () => {
    const typed = "ssh -N -R 9000:localhost:80 web";
    const listening = parseTunnels(recorded(typed, "LISTEN 0 128 127.0.0.1:9000 0.0.0.0:* ino:22 sk:6 <-> cubic\n"));
    expect(findTunnels(cloud, listening).find((tunnel) => tunnel.kind === "ssh-remote")).toMatchObject({ from: "laptop", to: "web", name: "ssh -R 9000", target: "localhost:80" });
    expect(findTunnels(cloud, parseTunnels(recorded(typed))).some((tunnel) => tunnel.kind === "ssh-remote")).toBe(false);
  });

  it("draws nothing for a login, nor for a forward whose connection is gone", () => {
    const login = recorded("ssh web").replaceAll(/.*(ino:1[12] |fd socket:\[1[12]\]).*\n/g, "");
    expect(findTunnels(cloud, parseTunnels(login))).toEqual([]);
    const gone = recorded("ssh -N -L 8080:10.0.80.20:8080 web").replaceAll(/.*(ino:13 |ino:21 ).*\n/g, "");
    expect(findTunnels(cloud, parseTunnels(gone))).toEqual([]);
  });

  it("follows a jump to the machine behind it", () => {
    const [tunnel] = findTunnels(cloud, parseTunnels(recorded("ssh -W [10.0.80.20]:22 ops@203.0.113.10").replaceAll(/.*(ino:1[12] |fd socket:\[1[12]\]).*\n/g, "")));
    expect(tunnel).toMatchObject({ kind: "ssh-jump", from: "laptop", to: "web", target: "10.0.80.20:22", exit: "app" });
  });

  it("joins two ends of WireGuard that know each other and have shaken hands; an old handshake sleeps", () => {
    const end = (machine: string, own: string, peers: [key: string, handshake: number][]) => parseWireguard(machine, `wg0 own ${own}\n${peers.map(([key, at]) => `wg0 peer ${key} ${at} 2048\n`).join("")}now 1000\n`);
    const server = end("web", "S", [["A", 990], ["B", 500], ["C", 0]]);
    const found = findTunnels(cloud, parseTunnels(""), [...server, ...end("laptop", "A", [["S", 990]]), ...end("private", "B", [["S", 500]]), ...end("whoami", "C", [["S", 0]]), ...end("stranger", "D", [["S", 999]])]);
    expect(found.map(({ from, to, state, name, bytes }) => [from, to, state, name, bytes])).toEqual([["laptop", "web", "up", "wg0", 2048], ["private", "web", "idle", "wg0", 2048]]);
  });

  it("joins OpenVPN's clients with the first address of their network", () => {
    const look = (machine: string, address: string): string => `@interfaces ${machine}\n  eth0: 9 1 0 0 0 0 0 0 9 1 0 0 0 0 0 0\n  tun0: 100 1 0 0 0 0 0 0 24 1 0 0 0 0 0 0\n5: tun0    inet ${address} scope global tun0\n`;
    const processes = ["web", "laptop", "whoami"].map((name, index) => `@process ${name} ${index + 5} 1 openvpn\nopenvpn\t\n`).join("");
    const found = findTunnels(cloud, parseTunnels(`${look("web", "10.99.2.1/24")}${look("laptop", "10.99.2.2/24")}${look("whoami", "10.99.3.2/24")}${processes}@held\n`));
    expect(found).toMatchObject([{ kind: "openvpn", from: "laptop", to: "web", name: "tun0", bytes: 124 }]);
  });
});
