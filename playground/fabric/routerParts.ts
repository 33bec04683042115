import type { RouteProgram } from "./fabricProgram.ts";

/** Forwarding without reverse-path filter (routes may be asymmetric on purpose) and without redirects. */
export const routerSysctls = {
  "net.ipv4.ip_forward": "1",
  "net.ipv4.conf.all.rp_filter": "0",
  "net.ipv4.conf.default.rp_filter": "0",
  "net.ipv4.conf.all.send_redirects": "0",
  "net.ipv4.conf.default.send_redirects": "0",
  "net.ipv4.conf.all.proxy_arp": "1",
};

/** The way to one address, on its own cable. */
export const hostRoute = (table: number, address: string, device: string): RouteProgram => ({ table, destination: `${address}/32`, kind: "unicast", device, via: undefined });
