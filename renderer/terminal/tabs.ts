/** A tab: a terminal on a node, or a local shell when `node` is undefined. Keys are unique in the window. */
export interface Tab {
  readonly key: string;
  readonly node: string | undefined;
}

/** Which tabs there are, which are shown (one per column, left to right), and which column has the focus. Immutable. */
export interface Tabs {
  readonly tabs: readonly Tab[];
  readonly shown: readonly string[];
  readonly focused: number;
}

export const noTabs: Tabs = { tabs: [], shown: [], focused: 0 };
export const largestSplit = 3;

/** The tab that has the focus. */
export function focusedKey(state: Tabs): string | undefined {
  return state.shown[state.focused];
}

/**
 * The tab that a command for a node goes to: the focused one if it is of that node, else one that is shown, else the one that had the
 * focus last (`recent`: keys, the latest first), else the first.
 */
export function tabOfNode(state: Tabs, node: string | undefined, recent: readonly string[] = []): Tab | undefined {
  const candidates = state.tabs.filter((tab) => tab.node === node);
  const lastUsed = candidates.find((tab) => tab.key === recent.find((key) => candidates.some((other) => other.key === key)));
  return candidates.find((tab) => tab.key === focusedKey(state)) ?? candidates.find((tab) => state.shown.includes(tab.key)) ?? lastUsed ?? candidates[0];
}

/** Which of its node's terminals a tab is, counted from 1. */
export function ordinalOf({ tabs }: Tabs, { key, node }: Tab): number {
  return tabs.filter((other) => other.node === node).findIndex((other) => other.key === key) + 1;
}

/** Adds a tab and shows it in the focused column. */
export function addTab(state: Tabs, tab: Tab): Tabs {
  return showTab({ ...state, tabs: [...state.tabs, tab] }, tab.key);
}

/** Shows a tab: in its own column where it already is, else in the focused one. */
export function showTab(state: Tabs, key: string): Tabs {
  if (!state.tabs.some((tab) => tab.key === key)) return state;
  const column = state.shown.indexOf(key);
  if (column >= 0) return { ...state, focused: column };
  if (state.shown.length === 0) return { ...state, shown: [key], focused: 0 };
  return { ...state, shown: state.shown.map((other, index) => (index === state.focused ? key : other)) };
}

/** Removes a tab; its column shows the nearest tab that is not shown yet, or goes. */
export function removeTab(state: Tabs, key: string): Tabs {
  const place = state.tabs.findIndex((tab) => tab.key === key);
  if (place < 0) return state;
  const tabs = state.tabs.filter((tab) => tab.key !== key);
  const column = state.shown.indexOf(key);
  if (column < 0) return { ...state, tabs };
  const free = tabs.filter((tab) => !state.shown.includes(tab.key));
  const nearest = free.sort((a, b) => Math.abs(tabs.indexOf(a) - place) - Math.abs(tabs.indexOf(b) - place))[0];
  const shown = nearest === undefined ? state.shown.filter((other) => other !== key) : state.shown.map((other) => (other === key ? nearest.key : other));
  return { tabs, shown, focused: Math.max(0, Math.min(state.focused, shown.length - 1)) };
}

/** Opens one more column with a tab that is not shown yet; undefined when every tab is shown, so that a new one is needed. */
export function splitTabs(state: Tabs): Tabs | undefined {
  if (state.shown.length >= largestSplit) return state;
  const after = state.tabs.findIndex((tab) => tab.key === focusedKey(state));
  const free = [...state.tabs.slice(after + 1), ...state.tabs.slice(0, after + 1)].find((tab) => !state.shown.includes(tab.key));
  return free === undefined ? undefined : { ...state, shown: [...state.shown, free.key], focused: state.shown.length };
}

/** Adds a tab in a column of its own. */
export function addTabBeside(state: Tabs, tab: Tab): Tabs {
  if (state.shown.length >= largestSplit) return addTab(state, tab);
  return { tabs: [...state.tabs, tab], shown: [...state.shown, tab.key], focused: state.shown.length };
}

/** Back to one column, the focused one. */
export function joinTabs(state: Tabs): Tabs {
  const key = focusedKey(state);
  return key === undefined ? state : { ...state, shown: [key], focused: 0 };
}

/** The next or previous tab in the focused column, leaving out those that other columns show. */
export function stepTab(state: Tabs, by: 1 | -1): Tabs {
  const key = focusedKey(state);
  const free = state.tabs.filter((tab) => tab.key === key || !state.shown.includes(tab.key));
  const place = free.findIndex((tab) => tab.key === key);
  const next = free[(place + by + free.length) % Math.max(1, free.length)];
  return next === undefined ? state : showTab(state, next.key);
}

/** What is remembered of the tabs between two sessions. */
export interface RememberedTabs {
  readonly nodes: readonly (string | null)[];
  readonly shown: readonly number[];
  readonly focused: number;
}

export function rememberTabs(state: Tabs): RememberedTabs {
  return { nodes: state.tabs.map((tab) => tab.node ?? null), shown: state.shown.map((key) => state.tabs.findIndex((tab) => tab.key === key)), focused: state.focused };
}

/** Rebuilds tabs from what was remembered; anything else than that gives none. */
export function recallTabs(value: unknown, newKey: () => string): Tabs {
  if (typeof value !== "object" || value === null || !("nodes" in value) || !Array.isArray(value.nodes)) return noTabs;
  const nodes: unknown[] = value.nodes;
  const tabs = nodes.filter((node): node is string | null => node === null || typeof node === "string").slice(0, 50).map((node) => ({ key: newKey(), node: node ?? undefined }));
  const places: unknown[] = "shown" in value && Array.isArray(value.shown) ? value.shown : [];
  const shown = [...new Set(places.flatMap((place) => (typeof place === "number" ? (tabs[place]?.key ?? []) : [])))].slice(0, largestSplit);
  const first = tabs[0];
  if (shown.length === 0 && first !== undefined) shown.push(first.key);
  const focused = "focused" in value && typeof value.focused === "number" ? value.focused : 0;
  return { tabs, shown, focused: Math.max(0, Math.min(Math.trunc(focused), shown.length - 1)) };
}
