import type { CheckObservation, Diagnostic, LabDetail, LabSummary } from "../../playground/contract/contract.ts";
import type { Localized } from "../../playground/model/lab.ts";
import type { Topology, TopologyNode } from "../../playground/model/topology.ts";

const both = (fr: string, en: string): Localized => ({ fr, en });

export const natRoute = "      - destination: 0.0.0.0/0\n        target: nat-foo\n";
export const fakeNetwork = `# Votre nuage, écrit comme du code.
vpcs:
  foo:
    cidr_block: 10.0.0.0/16
  bar:
    cidr_block: 10.1.0.0/16

subnets:
  foo-public:
    vpc: foo
    cidr_block: 10.0.0.0/21
    map_public_ip_on_launch: true
  foo-private:
    vpc: foo
    cidr_block: 10.0.80.0/21
  bar-private:
    vpc: bar
    cidr_block: 10.1.80.0/21

peering_connections:
  foo-bar: { vpc: foo, peer_vpc: bar }

route_tables:
  foo-private:
    vpc: foo
    subnets: [foo-private]
    routes:
      - destination: 10.1.0.0/16
        target: foo-bar
${natRoute}
instances:
  private-1:
    subnet: foo-private
    private_ip: 10.0.80.20
    services: [ssh, app]
`;

const summary = (id: string, group: LabSummary["group"], title: Localized, text: Localized, minutes: number, memoryMegabytes: number, rest: Partial<LabSummary> = {}): LabSummary => ({
  id, group, title, summary: text, minutes, memoryMegabytes, buildsOn: [], phase: "stopped", passedChecks: 0, totalChecks: 7, nodeCount: 9, ...rest,
});

export const fakeLabs: LabSummary[] = [
  summary("01-cable-switch-router", "physical", both("Câble, commutateur, routeurs", "Cable, switch, routers"), both("Relier deux bureaux, lire une table ARP et dire pourquoi un routeur est nécessaire.", "Join two offices, read an ARP table and say why a router is needed."), 40, 60, { passedChecks: 7 }),
  summary("06-vpc-build", "private-networks", both("Construire un VPC", "Build a VPC"), both("Bâtir un VPC avec un sous-réseau public et un privé, et prouver qui joint qui.", "Build a VPC with a public and a private subnet, and prove who reaches whom."), 50, 180, { passedChecks: 7 }),
  summary("07-route-tables-gateways", "private-networks", both("Tables de routage et passerelles", "Route tables and gateways"), both("Donner une sortie à un sous-réseau privé, appairer deux VPC et prédire quelle route l’emporte.", "Give a private subnet a way out, peer two VPCs and predict which route wins."), 60, 214, { buildsOn: ["06-vpc-build"], phase: "running", passedChecks: 3, totalChecks: 8 }),
  summary("08-ssh-bastion", "access", both("Hôte bastion SSH", "SSH bastion"), both("Entrer par une seule porte : clés, empreintes, journal, et ce que voit un inconnu.", "Enter by one door: keys, fingerprints, the log, and what a stranger sees."), 55, 190, { buildsOn: ["06-vpc-build"] }),
];

const step = (id: string, title: Localized, body: Localized, checks: [string, Localized, string?][], rest: Partial<LabDetail["steps"][number]> = {}): LabDetail["steps"][number] => ({
  id, title, body, checks: checks.map(([check, name, from]) => ({ id: check, title: name, ...(from ? { from } : {}) })), hintCount: 0, hints: [], questions: [], canSolve: true, solved: false, ...rest,
});

export const fakeHints = [
  both("Pourquoi ce paquet n’arrive-t-il pas ? Lisez la table de `foo-private` dans l’inspecteur.", "Why does this packet not arrive? Read the table of `foo-private` in the inspector."),
  both("`0.0.0.0/0` veut dire « tout le reste ». Quelle passerelle traduit les adresses ?", "`0.0.0.0/0` means “everything else”. Which gateway translates addresses?"),
  both("Ajoutez `destination: 0.0.0.0/0` et `target: nat-foo` à `routes`.", "Add `destination: 0.0.0.0/0` and `target: nat-foo` to `routes`."),
];

const found = fakeLabs[2];
if (!found) throw new Error("lab 07 is missing");
export const fakeDetail: LabDetail = {
  ...found,
  ours: true,
  scenes: [],
  introduction: both(
    "Un VPC isole. Pour qu’un paquet en sorte, il faut **une route et une passerelle**. Dans ce lab, le sous-réseau privé de Foo apprend trois destinations, une à une.\n\n> [!IDEA]\n> Une table de routage répond à une seule question : *où envoyer ce paquet ensuite ?*",
    "A VPC isolates. For a packet to leave it takes **a route and a gateway**. In this lab the private subnet of Foo learns three destinations, one by one.\n\n> [!IDEA]\n> A route table answers a single question: *where does this packet go next?*",
  ),
  steps: [
    step("read-table", both("Lire la table du sous-réseau privé", "Read the private subnet's table"), both("Regardez la table.\n\n```sh private-1\nip route\n```", "Look at the table.\n\n```sh private-1\nip route\n```"), [["table-read", both("la table de foo-private a une route locale", "foo-private's table has a local route")]]),
    step("peering", both("Appairer les VPC Foo et Bar", "Peer the VPCs Foo and Bar"), both("Appairez-les.", "Peer them."), [["peering-up", both("l’appairage est actif", "the peering is active")]]),
    step(
      "nat",
      both("Donner une sortie au sous-réseau privé", "Give the private subnet a way out"),
      both(
        "La machine privée ne sort pas : sa table ne dit rien de `0.0.0.0/0`. Ajoutez la route vers la passerelle NAT dans `network.yml`, puis appliquez.\n\n> [!TRY]\n> Mesurez d’abord le silence :\n\n```sh private-1\ncurl -m 3 http://203.0.113.80/\n```\n\n| Destination | Cible |\n|---|---|\n| `10.0.0.0/16` | local |\n| `10.1.0.0/16` | VPC Bar |\n\n> [!LOOK]\n> Le paquet s’arrête **au routeur** : rien ne répond, le délai expire.\n\n> [!CAREFUL]\n> Un délai dépassé n’est pas un refus.",
        "The private machine cannot get out: its table says nothing of `0.0.0.0/0`. Add the route to the NAT gateway in `network.yml`, then apply.\n\n> [!TRY]\n> Measure the silence first:\n\n```sh private-1\ncurl -m 3 http://203.0.113.80/\n```\n\n> [!LOOK]\n> The packet stops **at the router**: nothing answers, the time runs out.\n\n> [!CAREFUL]\n> A time-out is not a refusal.",
      ),
      [["bar-peer", both("private-1 joint bar-1 par l’appairage", "private-1 reaches bar-1 through the peering"), "private-1"], ["nat-exit", both("private-1 sort par la passerelle NAT", "private-1 leaves through the NAT gateway"), "private-1"], ["nat-inbound", both("personne n’entre par la passerelle NAT", "nobody comes in through the NAT gateway"), "laptop"]],
      { hintCount: 3, questions: [{ id: "why-nat", text: both("Pourquoi une connexion nouvelle vers 203.0.113.30 échoue-t-elle ?", "Why does a new connection to 203.0.113.30 fail?"), answer: "" }] },
    ),
    step("longest", both("La route la plus précise gagne", "The most specific route wins"), both("Ajoutez `203.0.113.80/32` vers `blackhole`.", "Add `203.0.113.80/32` to `blackhole`."), [["blackhole", both("203.0.113.80 seul se tait", "203.0.113.80 alone is silent"), "private-1"]]),
    step("proxy", both("Un mandataire qui filtre la sortie", "A proxy that filters the way out"), both("Par le mandataire.", "Through the proxy."), [["proxy-allowed", both("allowed.example passe", "allowed.example passes"), "private-1"], ["proxy-denied", both("forbidden.example est refusé", "forbidden.example is refused"), "private-1"]]),
  ],
};

const check = (id: string, state: CheckObservation["state"], text?: Localized, rest: Partial<CheckObservation> = {}): CheckObservation => ({ id, state, command: "", output: "", milliseconds: 0, ...(text ? { summary: text } : {}), at: "2026-11-23T14:41:00Z", ...rest });
export const fakeChecks: CheckObservation[] = [
  check("table-read", "passed", both("10.0.0.0/16 → local", "10.0.0.0/16 → local")),
  check("peering-up", "passed", both("appairage foo-bar actif", "peering foo-bar active")),
  check("bar-peer", "passed", both("200 en 3 ms, bar-1 a vu 10.0.80.20", "200 in 3 ms, bar-1 saw 10.0.80.20"), { command: "curl -m 3 http://10.1.80.20:8080/", output: "HTTP/1.1 200 OK\n\nHello, World!", milliseconds: 3 }),
  check("nat-exit", "failed", both("délai dépassé (3 s) : aucune route pour 203.0.113.80", "timed out (3 s): no route for 203.0.113.80"), { command: "curl -m 3 http://203.0.113.80/", output: "curl: (28) Connection timed out after 3001 milliseconds", milliseconds: 3001 }),
  check("nat-inbound", "blocked"),
];

export const fakeDiagnostics: Diagnostic[] = [
  { id: "docker", title: both("Moteur Docker", "Docker Engine"), state: "ok", detail: both("Docker 20.10.24 répond.", "Docker 20.10.24 answers."), canFix: false },
  { id: "memory", title: both("Mémoire libre", "Free memory"), state: "warning", detail: both("2,1 Go libres ; le plus grand lab en veut 1,5.", "2.1 GB free; the largest lab wants 1.5."), advice: both("Fermez ce qui ne sert pas avant le lab 24.", "Close what you do not need before lab 24."), canFix: false },
  { id: "instance-image", title: both("Image « instance »", "Image “instance”"), state: "failed", detail: both("L’image des machines n’est pas encore là.", "The image of the machines is not there yet."), advice: both("Rempart peut la construire en une minute environ.", "Rempart can build it in about a minute."), canFix: true },
];

const node = (name: string, kind: TopologyNode["kind"], role: string, address: string | undefined, parent: string, publicAddress?: string): TopologyNode => ({
  id: name, kind, role, name, parent, resourceId: `i-${name}`, terminal: kind === "instance" || kind === "internet-host", securityGroups: [], services: [], ...(address ? { address } : {}), ...(publicAddress ? { publicAddress } : {}),
});
export const fakeTopology: Topology = {
  boxes: [
    { id: "internet", kind: "internet", name: "Internet", cidr: "203.0.113.0/24" },
    { id: "vpc-foo", kind: "vpc", name: "Foo", cidr: "10.0.0.0/16" },
    { id: "vpc-bar", kind: "vpc", name: "Bar", cidr: "10.1.0.0/16" },
    { id: "foo-public", kind: "subnet", name: "foo-public", cidr: "10.0.0.0/21", parent: "vpc-foo", isPublic: true, zone: "a" },
    { id: "foo-private", kind: "subnet", name: "foo-private", cidr: "10.0.80.0/21", parent: "vpc-foo", isPublic: false, zone: "a", routeTable: "foo-private" },
    { id: "bar-private", kind: "subnet", name: "bar-private", cidr: "10.1.80.0/21", parent: "vpc-bar", isPublic: false, zone: "a" },
  ],
  nodes: [
    node("laptop", "internet-host", "laptop", "203.0.113.50", "internet"),
    node("resolver", "internet-host", "resolver", "203.0.113.53", "internet"),
    node("stranger", "internet-host", "stranger", "203.0.113.66", "internet"),
    node("whoami", "internet-host", "web", "203.0.113.80", "internet"),
    node("igw-foo", "internet-gateway", "router", undefined, "vpc-foo"),
    node("nat-foo", "nat-gateway", "router", "10.0.0.5", "foo-public", "203.0.113.30"),
    node("bastion", "instance", "bastion", "10.0.0.10", "foo-public", "203.0.113.10"),
    node("lb-1", "instance", "load-balancer", "10.0.0.20", "foo-public"),
    node("private-1", "instance", "server", "10.0.80.20", "foo-private"),
    node("private-2", "instance", "server", "10.0.80.21", "foo-private"),
    node("bar-1", "instance", "server", "10.1.80.20", "bar-private"),
    node("foo-bar", "peering-connection", "router", undefined, "vpc-foo"),
  ],
  edges: [{ id: "foo-bar:peering", kind: "peering", from: "vpc-foo", to: "vpc-bar", label: "foo-bar" }],
};
