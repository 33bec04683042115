import { z } from "zod";
import { addressSchema, cidrSchema, nameSchema, tagsSchema } from "./networkBasics.ts";

/**
 * Kubernetes clusters, with the attribute names of the AWS provider's `aws_eks_cluster` where it has them. Nodes are written out, as
 * their addresses are what a lab is about. What the schema cannot say is in validateClusters.ts.
 */

/** The minor versions of Kubernetes of which there is a node image, newest first. */
export const kubernetesVersions = ["1.37"] as const;

export const clusterNodeSchema = z.strictObject({
  private_ip: addressSchema.optional().meta({ description: "When left out, the first free address from .4 on" }),
  elastic_ip: nameSchema.optional().meta({ description: "Elastic IP of the node; when left out, one of the lab's pool where the subnet maps public addresses on launch" }),
});

export const clusterSchema = z.strictObject({
  version: z.string().regex(/^1\.\d{1,2}$/, 'a version is for example "1.37", in quotes').default(kubernetesVersions[0]).meta({ description: "Kubernetes, without the patch level" }),
  subnet: nameSchema.meta({ description: "Subnet in which every node has an interface" }),
  vpc_security_groups: z.array(nameSchema).default([]).meta({ description: "Of the nodes' interfaces; when empty, the VPC's default group. Pods among themselves are not filtered by them" }),
  control_plane: clusterNodeSchema.prefault({}),
  workers: z.array(clusterNodeSchema).max(3).default([]).meta({ description: "Nodes beside the control plane; without any, pods run on the control plane" }),
  kubernetes_network_config: z
    .strictObject({
      service_ipv4_cidr: cidrSchema.default("10.96.0.0/16"),
      // In EKS pods have addresses of the VPC; in kind, as in most clusters, they have a range of their own.
      pod_ipv4_cidr: cidrSchema.default("10.244.0.0/16").meta({ description: "Each node gets a /24 of it for its pods" }),
    })
    .prefault({}),
  load_balancer_cidr_block: cidrSchema.optional().meta({ description: "Part of the lab's Internet from which services of type LoadBalancer get their addresses" }),
  images: z.array(z.string().regex(/^[a-z0-9][a-z0-9._/-]*:[A-Za-z0-9._-]+$/, "an image is NAME:TAG")).default([]).meta({ description: "Images of the catalogue that the nodes have; nothing is ever pulled" }),
  tags: tagsSchema,
});
