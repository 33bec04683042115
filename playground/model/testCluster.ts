import { labSchema } from "./lab.ts";

const texts = { fr: "t", en: "t" };

/** For tests: the lab of the cluster labs, with its laptop. */
export const clusterLab = labSchema.parse({
  id: "17-test",
  title: texts,
  summary: texts,
  group: "cluster",
  minutes: 1,
  memory_mb: 1200,
  internet: { hosts: { laptop: { address: "203.0.113.50", role: "laptop", kubeconfig: "main" } } },
});

/** For tests: its network, with a control plane and two workers. */
export const clusterNetworkText = `vpcs:
  foo: { cidr_block: 10.0.0.0/16 }
subnets:
  foo-public: { vpc: foo, cidr_block: 10.0.0.0/21 }
internet_gateways:
  foo-igw: { vpc: foo }
route_tables:
  foo-public:
    vpc: foo
    subnets: [foo-public]
    routes: [{ destination: 0.0.0.0/0, target: foo-igw }]
security_groups:
  cluster:
    vpc: foo
    ingress:
      - { protocol: tcp, port: 6443, cidr_blocks: [0.0.0.0/0] }
      - { protocol: tcp, port: 80, cidr_blocks: [0.0.0.0/0] }
      - { protocol: tcp, from_port: 30000, to_port: 32767, cidr_blocks: [0.0.0.0/0] }
elastic_ips:
  control-plane: { public_ip: 203.0.113.100 }
instances: {}
clusters:
  main:
    version: "1.37"
    subnet: foo-public
    vpc_security_groups: [cluster]
    control_plane: { private_ip: 10.0.0.100, elastic_ip: control-plane }
    workers: [{ private_ip: 10.0.0.101 }, { private_ip: 10.0.0.102 }]
    kubernetes_network_config: { service_ipv4_cidr: 10.96.0.0/16, pod_ipv4_cidr: 10.244.0.0/16 }
    load_balancer_cidr_block: 203.0.113.128/28
    images: ["sample-app:v1"]
`;
