import type { Workspace } from "./workspace.ts";

const appliedFile = ".applied.yml";
/** There while the student's last word on a start that is not complete was to cancel it. */
const cancelledFile = ".cancelled";

/**
 * What of a lab must outlive the process that started it, kept in the student's folder: the network in force, and whether the
 * start that made it was cancelled. The next process completes what one that died left, and leaves alone what was cancelled.
 */
export class LabRecord {
  readonly #workspace: Workspace;
  #isCancelled = false;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** As of the last {@link load}, {@link markCancelled} or {@link begin}. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** Reads what an earlier process left. Returns the text of the network in force, or undefined where there is none. */
  async load(): Promise<string | undefined> {
    this.#isCancelled = (await this.#workspace.read(cancelledFile)) !== undefined;
    return this.applied();
  }

  /** The text of the network in force; `network.yml` may have been edited since. */
  applied(): Promise<string | undefined> {
    return this.#workspace.read(appliedFile);
  }

  keepApplied(text: string): Promise<void> {
    return this.#workspace.write(appliedFile, text);
  }

  async markCancelled(): Promise<void> {
    this.#isCancelled = true;
    await this.#workspace.write(cancelledFile, "");
  }

  /** The student wants the lab to run: whatever was cancelled before is no more. */
  async begin(): Promise<void> {
    this.#isCancelled = false;
    await this.#workspace.remove(cancelledFile);
  }

  /** Nothing of the lab runs any more. */
  async forget(): Promise<void> {
    await this.begin();
    await this.#workspace.remove(appliedFile);
  }
}
