import { spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** A program that cannot open its window ends at once; one that still runs then has it. */
const startMilliseconds = 1200;

/** Where its installers put it when it is on no search path. */
const usualPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["/Applications/Wireshark.app/Contents/MacOS/Wireshark"],
  win32: ["C:\\Program Files\\Wireshark\\Wireshark.exe", "C:\\Program Files (x86)\\Wireshark\\Wireshark.exe"],
};

/** The program Wireshark of this computer; undefined where it has none. */
export async function findWireshark(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): Promise<string | undefined> {
  const name = platform === "win32" ? "Wireshark.exe" : "wireshark";
  const places = [...(environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "").map((folder) => join(folder, name)), ...(usualPlaces[platform] ?? [])];
  for (const place of places) {
    if (await access(place, constants.X_OK).then(() => true, () => false)) return place;
  }
  return undefined;
}

/** Opens a capture in Wireshark, which goes on without us. False where there is none, or it did not start (no screen, for instance). */
export async function openInWireshark(file: string, program?: string): Promise<boolean> {
  const found = program ?? (await findWireshark());
  if (found === undefined) return false;
  const child = spawn(found, ["-r", file], { detached: true, stdio: "ignore" });
  child.unref();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), startMilliseconds);
    const fail = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    child.once("error", fail);
    child.once("exit", fail);
  });
}
