import type { Cluster } from "../model/cloud.ts";
import { formatAddress, formatPrefix, nthAddress, prefixSize } from "../model/ip.ts";
import { clusterInterface } from "../model/resolveClusters.ts";

/** A node as the others of its cluster know it. */
export interface NodePlace {
  readonly node: string;
  /** Range of its pods. */
  readonly podCidr: string;
  /** Its address in the cluster's own network. */
  readonly address: string;
}

/** Kubectl as the administrator, in the control plane. */
export const kubectl = "kubectl --kubeconfig /etc/kubernetes/admin.conf";

/**
 * What a node does once it has booted, and again each time: pods of other nodes are reached through those, pods leave to the lab by the
 * VPC's interface in their node's name, and what is for no service goes nowhere. `plugin`: whether the network plugin is ours to set up.
 */
export function networkScript(cluster: Cluster, own: NodePlace, others: readonly NodePlace[], plugin: boolean): string {
  const pods = formatPrefix(cluster.podPrefix);
  const masquerade = `POSTROUTING -s ${pods} ! -d ${pods} -o ${clusterInterface} -m comment --comment "pods leave in the name of their node" -j MASQUERADE`;
  const hasBlock = cluster.loadBalancerPrefix && own.node === cluster.members[0]?.node;
  return [
    "set -e",
    // kube-proxy may not have told the kernel yet where a service is. A packet that went out as it is would be remembered as such, and with it
    // every repetition: CoreDNS would find the API server half a minute later. Who is refused begins anew.
    ...["FORWARD", "OUTPUT"].map((chain) => appendRule("filter", `${chain} -d ${formatPrefix(cluster.servicePrefix)} -m comment --comment "no such service" -j REJECT`)),
    // The bridge of the cluster's network has an address of this computer: nobody in the cluster begins anything there. Who came from there is answered.
    "gateway=$(ip -4 -o address show dev eth0 | sed -n 's/.* inet \\([0-9.]*\\)\\.[0-9]*\\/.*/\\1.1/p' | head -1)",
    ...["FORWARD", "OUTPUT"].map((chain) => appendRule("filter", `${chain} -d "$gateway" -m conntrack --ctstate NEW -m comment --comment "this computer" -j REJECT`)),
    "sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0",
    ...(plugin ? others.map(({ podCidr, address }) => `ip route replace ${podCidr} via ${address} dev eth0`) : []),
    appendRule("nat", masquerade),
    // Without it, a packet for an address of the block that no service has would go back to the router, and come again.
    ...(hasBlock && cluster.loadBalancerPrefix ? [`ip route replace blackhole ${formatPrefix(cluster.loadBalancerPrefix)}`] : []),
    ...(plugin ? ["mkdir -p /etc/cni/net.d", `cat > /etc/cni/net.d/10-rempart.conflist <<'END'\n${pluginConfig(own.podCidr)}\nEND`] : []),
    "",
  ].join("\n");
}

const appendRule = (table: string, rule: string): string => `iptables -w -t ${table} -C ${rule} 2> /dev/null || iptables -w -t ${table} -A ${rule}`;

/** A cable to each pod, and an address of the node's range: what kind's own plugin sets up, too. */
function pluginConfig(podCidr: string): string {
  const plugins = [
    { type: "ptp", ipMasq: false, mtu: 1500, ipam: { type: "host-local", dataDir: "/run/cni-ipam-state", routes: [{ dst: "0.0.0.0/0" }], ranges: [[{ subnet: podCidr }]] } },
    { type: "portmap", capabilities: { portMappings: true } },
  ];
  return JSON.stringify({ cniVersion: "0.4.0", name: "rempart", plugins }, undefined, 2);
}

/**
 * CoreDNS knows the cluster, and beyond it asks the VPC's own resolver, where there is one, or nobody. One server of names suffices for a
 * cluster of one computer. It is asked every second whether it is ready: asked every ten, as kubeadm has it, it would often be ten seconds late.
 */
export function dnsScript(resolver: string | undefined): string {
  const beyond = resolver === undefined ? "template ANY ANY {\n        rcode NXDOMAIN\n    }" : `forward . ${resolver}\n    cache 10`;
  const corefile = `cluster.local:53 in-addr.arpa:53 ip6.arpa:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       ttl 30
    }
    cache 10
    loop
    reload
    loadbalance
}
.:53 {
    errors
    ${beyond}
}
`;
  const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "coredns", namespace: "kube-system" }, data: { Corefile: corefile } };
  const spec = { replicas: 1, template: { spec: { containers: [{ name: "coredns", readinessProbe: { periodSeconds: 1 } }] } } };
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "coredns", namespace: "kube-system" }, spec };
  const list = { apiVersion: "v1", kind: "List", items: [configMap, deployment] };
  return ["set -e", `${kubectl} apply --server-side --force-conflicts --validate=false -f - <<'END'\n${JSON.stringify(list)}\nEND`, ""].join("\n");
}

/** Addresses that services of type LoadBalancer may get, in order: without the first and the last of the block, as in a subnet. */
export function serviceAddresses(cluster: Pick<Cluster, "loadBalancerPrefix">): string[] {
  const prefix = cluster.loadBalancerPrefix;
  if (!prefix) return [];
  return Array.from({ length: Number(prefixSize(prefix)) - 2 }, (_, index) => formatAddress(nthAddress(prefix, index + 1)));
}

/** Installs what gives services of type LoadBalancer their addresses, as a cloud's own controller does; kube-proxy does the rest. */
export function balancerScript(addresses: readonly string[]): string {
  return [
    "set -e",
    `cat > /usr/local/sbin/rempart-load-balancer <<'END'\n${balancerProgram(addresses)}END`,
    "chmod 755 /usr/local/sbin/rempart-load-balancer",
    `cat > /etc/systemd/system/rempart-load-balancer.service <<'END'\n${balancerUnit}END`,
    "systemctl daemon-reload",
    "systemctl enable --quiet --now rempart-load-balancer.service",
    "",
  ].join("\n");
}

const balancerUnit = `[Unit]
Description=Addresses of LoadBalancer services
After=kubelet.service

[Service]
ExecStart=/usr/local/sbin/rempart-load-balancer
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
`;

/** Reads its words from the API server alone, and keeps nothing: what a service has stands in its status. */
export function balancerProgram(addresses: readonly string[]): string {
  return `#!/bin/bash
export KUBECONFIG=/etc/kubernetes/admin.conf
wanted() {
  jq -r --argjson block '${JSON.stringify(addresses)}' '
    def given: [.status.loadBalancer.ingress[]?.ip];
    def isOurs: .spec.type == "LoadBalancer" and .spec.loadBalancerClass == null;
    (.items | sort_by(.metadata.creationTimestamp, .metadata.namespace, .metadata.name)) as $all
    | [$all[] | select(isOurs)] as $ours
    | ([$all[] | select((isOurs | not) and .spec.loadBalancerClass == null and given != []) | "\\(.metadata.namespace) \\(.metadata.name) -"]),
      (reduce ($ours[] | select(given == [])) as $one ({free: ($block - [$ours[] | given[]]), lines: []};
        ($one.spec.loadBalancerIP // "") as $wish
        | (if .free | index($wish) then $wish else .free[0] end) as $address
        | if $address == null then . else .free -= [$address] | .lines += ["\\($one.metadata.namespace) \\($one.metadata.name) \\($address)"] end)
      | .lines)
    | .[]'
}
assign() {
  kubectl get services --all-namespaces -o json | wanted | while read -r namespace name address; do
    if [ "$address" = - ]; then ingress=; else ingress='{"ip":"'$address'"}'; fi
    kubectl patch service "$name" --namespace "$namespace" --subresource=status --type=merge --patch '{"status":{"loadBalancer":{"ingress":['"$ingress"']}}}'
  done
}
while :; do
  kubectl get services --all-namespaces --watch --output-watch-events --no-headers 2> /dev/null | while read -r _; do
    # What comes within a moment is one change.
    while read -r -t 0.1 _; do :; done
    assign
  done
  sleep 1
done
`;
}
