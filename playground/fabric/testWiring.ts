import { FakeEngine } from "../engine/fakeEngine.ts";
import { compileFabric } from "./compile.ts";
import { labCloud } from "./testPrograms.ts";
import type { LabWiring } from "./wiring.ts";

/** For tests: a wiring container whose shell keeps the scripts and the one file, and fails where told to. */
export async function fakeContainer(): Promise<{ engine: FakeEngine; container: string; scripts: string[]; failing: { on: string | undefined; netem: "yes" | "no" } }> {
  const scripts: string[] = [];
  const failing: { on: string | undefined; netem: "yes" | "no" } = { on: undefined, netem: "no" };
  let file = "";
  const engine = new FakeEngine(["image"], (_container, _command, stdin) => {
    const script = /^\([^]*?\bset -e\n([^]*)\n\) 2>&1/.exec(stdin)?.[1] ?? "";
    const marker = /rempart-done-\d+/.exec(stdin)?.[0] ?? "";
    scripts.push(script);
    if (script.startsWith("rm -f /dev/shm/rempart-program.json")) file = "";
    if (failing.on !== undefined && script.includes(failing.on)) return `Error: refused ${failing.on}\n\n${marker} 1\n`;
    if (script.startsWith("ip netns add probe-netem")) return `${failing.netem}\n\n${marker} 0\n`;
    if (script.startsWith("cat /dev/shm/rempart-program.json")) return `${file}\n${marker} 0\n`;
    if (script.startsWith("cat > /dev/shm/rempart-program.json.new")) file = script.split("\n")[1] ?? "";
    return `\n${marker} 0\n`;
  });
  const container = await engine.createContainer({ name: "net", image: "image", labels: {}, network: "none" });
  await engine.startContainer(container);
  return { engine, container, scripts, failing };
}

/** For tests: a lab's program, and process ids for its machines. */
const cloud = labCloud("06-vpc-build", "solution/network.yml");
export const program = compileFabric(cloud);
export const pids = new Map(cloud.nodes.map((node, index) => [node.name, 1001 + index]));
/** For tests: the wiring keeps its program in the background: the next script waits for it. */
export const settled = (wiring: LabWiring): Promise<unknown> => wiring.run("true");
