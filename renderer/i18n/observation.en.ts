import type { observationFr } from "./observation.fr.ts";

/** Texts of what is observed in machines that run, in English. */
export const observationEn: Readonly<Record<keyof typeof observationFr, string>> = {
  "bytes": "{value} B",
  "kibibytes": "{value} KiB",
  "mebibytes": "{value} MiB",

  "tunnel.title": "{count} {count|tunnel|tunnels}",
  "tunnel.list": "Open tunnels",
  "tunnel.sealed": "encrypted",
  "tunnel.beyond": "beyond, without the tunnel",
  "tunnel.more": "and {count} more",
  "tunnel.ssh-local": "Port {port} of {from} leads, by {to}, to {target}.",
  "tunnel.ssh-local-unknown": "Port {port} of {from} leads to a port that {to} reaches.",
  "tunnel.ssh-dynamic": "Port {port} of {from} is a SOCKS proxy: each connection names its destination, which {to} reaches for it.",
  "tunnel.ssh-remote": "Port {port} of {to} leads back, by {from}, to {target}.",
  "tunnel.ssh-remote-unknown": "Port {port} of {to} leads back to {from}.",
  "tunnel.ssh-jump": "{from} speaks to {target} through {to}, encrypted end to end.",
  "tunnel.wireguard": "WireGuard between {from} and {to}.",
  "tunnel.openvpn": "OpenVPN between {from} and {to}.",
  "tunnel.idle": "No handshake for 3 minutes: it sleeps, or the other end no longer answers.",
  "tunnel.bytes": "{size} went through it.",
  "tunnel.carries": "At this moment: {list}.",

  "comparison.subject": "What is compared",
  "comparison.measured": "You measured",
  "comparison.course": "The course says",
  "comparison.filled": "{filled} of {total} {total|cell|cells} filled.",
  "comparison.agrees": "the course’s order",
  "comparison.differs": "another order than the course’s",
  "comparison.when": "{when}",
  "comparison.whenElsewhere": "lab {lab}, {when}",
  "comparison.nothingMeasures": "the course alone speaks of it",
  "comparison.passHere": "Waits for the check “{check}”.",
  "comparison.passThere": "Waits for “{check}”.",
  "comparison.openLab": "Lab {lab}",
};
