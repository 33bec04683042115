import type { Tunnel } from "../../playground/model/tunnel.ts";

/** What the fake engine observes in its machines. */
export const fakeTunnels: Tunnel[] = [
  { id: "tunnel/ssh-local/laptop/bastion/8080", kind: "ssh-local", from: "laptop", to: "bastion", name: "ssh -L 8080", target: "10.0.80.20:8080", exit: "private-1", carries: ["10.0.80.20:8080"], bytes: 12_600, state: "up" },
  { id: "tunnel/ssh-dynamic/laptop/bastion/1080", kind: "ssh-dynamic", from: "laptop", to: "bastion", name: "ssh -D 1080", carries: [], bytes: 5_800, state: "up" },
];
