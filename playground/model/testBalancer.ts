import { edit, testLabText, testNetworkText } from "./testCloud.ts";

/** The test network with a balancer in front of two apps: hosts, paths, methods, a redirect, a fixed answer, a share. */
const balancing = `
target_groups:
  apps: {vpc: foo, port: 8080, deregistration_delay: 5, health_check: {interval: 5, timeout: 2, healthy_threshold: 2, unhealthy_threshold: 2}, targets: [app, {instance: web, port: 8081}]}
  wiki: {vpc: foo, port: 8080, health_check: {path: "/health?deep=1", port: 9000, matcher: "200,301-399"}, targets: [app]}
  empty: {vpc: foo, port: 80}
load_balancers:
  public: {security_groups: [web-sg], subnet_mappings: [{subnet: foo-public, private_ipv4_address: 10.0.0.21, elastic_ip: lb-ip}]}
listeners:
  http: {load_balancer: public, port: 80, default_action: {type: forward, target_group: apps}}
  old: {load_balancer: public, port: 8000, default_action: {type: redirect, redirect: {port: 80, status_code: HTTP_301}}}
listener_rules:
  wiki: {listener: http, priority: 20, conditions: [{host_header: [wiki.example.com, "*.wiki.example.com"]}, {path_pattern: ["/docs/*"]}], action: {type: forward, forward: {target_groups: [{target_group: wiki, weight: 9}, {target_group: empty}]}}}
  sorry: {listener: http, priority: 5, conditions: [{http_request_method: [POST]}, {source_ip: [203.0.113.0/24]}, {http_header: {http_header_name: User-Agent, values: ["*o'clock?"]}}], action: {type: fixed-response, fixed_response: {content_type: text/plain, status_code: 404, message_body: "Not here, it's closed"}}}
`;

export const balancerLabText = testLabText;
export const balancerNetworkText = edit(testNetworkText, ["  nat-ip:", "  lb-ip: {public_ip: 203.0.113.21}\n  nat-ip:"], ["outputs:", `${balancing.trim()}\noutputs:\n  site: "\${load_balancers.public.public_ip} \${load_balancers.public.dns_name}"`]);
