import { describe, expect, it } from "vitest";
import { commandTarget } from "./commandTarget.ts";

const tcp = (to: string, port: number) => ({ to, protocol: "tcp", port });

describe("where a command connects to", () => {
  it.each([
    ["curl -m 3 http://203.0.113.80", tcp("203.0.113.80", 80)],
    ["curl -s -m 3 -o /dev/null http://10.0.80.20:8080/; echo \"curl ended with $?\"", tcp("10.0.80.20", 8080)],
    ["curl -q -sS -m 5 --cacert ~/ca.pem -o /dev/null -w 'verified %{ssl_verify_result}' https://wiki.corp.example/ 2>&1", tcp("wiki.corp.example", 443)],
    ["curl -m 3 -x http://proxy:3128 http://whoami/", tcp("proxy", 3128)],
    ["curl 203.0.113.10", tcp("203.0.113.10", 80)],
    ["curl -m 2 http://[2001:db8::5]:8080/x", tcp("2001:db8::5", 8080)],
    ["nc -vz -w 3 10.0.0.10 22", tcp("10.0.0.10", 22)],
    ["nc -u -w 1 10.0.0.53 53", { to: "10.0.0.53", protocol: "udp", port: 53 }],
    ["SSH_AUTH_SOCK=/home/ops/.ssh/agent.sock ssh -A -o BatchMode=yes -o ConnectTimeout=8 ops@203.0.113.10 'hostname' 2>&1", tcp("203.0.113.10", 22)],
    ["ssh -o BatchMode=yes -J ops@203.0.113.10 ops@10.0.80.20 hostname", tcp("203.0.113.10", 22)],
    ["ssh -p 2222 bastion", tcp("bastion", 2222)],
    ["ping -n -q -c 1 -W 2 192.168.20.15 > /dev/null; ip neigh show", { to: "192.168.20.15", protocol: "icmp" }],
    ["dig +time=3 @203.0.113.53 www.example.com A", { to: "203.0.113.53", protocol: "udp", port: 53 }],
    ["sudo timeout 3 openssl s_client -connect web:8443 -brief </dev/null", tcp("web", 8443)],
    ["cd /tmp && wget -q -O - http://web:8080/x", tcp("web", 8080)],
  ])("reads it from: %s", (command, expected) => {
    expect(commandTarget(command)).toEqual(expected);
  });

  it.each(["ip route show", "curl -s --socks5-hostname 127.0.0.1:1080 http://10.0.80.20:8080/", "for app in a b; do curl http://$app:8080/; done", "nc -l 8080", "dig www.example.com", "curl --version", ""])("finds none in: %s", (command) => {
    expect(commandTarget(command)).toBeUndefined();
  });
});
