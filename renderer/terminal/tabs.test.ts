import { describe, expect, it } from "vitest";
import { addTab, addTabBeside, focusedKey, joinTabs, noTabs, ordinalOf, recallTabs, rememberTabs, removeTab, showTab, splitTabs, stepTab, tabOfNode, type Tabs } from "./tabs.ts";

const three = (): Tabs => ["a", "b", "c"].reduce((state, key) => addTab(state, { key, node: key === "a" ? undefined : key }), noTabs);

describe("tabs", () => {
  it("shows a new tab in the focused column", () => {
    expect(three()).toMatchObject({ shown: ["c"], focused: 0 });
    const split = splitTabs(three());
    expect(split?.shown).toEqual(["c", "a"]);
    expect(addTab(split ?? noTabs, { key: "d", node: "d" }).shown).toEqual(["c", "d"]);
  });
  it("never shows one tab in two columns", () => {
    const split = splitTabs(three()) ?? noTabs;
    expect(showTab(split, "c")).toMatchObject({ shown: ["c", "a"], focused: 0 });
    let state = split;
    for (let turn = 0; turn < 5; turn++) {
      state = stepTab(state, 1);
      expect(new Set(state.shown).size).toBe(2);
    }
  });
  it("asks for a new tab when every tab is shown", () => {
    const one = addTab(noTabs, { key: "a", node: undefined });
    expect(splitTabs(one)).toBeUndefined();
    expect(addTabBeside(one, { key: "b", node: "x" })).toMatchObject({ shown: ["a", "b"], focused: 1 });
  });
  it("gives a closed tab's column to the nearest hidden tab, else takes the column away", () => {
    expect(removeTab(three(), "c").shown).toEqual(["b"]);
    const split = addTabBeside(addTab(noTabs, { key: "a", node: undefined }), { key: "b", node: "b" });
    expect(removeTab(split, "b")).toEqual({ tabs: [{ key: "a", node: undefined }], shown: ["a"], focused: 0 });
    expect(removeTab(removeTab(split, "b"), "a")).toEqual(noTabs);
  });
  it("goes round with next and previous", () => {
    expect(focusedKey(stepTab(three(), 1))).toBe("a");
    expect(focusedKey(stepTab(stepTab(three(), 1), -1))).toBe("c");
    expect(stepTab(noTabs, 1)).toEqual(noTabs);
  });
  it("sends a node's command to its focused terminal, else to one on screen, else to its first", () => {
    const second = addTabBeside(addTab(addTab(noTabs, { key: "tunnel", node: "laptop" }), { key: "x", node: "x" }), { key: "work", node: "laptop" });
    expect(second.shown).toEqual(["x", "work"]);
    expect(tabOfNode(second, "laptop")?.key).toBe("work");
    expect(tabOfNode({ ...second, shown: ["tunnel", "work"], focused: 1 }, "laptop")?.key).toBe("work");
    expect(tabOfNode({ ...second, shown: ["x"], focused: 0 }, "laptop")?.key).toBe("tunnel");
    expect(tabOfNode(second, "y")).toBeUndefined();
    expect(second.tabs.map((tab) => ordinalOf(second, tab))).toEqual([1, 1, 2]);
  });
  it("joins into the focused column", () => expect(joinTabs({ ...three(), shown: ["a", "b"], focused: 1 })).toMatchObject({ shown: ["b"], focused: 0 }));
  it("comes back from what was remembered, and from nonsense with nothing", () => {
    let count = 0;
    const newKey = () => `k${count++}`;
    const split = splitTabs(three()) ?? noTabs;
    const back = recallTabs(JSON.parse(JSON.stringify(rememberTabs(split))), newKey);
    expect(back.tabs.map((tab) => tab.node)).toEqual([undefined, "b", "c"]);
    expect(rememberTabs(back)).toEqual(rememberTabs(split));
    for (const nonsense of [undefined, 3, "x", {}, { nodes: 3 }]) expect(recallTabs(nonsense, newKey)).toEqual(noTabs);
    expect(recallTabs({ nodes: ["a", 5], shown: [7, "x"], focused: 99 }, newKey)).toMatchObject({ tabs: [{ node: "a" }], focused: 0 });
  });
  it("types into the terminal that was used last, where none of the node is on screen", () => {
    const state = ["a", "b", "c", "d"].reduce((before, key) => addTab(before, { key, node: key === "d" ? "bastion" : "laptop" }), noTabs);
    expect(tabOfNode(state, "laptop", ["d", "b", "c", "a"])?.key).toBe("b");
    expect(tabOfNode(state, "laptop", ["d"])?.key).toBe("a");
    expect(tabOfNode({ ...state, shown: ["d", "a"], focused: 0 }, "laptop", ["d", "b", "a"])?.key).toBe("a");
    expect(tabOfNode(state, "stranger", ["a"])).toBeUndefined();
  });
});
