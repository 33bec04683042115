import { createStore, type StoreApi } from "zustand/vanilla";
import type { EventData, RempartClient } from "../../playground/contract/contract.ts";
import { onReturn } from "../state/connection.ts";
import type { LabStore } from "../state/labStore.ts";
import { addTab, addTabBeside, focusedKey, joinTabs, noTabs, recallTabs, rememberTabs, removeTab, showTab, splitTabs, stepTab, tabOfNode, type Tab, type Tabs } from "./tabs.ts";
import { EarlyEvents } from "./earlyEvents.ts";
import { nextStep } from "./nextStep.ts";
import { TerminalSession } from "./TerminalSession.ts";

export interface DeskState {
  readonly tabs: Tabs;
  /** Rises when a session's state changed. */
  readonly version: number;
  readonly searching: boolean;
}

export interface DeskPreferences {
  readonly copyOnSelect: boolean;
  readonly fontSize: number;
}

/** All terminals of one lab in this window: tabs, their sessions, and the way from events to sessions. */
export class TerminalDesk {
  readonly store: StoreApi<DeskState> = createStore<DeskState>(() => ({ tabs: noTabs, version: 0, searching: false }));
  preferences: DeskPreferences = { copyOnSelect: false, fontSize: 13 };
  private readonly client: RempartClient;
  private readonly lab: LabStore;
  private readonly sessions = new Map<string, TerminalSession>();
  private readonly early = new EarlyEvents();
  private stops: (() => void)[] = [];
  private lastKey = 0;
  /** Keys of tabs, the one that had the focus last first. */
  private recent: readonly string[] = [];

  constructor(client: RempartClient, lab: LabStore) {
    this.client = client;
    this.lab = lab;
  }

  /** Listens, and takes up the terminals that the engine still has for this lab, under the remembered tabs. */
  async start(remembered: unknown): Promise<void> {
    const client = this.client;
    this.stops = [
      client.on("terminal.data", (event) => this.receive(event)),
      client.on("terminal.exit", (event) => this.exited(event)),
      this.lab.subscribe((now, before) => now.status?.phase !== before.status?.phase && this.followLab()),
      onReturn(client, () => {
        for (const session of this.sessions.values()) if (session.id !== undefined && session.state === "alive") void session.attach(session.id);
      }),
    ];
    let tabs = recallTabs(remembered, () => this.newKey());
    const stops = this.stops;
    const { terminals } = await client.call("terminals.list", { lab: this.lab.getState().lab }).catch(() => ({ terminals: [] }));
    if (this.stops !== stops) return;
    const attached = new Map<string, string>();
    for (const { terminal, node, alive } of terminals) {
      if (!alive) continue;
      const free = tabs.tabs.find((tab) => tab.node === node && !attached.has(tab.key));
      const tab = free ?? { key: this.newKey(), node };
      if (free === undefined) tabs = tabs.shown.length === 0 ? addTab(tabs, tab) : { ...tabs, tabs: [...tabs.tabs, tab] };
      attached.set(tab.key, terminal);
    }
    // What the student opened before the answer came stays.
    const now = this.store.getState().tabs;
    this.set(now.tabs.reduce((state, tab) => addTab(state, tab), tabs));
    for (const [key, terminal] of attached) void this.session(key)?.attach(terminal);
    this.followLab();
  }

  stop(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
    for (const session of this.sessions.values()) session.dispose();
    this.sessions.clear();
    this.early.clear();
    this.store.setState({ tabs: noTabs });
  }

  /** The session of a tab, made on first use. */
  session(key: string): TerminalSession | undefined {
    const known = this.sessions.get(key);
    if (known !== undefined) return known;
    const tab = this.store.getState().tabs.tabs.find((candidate) => candidate.key === key);
    if (tab === undefined) return undefined;
    const session: TerminalSession = new TerminalSession({
      client: this.client, lab: this.lab.getState().lab, node: tab.node,
      onChange: () => {
        this.deliverEarly(session);
        this.follow(session, tab);
        this.store.setState((state) => ({ version: state.version + 1 }));
      },
      onKey: (event) => !this.handleKey(event),
      copyOnSelect: () => this.preferences.copyOnSelect,
      fontSize: () => this.preferences.fontSize,
    });
    this.sessions.set(key, session);
    return session;
  }

  /** Opens one more terminal, on a node or as a local shell. */
  open(node: string | undefined, beside = false): string {
    const tab = { key: this.newKey(), node };
    const { tabs } = this.store.getState();
    this.change(beside ? addTabBeside(tabs, tab) : addTab(tabs, tab));
    return tab.key;
  }

  /** Shows the node's terminal, opening one where there is none, and types a text into it without running it. */
  typeInto(node: string | undefined, text: string): void {
    const { tabs } = this.store.getState();
    // Not simply its first: that one may be busy with a tunnel, and the student works in another.
    const known = tabOfNode(tabs, node, this.recent);
    const key = known?.key ?? this.open(node);
    if (known !== undefined) this.change(showTab(tabs, key));
    const session = this.session(key);
    if (session?.state === "dead" || session?.state === "failed") void session.open();
    session?.type(text);
    setTimeout(() => session?.focus(), 0);
  }

  show(key: string): void {
    this.change(showTab(this.store.getState().tabs, key));
  }

  close(key: string): void {
    const session = this.sessions.get(key);
    this.sessions.delete(key);
    session?.close();
    this.change(removeTab(this.store.getState().tabs, key));
    this.focus();
  }

  split(): void {
    const { tabs } = this.store.getState();
    const split = splitTabs(tabs);
    if (split === undefined) this.open(tabs.tabs.find((tab) => tab.key === focusedKey(tabs))?.node, true);
    else this.change(split);
    this.focus();
  }

  join(): void {
    this.change(joinTabs(this.store.getState().tabs));
    this.focus();
  }

  step(by: 1 | -1): void {
    this.change(stepTab(this.store.getState().tabs, by));
    this.focus();
  }

  /** Puts the keyboard into the focused terminal; false when there is none. */
  focus(): boolean {
    const key = focusedKey(this.store.getState().tabs);
    if (key === undefined) return false;
    const session = this.session(key);
    // After the next paint: a tab that was just shown has to be on screen to take the focus.
    requestAnimationFrame(() => session?.focus());
    return true;
  }

  setSearching(searching: boolean): void {
    this.store.setState({ searching });
    if (!searching) this.focus();
  }

  applyPreferences(preferences: DeskPreferences): void {
    this.preferences = preferences;
    for (const session of this.sessions.values()) session.screen.setFontSize(preferences.fontSize);
  }

  refreshThemes(): void {
    for (const session of this.sessions.values()) session.screen.refreshTheme();
  }

  /** Opens what is on screen and was never opened, and parks what ended with its lab; machines wait until the lab runs. */
  followLab(): void {
    const { tabs } = this.store.getState();
    for (const tab of tabs.tabs) {
      const session = tabs.shown.includes(tab.key) ? this.session(tab.key) : this.sessions.get(tab.key);
      if (session !== undefined) this.follow(session, tab);
    }
  }

  /** Keys that belong to the desk and not to the program in the terminal; true when it was one. */
  handleKey(event: KeyboardEvent): boolean {
    if (!event.ctrlKey || event.altKey || event.metaKey) return false;
    if (event.shiftKey && event.code === "KeyF") this.setSearching(true);
    else if (event.shiftKey && event.code === "KeyT") {
      this.open(undefined);
      this.focus();
    } else if (!event.shiftKey && event.key === "PageDown") this.step(1);
    else if (!event.shiftKey && event.key === "PageUp") this.step(-1);
    else return false;
    event.preventDefault();
    return true;
  }

  private receive(event: EventData<"terminal.data">): void {
    const session = this.byId(event.terminal);
    if (session !== undefined) session.receive(event);
    else this.early.addData(event);
  }

  private exited(event: EventData<"terminal.exit">): void {
    const session = this.byId(event.terminal);
    if (session !== undefined) session.ended(event.reason);
    else this.early.addExit(event);
  }

  private deliverEarly(session: TerminalSession): void {
    if (session.id === undefined || session.state !== "alive") return;
    const { data, exit } = this.early.take(session.id);
    for (const event of data) session.receive(event);
    if (exit !== undefined) session.ended(exit.reason);
  }

  private follow(session: TerminalSession, tab: Tab): void {
    const isShown = this.store.getState().tabs.shown.includes(tab.key);
    const step = nextStep({ state: session.state, node: tab.node, isShown }, this.lab.getState().status?.phase);
    if (step === "open") void session.open();
    else if (step === "park") session.park();
  }

  private byId(terminal: string): TerminalSession | undefined {
    return [...this.sessions.values()].find((session) => session.id === terminal);
  }

  private newKey(): string {
    return `tab-${++this.lastKey}`;
  }

  private set(tabs: Tabs): void {
    const key = focusedKey(tabs);
    if (key !== undefined) this.recent = [key, ...this.recent.filter((other) => other !== key)];
    this.store.setState({ tabs });
  }

  private change(tabs: Tabs): void {
    this.set(tabs);
    this.lab.getState().rememberLayout({ terminals: rememberTabs(tabs) });
    this.followLab();
  }
}
