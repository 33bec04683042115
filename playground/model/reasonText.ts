import type { Language, Localized } from "./lab.ts";

/** What each reason of a path's hop says; `{name}` is replaced by the hop's value of that name. */
const reasons = {
  sent: { en: "{node} sends a packet to {destination}.", fr: "{node} envoie un paquet à {destination}." },
  answered: { en: "{node} answers {destination}.", fr: "{node} répond à {destination}." },
  "answer-received": { en: "The answer is back at {node}.", fr: "La réponse est de retour à {node}." },
  "answer-not-expected": { en: "{node} receives an answer from an address that it did not ask, and ignores it.", fr: "{node} reçoit une réponse d’une adresse à laquelle il n’a rien demandé, et l’ignore." },
  local: { en: "{destination} is {node} itself: the packet does not leave it.", fr: "{destination} est {node} lui-même : le paquet ne sort pas." },
  "machine-stopped": { en: "{node} is switched off: nobody there hears or sends anything.", fr: "{node} est à l’arrêt : personne n’y entend ni n’envoie rien." },
  listening: { en: "{node} listens on {protocol} port {port}.", fr: "{node} écoute sur le port {protocol} {port}." },
  "not-listening": { en: "{node} does not listen on {protocol} port {port} and says so.", fr: "{node} n’écoute pas sur le port {protocol} {port} et le dit." },
  "listener-unknown": { en: "What {node} does with {protocol} port {port} is not known in advance.", fr: "Ce que {node} fait du port {protocol} {port} n’est pas connu d’avance." },
  echo: { en: "{node} answers the ping.", fr: "{node} répond au ping." },
  "no-route": { en: "The route table {table} of {subnet} has no route for {destination}: the packet is lost without a word.", fr: "La table de routage {table} de {subnet} n’a pas de route pour {destination} : le paquet se perd sans un mot." },
  "route-blackhole": { en: "The route {route} in {table} throws the packet away.", fr: "La route {route} de {table} jette le paquet." },
  "route-local": { en: "{destination} is inside the VPC: the local route {route} delivers it.", fr: "{destination} est dans le VPC : la route locale {route} le remet." },
  route: { en: "The longest prefix of {table} that contains {destination} is {route}: on to {target}.", fr: "Le préfixe le plus long de {table} qui contient {destination} est {route} : vers {target}." },
  "route-more-specific": { en: "{route} in {table} is more specific than the local route: on to {target}.", fr: "{route} dans {table} est plus précise que la route locale : vers {target}." },
  "address-reserved": { en: "{destination} belongs to the VPC's router, which answers nothing.", fr: "{destination} appartient au routeur du VPC, qui ne répond à rien." },
  "address-unused": { en: "No interface of the VPC {vpc} has the address {destination}.", fr: "Aucune interface du VPC {vpc} n’a l’adresse {destination}." },
  "destination-check": { en: "The packet is for {destination}, not for {instance}: its source/destination check drops it.", fr: "Le paquet est pour {destination}, pas pour {instance} : son contrôle source/destination le jette." },
  "forwarded-by-instance": { en: "From here on {instance} decides whether it forwards: no prediction.", fr: "À partir d’ici, {instance} décide s’il transmet : pas de prévision." },
  "nat-translated": { en: "The NAT gateway {gateway} sends it on in its own name: {before} becomes {after}.", fr: "La passerelle NAT {gateway} le transmet en son nom : {before} devient {after}." },
  "nat-restored": { en: "The NAT gateway {gateway} knows the flow and gives the answer back: {before} becomes {after}.", fr: "La passerelle NAT {gateway} connaît le flux et rend la réponse : {before} devient {after}." },
  "nat-inbound": { en: "The NAT gateway {gateway} lets nothing in that was not asked for.", fr: "La passerelle NAT {gateway} ne laisse rien entrer qui n’a été demandé." },
  "nat-without-state": { en: "The answer takes the way of the NAT gateway {gateway}, which saw no question: lost.", fr: "La réponse passe par la passerelle NAT {gateway}, qui n’a pas vu la question : perdue." },
  "nat-loop": { en: "The packet comes back to the NAT gateway {gateway} that sent it: lost.", fr: "Le paquet revient à la passerelle NAT {gateway} qui l’a envoyé : perdu." },
  peering: { en: "The peering connection {peering} takes it from {from} to {to}.", fr: "L’appairage {peering} le porte de {from} à {to}." },
  "peering-not-transitive": { en: "The peering connection {peering} leads to {vpc} ({cidr}) and no further: {destination} is not there.", fr: "L’appairage {peering} mène à {vpc} ({cidr}) et pas plus loin : {destination} n’y est pas." },
  "no-public-address": { en: "{node} has no public address: the internet gateway {gateway} lets nothing of it out.", fr: "{node} n’a pas d’adresse publique : la passerelle Internet {gateway} ne laisse rien sortir de lui." },
  "source-translated": { en: "The internet gateway {gateway} writes the public address: {before} becomes {after}.", fr: "La passerelle Internet {gateway} écrit l’adresse publique : {before} devient {after}." },
  "destination-translated": { en: "The internet gateway {gateway} knows whose address it is: {before} becomes {after}.", fr: "La passerelle Internet {gateway} sait à qui est l’adresse : {before} devient {after}." },
  carried: { en: "It passes through {carrier}, which sees all of it.", fr: "Il passe par {carrier}, qui voit tout." },
  internet: { en: "The Internet delivers it to {node}.", fr: "L’Internet le remet à {node}." },
  "not-on-internet": { en: "{destination} is no address of the Internet: nobody there knows a way to it.", fr: "{destination} n’est pas une adresse de l’Internet : personne n’y connaît de chemin." },
  "internet-unused": { en: "Nobody has the public address {destination}.", fr: "Personne n’a l’adresse publique {destination}." },
  "no-internet-gateway": { en: "The VPC {vpc} has no internet gateway: the public address of {node} leads nowhere.", fr: "Le VPC {vpc} n’a pas de passerelle Internet : l’adresse publique de {node} ne mène nulle part." },
  "acl-allows-in": { en: "Rule {rule} of the network ACL {acl} lets it into {subnet}.", fr: "La règle {rule} de l’ACL réseau {acl} le laisse entrer dans {subnet}." },
  "acl-allows-out": { en: "Rule {rule} of the network ACL {acl} lets it out of {subnet}.", fr: "La règle {rule} de l’ACL réseau {acl} le laisse sortir de {subnet}." },
  "acl-denies-in": { en: "Rule {rule} of the network ACL {acl} keeps it out of {subnet}.", fr: "La règle {rule} de l’ACL réseau {acl} l’empêche d’entrer dans {subnet}." },
  "acl-denies-out": { en: "Rule {rule} of the network ACL {acl} keeps it in {subnet}.", fr: "La règle {rule} de l’ACL réseau {acl} l’empêche de sortir de {subnet}." },
  "acl-depends-on-port": { en: "The network ACL {acl} splits the ephemeral ports at rule {rule}: it depends on the port that the client draws.", fr: "L’ACL réseau {acl} coupe les ports éphémères à la règle {rule} : cela dépend du port que tire le client." },
  "security-group-allows-in": { en: "The security group {group} lets it in to {node}.", fr: "Le groupe de sécurité {group} le laisse entrer dans {node}." },
  "security-group-allows-out": { en: "The security group {group} lets it out of {node}.", fr: "Le groupe de sécurité {group} le laisse sortir de {node}." },
  "security-group-denies-in": { en: "No rule of {groups} lets {what} from {source} into {node}.", fr: "Aucune règle de {groups} ne laisse {what} depuis {source} entrer dans {node}." },
  "security-group-denies-out": { en: "No rule of {groups} lets {what} to {destination} out of {node}.", fr: "Aucune règle de {groups} ne laisse {what} vers {destination} sortir de {node}." },
  "security-group-state": { en: "Security groups are stateful: an answer to what was let through passes at {node}.", fr: "Les groupes de sécurité ont une mémoire : une réponse à ce qui a été admis passe chez {node}." },
  "to-resolver": { en: "{destination} is the resolver of the VPC {vpc}: every subnet reaches it, whatever route tables, network ACLs and security groups say.", fr: "{destination} est le résolveur du VPC {vpc} : chaque sous-réseau l’atteint, quoi que disent tables de routage, ACL réseau et groupes de sécurité." },
  "from-resolver": { en: "The resolver of the VPC {vpc} answers who asked it, past network ACLs and security groups.", fr: "Le résolveur du VPC {vpc} répond à qui l’a interrogé, sans passer par les ACL réseau ni les groupes de sécurité." },
  "resolver-dns-alone": { en: "{destination} is the resolver of the VPC {vpc}: it answers questions about names on port 53, and nothing else.", fr: "{destination} est le résolveur du VPC {vpc} : il répond aux questions sur les noms, au port 53, et à rien d’autre." },
  "resolver-of-others": { en: "{destination} is the resolver of the VPC {vpc}, which only the instances of that VPC can ask.", fr: "{destination} est le résolveur du VPC {vpc} : seules les instances de ce VPC peuvent l’interroger." },
  "resolver-address": { en: "From {destination} a VPC's resolver asks others, and answers nobody.", fr: "Depuis {destination}, le résolveur d’un VPC interroge les autres, et ne répond à personne." },
  "block-to-node": { en: "{destination} belongs to the services of the cluster {cluster}: the internet gateway {gateway} lets it through untranslated, on to {node}.", fr: "{destination} appartient aux services du cluster {cluster} : la passerelle Internet {gateway} le laisse passer sans le traduire, vers {node}." },
  "block-untranslated": { en: "{source} is public already, of the block {block}: the internet gateway {gateway} lets it out as it is.", fr: "{source} est déjà publique, du bloc {block} : la passerelle Internet {gateway} la laisse sortir telle quelle." },
  "cluster-decides": { en: "From here on the services of the cluster {cluster} decide which pod gets it, if any: no prediction.", fr: "À partir d’ici, les services du cluster {cluster} décident quel pod le reçoit, s’il y en a un : pas de prévision." },
  "same-switch": { en: "{node} and {other} share {medium} and a prefix: the packet goes straight there.", fr: "{node} et {other} partagent {medium} et un préfixe : le paquet y va tout droit." },
  "own-tunnel": { en: "{node} may have a tunnel, and decides by itself what goes through it: no prediction.", fr: "{node} peut avoir un tunnel, et décide seul de ce qui y passe : pas de prévision." },
  "beyond-model": { en: "The way from {node} to {destination} depends on what was set inside the machines: no prediction.", fr: "Le chemin de {node} à {destination} dépend de ce qui a été réglé dans les machines : pas de prévision." },
} as const satisfies Record<string, Localized>;
export type ReasonCode = keyof typeof reasons;
export const reasonCodes: readonly string[] = Object.keys(reasons);

/** The sentence for a hop's reason with its values, in one language; an unknown code is shown as it is. */
export function reasonText(hop: { readonly reason: string; readonly values: Readonly<Record<string, string>> }, language: Language): string {
  const text: Localized | undefined = Object.hasOwn(reasons, hop.reason) ? reasons[hop.reason as ReasonCode] : undefined;
  if (!text) return hop.reason;
  return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(hop.values, name) ? (hop.values[name] ?? whole) : whole));
}
