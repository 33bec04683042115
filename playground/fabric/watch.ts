import type { ContainerEngine, ExecStream } from "../engine/containerEngine.ts";

/**
 * Says when anything changes in the lab's namespaces (links, addresses, routes, rules, filters), by following the kernel's own notifications:
 * nothing is polled, so a lab that rests costs nothing.
 */
export class FabricWatch {
  #stream: ExecStream | undefined;

  /**
   * Follows the namespaces named; call again after namespaces were added. `onChange` gets the namespace's name; `onEnd` is called when
   * the notifications end without having been stopped. Throws what the engine throws.
   */
  async start(engine: ContainerEngine, container: string, namespaces: readonly string[], onChange: (namespace: string) => void, onEnd: () => void): Promise<void> {
    this.stop();
    if (namespaces.length === 0) return;
    // The monitors read from the shell's standard input's lifetime: when it closes, all of them end.
    const script = [
      `for name in ${namespaces.join(" ")}; do`,
      "  (ip -n $name monitor link address route rule | while read -r line; do echo $name; done) &",
      "  (ip netns exec $name nft monitor | while read -r line; do echo $name; done) &",
      "done",
      "cat >/dev/null",
      "kill 0",
    ].join("\n");
    // A group of their own, for "kill 0"; with --wait, because the engine closes the streams of a command two seconds after its first process ended.
    const stream = await engine.execStream(container, ["setsid", "--wait", "bash", "-c", script]);
    this.#stream = stream;
    let rest = "";
    stream.stdout.setEncoding("utf8");
    stream.stdout.on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const name of new Set(lines)) onChange(name);
    });
    stream.stderr.resume();
    void stream.ended.catch(() => -1).then(() => {
      if (this.#stream !== stream) return;
      this.#stream = undefined;
      onEnd();
    });
  }

  stop(): void {
    this.#stream?.stdin.end();
    this.#stream?.close();
    this.#stream = undefined;
  }
}
