import type { Result } from "../../playground/contract/contract.ts";
import type { Exposure } from "../../playground/model/exposure.ts";
import type { Tunnel } from "../../playground/model/tunnel.ts";

/** What the fake engine observes in its machines. */
export const fakeTunnels: Tunnel[] = [
  { id: "tunnel/ssh-local/laptop/bastion/8080", kind: "ssh-local", from: "laptop", to: "bastion", name: "ssh -L 8080", target: "10.0.80.20:8080", exit: "private-1", carries: ["10.0.80.20:8080"], bytes: 12_600, state: "up" },
  { id: "tunnel/ssh-dynamic/laptop/bastion/1080", kind: "ssh-dynamic", from: "laptop", to: "bastion", name: "ssh -D 1080", carries: [], bytes: 5_800, state: "up" },
];

const source = (lab: string, fr: string, en: string) => ({ lab, labTitle: { fr: "Hôte bastion SSH", en: "SSH bastion" }, check: "scan", checkTitle: { fr, en } });
export const fakeComparison: Result<"comparisons.get">["tables"][number] = {
  id: "access",
  title: { fr: "Deux façons d’entrer", en: "Two ways in" },
  note: { fr: "Ce que vous avez mesuré, à côté de ce que dit le cours.", en: "What you measured, beside what the course says." },
  columns: [{ id: "ssh", title: { fr: "Bastion SSH", en: "SSH bastion" } }, { id: "vpn", title: { fr: "VPN", en: "VPN" } }],
  rows: [
    {
      id: "ports", title: { fr: "Ports TCP qui répondent à l’inconnu", en: "TCP ports that answer the stranger" }, agrees: true,
      cells: [
        { column: "ssh", course: { fr: "22/tcp", en: "22/tcp" }, measured: { text: { fr: "22/tcp", en: "22/tcp" }, values: ["22/tcp"], at: "2026-11-23T14:41:00Z", command: "nmap -Pn 203.0.113.10", lab: "08-ssh-bastion", check: "scan" }, sources: [source("08-ssh-bastion", "L’inconnu ne voit que 22", "The stranger sees 22 alone")] },
        { column: "vpn", course: { fr: "un port du VPN", en: "one port of the VPN" }, sources: [source("07-route-tables-gateways", "L’inconnu ne trouve aucun port", "The stranger finds no port")] },
      ],
    },
    {
      id: "tools", title: { fr: "Outils de la personne", en: "Tools of the person" },
      cells: [
        { column: "ssh", course: { fr: "ssh : pour développeurs", en: "ssh: for developers" }, sources: [source("08-ssh-bastion", "Vous entrez par le bastion", "You enter by the bastion")] },
        { column: "vpn", course: { fr: "un client VPN : pour tous", en: "a VPN client: for everybody" }, sources: [] },
      ],
    },
  ],
};

const silentRow: Exposure["addresses"][number]["rows"][number] = { protocol: "tcp", ports: "1-21,23-1024", count: 1023, state: "filtered", reason: "no-response", predicted: "timeout", agrees: true, why: { reason: "security-group-denies-in", values: { groups: "bastion", what: "tcp", source: "203.0.113.66", node: "bastion" } } };
/** What a scan of the fake lab finds, from whichever machine. */
export const fakeExposure = (from: string): Exposure => ({
  from, at: "2026-11-23T14:41:00Z", milliseconds: 2400, command: "sudo nmap -n -Pn -sS -p T:1-1024 203.0.113.10 203.0.113.30 203.0.113.80", method: "syn", isStale: false, left: 0,
  addresses: [
    { address: "203.0.113.10", holder: "bastion", element: "bastion", gateway: "igw-foo", rows: [{ protocol: "tcp", ports: "22", count: 1, state: "open", reason: "syn-ack", service: "ssh", predicted: "open", agrees: true, why: { reason: "security-group-allows-in", values: { group: "bastion", node: "bastion" }, decidedBy: "tcp 22 from 0.0.0.0/0" } }, silentRow] },
    { address: "203.0.113.30", holder: "nat-foo", element: "nat-foo", gateway: "igw-foo", rows: [silentRow] },
    { address: "203.0.113.80", holder: "whoami", element: "whoami", rows: [{ protocol: "tcp", ports: "80", count: 1, state: "open", reason: "syn-ack", service: "http", predicted: "refused", agrees: false }] },
  ],
});
