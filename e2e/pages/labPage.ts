import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import type { RempartWindow } from "../fixtures/test.ts";

/** The view of one lab, as its user sees it (in French). */
export class LabPage {
  readonly page: Page;
  readonly #window: RempartWindow;
  readonly #lab: string;

  constructor(window: RempartWindow, lab: string) {
    this.#window = window;
    this.page = window.page;
    this.#lab = lab;
  }

  async open(): Promise<void> {
    await this.#window.goTo(`#/lab/${this.#lab}`);
    await expect(this.state()).toBeVisible();
  }

  /** The lab's phase in words, with the phase itself in data-phase. */
  state(): Locator {
    return this.page.getByTestId("lab-state");
  }

  /** Presses Start unless it runs, and waits until it does. */
  async start(): Promise<void> {
    if ((await this.state().getAttribute("data-phase")) !== "running") await this.page.getByRole("button", { name: "Démarrer" }).first().click();
    await expect(this.state()).toHaveAttribute("data-phase", "running", { timeout: 40_000 });
  }

  async stop(): Promise<void> {
    await this.page.getByRole("button", { name: "Arrêter" }).first().click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Arrêter" }).click();
    await expect(this.state()).toHaveAttribute("data-phase", "stopped", { timeout: 30_000 });
  }

  /** One thing of the topology, by its name, from the list that screen readers use. */
  element(name: string): Locator {
    return this.page.getByRole("listbox", { name: "Éléments de la topologie" }).getByRole("option", { name: new RegExp(`^${name},`) });
  }

  tab(name: "Guide" | "network.yml" | "Plan" | "DNS"): Locator {
    return this.page.getByRole("tab", { name });
  }

  /** Opens the terminal of a node from the menu beside the tabs. */
  async openTerminal(node: string): Promise<void> {
    await this.page.getByRole("button", { name: "Ouvrir un terminal" }).click();
    await this.page.getByRole("menuitem", { name: new RegExp(`^${node}`) }).click();
    await expect(this.screen()).toContainText("$", { timeout: 20_000 });
  }

  /** The terminal on screen. */
  screen(): Locator {
    return this.page.locator(".terminal-pane .xterm-rows").last();
  }

  async type(command: string): Promise<void> {
    await this.page.locator(".terminal-pane .xterm-helper-textarea").last().focus();
    await this.page.keyboard.type(command);
    await this.page.keyboard.press("Enter");
  }

  /** Replaces the text of network.yml in the editor, and saves it. */
  async writeNetwork(text: string): Promise<void> {
    await this.tab("network.yml").click();
    const editor = this.page.getByTestId("network-editor").locator(".cm-content");
    await editor.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press("ControlOrMeta+s");
  }

  /** Makes the plan of the saved file and applies it; waits until it is applied. */
  async applyDraft(): Promise<void> {
    await this.page.getByRole("button", { name: "Voir le plan" }).click();
    await this.page.getByRole("tabpanel", { name: "Plan" }).getByRole("button", { name: /^Appliquer/ }).click();
    await expect(this.page.getByText(/changements? appliqués? en/)).toBeVisible({ timeout: 30_000 });
  }

  /** Asks for the path of a TCP packet; returns the panel with the prediction. */
  async askPath(from: string, to: string, port: string): Promise<Locator> {
    const panel = this.page.getByRole("complementary", { name: "Chemin d’un paquet" });
    if (!(await panel.isVisible())) await this.page.getByRole("button", { name: /^Chemin/ }).click();
    await panel.getByRole("combobox", { name: /^De/ }).selectOption(from);
    await panel.getByRole("combobox", { name: /^Vers/ }).fill(to);
    await panel.getByRole("textbox", { name: /^Port/ }).fill(port);
    return panel;
  }

  /** The tab of a terminal, by the name of its machine. */
  terminalTab(node: string): Locator {
    return this.page.locator(".terminal-tab").filter({ hasText: node });
  }

  check(id: string): Locator {
    return this.page.locator(`[data-check="${id}"]`);
  }
}
