import { describe, expect, it } from "vitest";
import { labCloud } from "../fabric/testPrograms.ts";
import { distinctForPackets } from "./distinctNetworks.ts";

const distinctOf = (id: string, files: readonly string[]): string[] => distinctForPackets(files, (file) => labCloud(id, file));

describe("networks that are the same for packets", () => {
  it("are looked at once where records alone differ", () => {
    expect(distinctOf("04-dns-operations", ["network.yml", "solution/1-ttl.yml", "solution/network.yml"])).toEqual(["network.yml"]);
  });

  it("are different where a route, a rule or a machine is", () => {
    const files = ["network.yml", "solution/1-ground.yml", "solution/2-services.yml", "solution/network.yml", "broken/port-left-open/network.yml"];
    expect(distinctOf("24-full-architecture", files)).toEqual(files);
  });
});
