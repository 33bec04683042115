/**
 * Outlines of the nodes' glyphs, drawn in a square of 24 units with a round pen. They follow Lucide (ISC licence), as single
 * paths so that the canvas and the SVG export share them.
 */
const glyphs = {
  laptop: "M18 5a2 2 0 0 1 2 2v8.526a2 2 0 0 0 .212.897l1.068 2.127a1 1 0 0 1-.9 1.45H3.62a1 1 0 0 1-.9-1.45l1.068-2.127A2 2 0 0 0 4 15.526V7a2 2 0 0 1 2-2zM20.054 15.987H3.946",
  server: "M4 2h16a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zM4 14h16a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2zM6 6h.01M6 18h.01",
  bastion: "M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1z",
  database: "M21 5a9 3 0 1 1-18 0a9 3 0 1 1 18 0zM3 5v14a9 3 0 0 0 18 0V5M3 12a9 3 0 0 0 18 0",
  web: "M22 12a10 10 0 1 1-20 0a10 10 0 1 1 20 0zM12 2a14.5 14.5 0 0 0 0 20a14.5 14.5 0 0 0 0-20M2 12h20",
  router: "M4 14h16a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2zM6 18h.01M10 18h.01M15 10v4M17.84 7.17a4 4 0 0 0-5.66 0M20.66 4.34a8 8 0 0 0-11.31 0",
  resolver: "M12 5v16M16 13h2M16 9h2M20.001 19A2 2 0 0 0 22 17V5a2 2 0 0 0-1.999-2L16 3.002A5 5 0 0 0 12 5a5 5 0 0 0-4-2H4a2 2 0 0 0-2 2v12a2 2 0 0 0 1.999 2H8a5 5 0 0 1 4 2a5 5 0 0 1 4-2zM6 13h2M6 9h2",
  balancer: "M12 3v18M19 8l3 8a5 5 0 0 1-6 0zV7M3 7h1a17 17 0 0 0 8-2a17 17 0 0 0 8 2h1M5 8l3 8a5 5 0 0 1-6 0zV7M7 21h10",
  stranger: "M16.5 16.5l5 5M2 21a8 8 0 0 1 11.531-7.18M21.5 16.5l-5 5M15 8a5 5 0 1 1-10 0a5 5 0 1 1 10 0z",
  proxy: "M15.686 15A14.5 14.5 0 0 1 12 22a14.5 14.5 0 0 1 0-20a10 10 0 1 0 9.542 13M2 12h8.5M20 6V4a2 2 0 1 0-4 0v2M15 6h6a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1z",
  pod: "M21 8a2 2 0 0 0-1-1.73l-7-4a2 2 0 0 0-2 0l-7 4A2 2 0 0 0 3 8v8a2 2 0 0 0 1 1.73l7 4a2 2 0 0 0 2 0l7-4A2 2 0 0 0 21 16ZM3.3 7l8.7 5l8.7-5M12 22V12",
  exchange: "M16 3l4 4l-4 4M20 7H4M8 21l-4-4l4-4M4 17h16",
  plus: "M12 5v14M5 12h14",
  network: "M17 16h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-4a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1zM3 16h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1zM10 2h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-4a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zM5 16v-3a1 1 0 0 1 1-1h12a1 1 0 0 1 1 1v3M12 12V8",
} as const;

const byRole: Readonly<Record<string, string>> = {
  laptop: glyphs.laptop, server: glyphs.server, bastion: glyphs.bastion, database: glyphs.database, resolver: glyphs.resolver,
  "load-balancer": glyphs.balancer, router: glyphs.router, proxy: glyphs.proxy, web: glyphs.web, stranger: glyphs.stranger, pod: glyphs.pod,
  "name-server": glyphs.network,
};

/** The outline for a node; an unknown role looks like a server. */
export function glyphFor(kind: string, role: string): string {
  if (kind === "nat-gateway" || kind === "peering-connection") return glyphs.exchange;
  if (kind === "internet-gateway") return glyphs.plus;
  if (kind === "service") return role === "LoadBalancer" ? glyphs.balancer : glyphs.network;
  if (kind === "ingress") return glyphs.web;
  return byRole[role] ?? glyphs.server;
}

export const foldedGlyph = glyphs.network;

/** Signs in clusters: the mesh's proxy beside an app, a restart; traffic in mTLS, in the clear, refused, and of which nothing is known. */
export const clusterSigns = {
  sidecar: "M11 3v12H4zM14 8l6 7h-6zM3 19c3 2 6 2 9 0s6-2 9 0",
  restart: "M3 12a9 9 0 1 0 9-9a9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5",
  mtls: "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 11V7a5 5 0 0 1 10 0v4",
  plain: "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 11V7a5 5 0 0 1 9.6-2M2 2l20 20",
  refused: "M22 12a10 10 0 1 1-20 0a10 10 0 1 1 20 0zM4.9 4.9l14.2 14.2",
  unknown: "M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 18h.01",
} as const;

/** Signs of what a scan found: nothing answers; measured before the last change; not as predicted. */
export const exposureSigns = {
  silent: "M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1zM9 12l2 2l4-4",
  stale: "M22 12a10 10 0 1 1-20 0a10 10 0 1 1 20 0zM12 6v6l4 2",
  differs: "M12 3v12M12 20h.01",
} as const;
