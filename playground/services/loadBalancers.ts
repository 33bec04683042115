import type { ExecOptions, ExecResult } from "../engine/containerEngine.ts";
import { balancerConfiguration } from "../model/balancerConfiguration.ts";
import { balancerProgramPath } from "../model/balancerProgram.ts";
import type { Cloud } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";

type Exec = (node: string, command: readonly string[], options?: ExecOptions) => Promise<ExecResult>;

/** A machine that was started this moment may not have written its files yet: the program is waited for, then it waits for HAProxy. */
const order = 'for _ in {1..150}; do test -x "$0" && break; sleep 0.1; done; exec "$0" apply';
/** A node that just boots is waited for; then an order takes a tenth of a second, or 15 s where HAProxy does not take it. */
const limitMilliseconds = 60_000;

/**
 * Brings listeners, rules, target groups and health checks to the nodes of the load balancers, while these go on answering. A node that has
 * them already is left alone. Returns once what is new is in force everywhere, and what is old takes no request any more.
 *
 * @throws RempartError `lab.load-balancer` when a node does not take its configuration; it goes on with the one that it had.
 */
export async function applyLoadBalancers(cloud: Cloud, exec: Exec): Promise<void> {
  await Promise.all(
    cloud.loadBalancers.flatMap((balancer) => {
      const configuration = balancerConfiguration(cloud, balancer);
      return balancer.nodes.map(async ({ node }) => {
        const result = await exec(node, ["bash", "-c", order, balancerProgramPath], { user: "root", stdin: configuration, timeoutMilliseconds: limitMilliseconds });
        if (result.exitCode === 0) return;
        throw new RempartError("lab.load-balancer", `The load balancer ${node} did not take its listeners and target groups: ${`${result.stdout}${result.stderr}`.trim()}`, {
          kept: "The machines and the network run; the load balancer goes on as it was.",
          next: "Apply again; if that does not help, restart the load balancer's node.",
        });
      });
    }),
  );
}
