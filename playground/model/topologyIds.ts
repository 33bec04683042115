/** Ids of the elements of a topology: a kind and a name, so that a VPC and an instance may share a name. */
export const internetId = "internet";
export const vpcId = (name: string): string => `vpc/${name}`;
export const subnetId = (name: string): string => `subnet/${name}`;
export const switchId = (name: string): string => `switch/${name}`;
/** Instances, Internet hosts and machines. */
export const nodeId = (name: string): string => `node/${name}`;
export const internetGatewayId = (name: string): string => `internet-gateway/${name}`;
export const natGatewayId = (name: string): string => `nat-gateway/${name}`;
export const peeringConnectionId = (name: string): string => `peering-connection/${name}`;
/** The edge between two elements. */
export const edgeId = (from: string, to: string): string => `edge/${from}/${to}`;
/** The edge that stands for a route of a subnet's table. */
export const routeEdgeId = (subnet: string, destination: string): string => `route/${subnet}/${destination}`;
/** The edge from a load balancer's node to an instance that it sends requests to. */
export const targetEdgeId = (node: string, instance: string): string => `target/${node}/${instance}`;
