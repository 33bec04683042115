/** Texts of faults in Kubernetes clusters, and in what a lab says of them. */
export const clusterFaultTexts = {
  "cluster.name-too-long": { en: "The name {name} has more than {limit} characters; those of the nodes, made from it, would be too long.", fr: "Le nom {name} a plus de {limit} caractères ; ceux des nœuds, qui en viennent, seraient trop longs." },
  "cluster.node-name-taken": { en: "A node of the cluster would be called {name}, as another machine is.", fr: "Un nœud du cluster s’appellerait {name}, comme une autre machine.", hint: { en: "Give one of the two another name.", fr: "Donnez un autre nom à l’un des deux." } },
  "cluster.version": { en: "There is no node image for Kubernetes {value}.", fr: "Il n’y a pas d’image de nœud pour Kubernetes {value}." },
  "cluster.range-size": { en: "{value}: the length must be between /{from} and /{to}.", fr: "{value} : la longueur doit être entre /{from} et /{to}." },
  "cluster.range-overlap": { en: "{value} overlaps {other} ({otherCidr}): an address would mean two things.", fr: "{value} chevauche {other} ({otherCidr}) : une adresse voudrait dire deux choses.", hint: { en: "kind's own ranges are 10.244.0.0/16 for pods and 10.96.0.0/16 for services.", fr: "Les plages habituelles de kind sont 10.244.0.0/16 pour les pods et 10.96.0.0/16 pour les services." } },
  "cluster.block-outside": { en: "{value} is no part of the lab's Internet {internet}.", fr: "{value} n’est pas une partie de l’Internet du lab {internet}." },
  "cluster.block-taken": { en: "{value} holds an address that {other} has already.", fr: "{value} contient une adresse que {other} a déjà.", hint: { en: "Choose a block of which nobody has an address.", fr: "Choisissez un bloc dont personne n’a d’adresse." } },
  "cluster.no-internet-gateway": { en: "The services of {name} would have public addresses, and the VPC {vpc} has no internet gateway.", fr: "Les services de {name} auraient des adresses publiques, et le VPC {vpc} n’a pas de passerelle Internet.", hint: { en: "Add one, or remove load_balancer_cidr_block.", fr: "Ajoutez-en une, ou retirez load_balancer_cidr_block." } },
  "cluster.unknown-image": { en: 'The catalogue has no image "{name}" for clusters.', fr: "Le catalogue n’a pas d’image « {name} » pour les clusters." },
  "lab.unknown-cluster": { en: 'The lab\'s network.yml has no cluster "{name}".', fr: "Le network.yml du lab n’a pas de cluster « {name} »." },
  "lab.cluster-missing": { en: "There are {count} clusters in the lab's network.yml: say which one is meant.", fr: "Il y a {count} clusters dans le network.yml du lab : dites duquel il s’agit.", hint: { en: "Add cluster: NAME.", fr: "Ajoutez cluster: NOM." } },
  "lab.kubernetes-object": { en: "Name the object, or the labels of several: name or label_selector, and not both.", fr: "Nommez l’objet, ou les étiquettes de plusieurs : name ou label_selector, et pas les deux." },
  "lab.kubernetes-count": { en: "count is about a list: it needs label_selector.", fr: "count porte sur une liste : il faut label_selector." },
  "lab.kubernetes-field": { en: "Say one thing of the field: equals, matches, at_least or absent.", fr: "Dites une seule chose du champ : equals, matches, at_least ou absent." },
  "lab.kubernetes-path": { en: '"{value}" is no path of a field.', fr: "« {value} » n’est pas le chemin d’un champ.", hint: { en: 'Write for example status.readyReplicas, spec.containers[*].image or metadata.labels["a.b/c"].', fr: "Écrivez par exemple status.readyReplicas, spec.containers[*].image ou metadata.labels[\"a.b/c\"]." } },
  "lab.kubernetes-absent-fields": { en: "What must not exist has no fields.", fr: "Ce qui ne doit pas exister n’a pas de champs." },
} as const;
