import type { Benchmark } from "./measurement.ts";

/** Frames per second of the topology in the window. There is no page yet that draws 500 nodes by itself, so nothing is claimed. */
export const topologyFrames: Benchmark = {
  title: "Topology of 500 nodes",
  run: () =>
    Promise.resolve([
      { name: "pan and zoom", value: undefined, unit: "frames/s", limit: undefined, note: "needs a browser and a page that draws 500 nodes" },
      { name: "a state change until it is on screen", value: undefined, unit: "ms", limit: undefined, note: "needs the same page" },
    ]),
};
