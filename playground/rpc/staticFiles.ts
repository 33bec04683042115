import { readFile } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};

/** A file of the built window, ready to be sent. */
export interface StaticFile {
  readonly body: Buffer;
  readonly contentType: string;
  /** Built files carry a digest in their name and never change; the page itself is always asked for anew. */
  readonly cacheControl: string;
}

/**
 * Reads the file that a URL's path names within `folder`; "/" is index.html. Undefined when there is none, when its kind is
 * not one of a window's, or when the path leads out of the folder.
 */
export async function readStaticFile(folder: string, urlPath: string): Promise<StaticFile | undefined> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (decoded.includes("\0") || decoded.includes("\\")) return undefined;
  const root = resolve(folder);
  const path = resolve(root, `.${decoded === "/" ? "/index.html" : decoded}`);
  const contentType = contentTypes[extname(path)];
  if (!path.startsWith(root + sep) || contentType === undefined) return undefined;
  try {
    const body = await readFile(path);
    return { body, contentType, cacheControl: extname(path) === ".html" ? "no-store" : "private, max-age=31536000, immutable" };
  } catch {
    return undefined;
  }
}
