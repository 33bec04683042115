import { Document, isMap, isSeq, parseDocument, visit, type YAMLMap, type YAMLSeq } from "yaml";
import type { Localized } from "./localized.ts";

/** Lines are never folded, so that what nobody touched stays as it was written. */
const writing = { lineWidth: 0 } as const;

/** A text of YAML as a document that keeps its comments; undefined where it is not YAML. An empty text is an empty map. */
export function openDocument(text: string): Document | undefined {
  const document = parseDocument(text, { uniqueKeys: false });
  if (document.errors.length > 0) return undefined;
  if (document.contents === null) {
    const empty = new Document({});
    empty.commentBefore = document.commentBefore ?? document.comment;
    return empty;
  }
  return isMap(document.contents) ? document : undefined;
}

/** The text with a change made in its document; the same text where it is not YAML. */
export function editText(text: string, change: (document: Document) => void): string {
  const document = openDocument(text);
  if (document === undefined) return text;
  change(document);
  return writeDocument(document);
}

/** As the labs are written: braces with a space inside, brackets without. The library has one setting for both. */
function writeDocument(document: Document): string {
  const padded = <Collection extends YAMLMap | YAMLSeq>(collection: Collection, padding: string): void => {
    const write = collection.toString.bind(collection) as (...rest: unknown[]) => string;
    collection.toString = (context?: object, ...rest: unknown[]) => write(context === undefined ? undefined : { ...context, flowCollectionPadding: padding }, ...rest);
  };
  visit(document, { Seq: (_key, sequence) => padded(sequence, ""), Map: (_key, map) => padded(map, " ") });
  return document.toString(writing);
}

/** Sets a value at a path; undefined, or an empty list or text, takes it out. Maps on the way are made. */
export function setAt(document: Document, path: readonly (string | number)[], value: unknown): void {
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) {
    removeAt(document, path);
    return;
  }
  // A map in braces stays in braces: what is added to it goes there.
  document.setIn(path, isPlain(value) ? value : document.createNode(value));
}

/** Takes out what is at a path, and each map around it that is empty then, but not what stands at the top. */
export function removeAt(document: Document, path: readonly (string | number)[]): void {
  if (!document.hasIn(path)) return;
  document.deleteIn(path);
  for (let length = path.length - 1; length > 1; length--) {
    const around = path.slice(0, length);
    const node = document.getIn(around, true);
    if (!isMap(node) || node.items.length > 0 || typeof around.at(-1) === "number") return;
    document.deleteIn(around);
  }
}

/** Adds to a list at a path, which is made where it is not there. */
export function addTo(document: Document, path: readonly (string | number)[], value: unknown): void {
  const list = document.getIn(path, true);
  if (isSeq(list)) {
    list.flow = isPlain(value) ? list.flow === true : list.items.length === 0 ? false : list.flow === true;
    list.add(document.createNode(value));
  } else document.setIn(path, document.createNode([value]));
}

/** The text of lab.yml as that of another lab: its own id and title, and no claim to cover the course. */
export function renameLab(labText: string, id: string, title: Localized): string {
  return editText(labText, (document) => {
    document.set("id", id);
    document.set("title", document.createNode(title));
    document.delete("covers");
    document.delete("builds_on");
  });
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
