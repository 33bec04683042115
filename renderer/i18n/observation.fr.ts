/** Texts of what is observed in machines that run: tunnels, DNS, scans, comparisons. In French. */
export const observationFr = {
  "bytes": "{value} o",
  "kibibytes": "{value} Kio",
  "mebibytes": "{value} Mio",

  "tunnel.title": "{count} {count|tunnel|tunnels}",
  "tunnel.list": "Tunnels ouverts",
  "tunnel.sealed": "chiffré",
  "tunnel.beyond": "au-delà, sans le tunnel",
  "tunnel.more": "et {count} de plus",
  "tunnel.ssh-local": "Le port {port} de {from} mène, par {to}, à {target}.",
  "tunnel.ssh-local-unknown": "Le port {port} de {from} mène à un port que {to} atteint.",
  "tunnel.ssh-dynamic": "Le port {port} de {from} est un mandataire SOCKS : chaque connexion nomme sa destination, que {to} atteint pour elle.",
  "tunnel.ssh-remote": "Le port {port} de {to} ramène, par {from}, à {target}.",
  "tunnel.ssh-remote-unknown": "Le port {port} de {to} ramène à {from}.",
  "tunnel.ssh-jump": "{from} parle à {target} à travers {to}, chiffré de bout en bout.",
  "tunnel.wireguard": "WireGuard entre {from} et {to}.",
  "tunnel.openvpn": "OpenVPN entre {from} et {to}.",
  "tunnel.idle": "Aucune poignée de main depuis 3 minutes : il dort, ou l’autre bout ne répond plus.",
  "tunnel.bytes": "{size} y sont passés.",
  "tunnel.carries": "En ce moment : {list}.",
} as const;
