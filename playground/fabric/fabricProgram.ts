/**
 * The fabric program: everything that must be true of a lab's wiring, as data that can be compared. A statement has a key
 * (what it is about) and a text (how it is); two programs differ where a key is missing or its text differs.
 */
export interface FabricProgram {
  /** Network namespaces of routers, NAT gateways, switches and the lab's Internet, in order of creation. */
  readonly namespaces: readonly NamespaceProgram[];
  /** Cables: veth pairs between two ends. */
  readonly links: readonly LinkProgram[];
  /** What is set inside each machine. */
  readonly nodes: readonly NodeProgram[];
}

export interface NamespaceProgram {
  readonly name: string;
  readonly kind: "router" | "internet" | "nat" | "switch";
  /** `net.ipv4.…=value`, set once. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** CIDR addresses on `lo`: the router's own .1 of each subnet. */
  readonly localAddresses: readonly string[];
  readonly rules: readonly RuleProgram[];
  readonly routes: readonly RouteProgram[];
  /** One nftables ruleset, replaced as a whole in one transaction. */
  readonly ruleset: string;
}
/** `ip rule`: traffic that enters by `input` (or any) is looked up in `table`. */
export interface RuleProgram {
  readonly priority: number;
  readonly input: string | undefined;
  /** Undefined in what is taken away: the first rule of that priority, whatever it says. */
  readonly table: number | undefined;
}
export interface RouteProgram {
  readonly table: number;
  /** CIDR, or "default". */
  readonly destination: string;
  readonly kind: "unicast" | "blackhole" | "throw";
  readonly device: string | undefined;
  readonly via: string | undefined;
}
export type LinkEnd =
  | { readonly kind: "namespace"; readonly namespace: string; readonly interface: string; readonly bridge: string | undefined; readonly addresses: readonly string[]; readonly defaultVia: string | undefined }
  | { readonly kind: "node"; readonly node: string; readonly interface: string; readonly addresses: readonly string[]; readonly defaultVia: string | undefined;
      /** The machine has interfaces that are not the lab's, and a default route by one of them, in whose place this one's comes. */
      readonly isGuest?: true };
export interface LinkProgram {
  readonly id: string;
  readonly a: LinkEnd;
  readonly b: LinkEnd;
}
export interface NodeProgram {
  readonly node: string;
  /** Content of /etc/hosts and /etc/resolv.conf: names are the lab's own. Undefined in a machine that keeps its files itself. */
  readonly hosts: string | undefined;
  readonly resolver: string | undefined;
  /** Whether the machine may write its own `net.*` settings (a router of the physical labs turns forwarding on). */
  readonly ownsNetworkSettings: boolean;
}
