import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A place of the sources that makes a RempartError, with the codes that it can have. */
export interface ThrownError {
  readonly file: string;
  readonly line: number;
  /** Empty where the code could not be made out from the source. */
  readonly codes: readonly string[];
}

/**
 * Every place under `folders` of the checkout that makes a RempartError, read from the syntax tree, so that neither line
 * breaks nor a choice between two codes hide one. A code that comes in as a parameter is looked for at the calls of that
 * function in the same file. Tests and the fakes that they use are left out.
 */
export function findThrownErrors(checkout: string, folders: readonly string[]): ThrownError[] {
  const files = folders.flatMap((folder) => readdirSync(join(checkout, folder), { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`)).sort();
  return files.filter((file) => file.endsWith(".ts") && !/\.test\.ts$|\.d\.ts$|\/(fake|test)[A-Z]\w*\.ts$|\/testing\//.test(file)).flatMap((file) => errorsOf(file, readFileSync(join(checkout, file), "utf8")));
}

/** The same for the text of one file. */
export function errorsOf(file: string, text: string): ThrownError[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: ThrownError[] = [];
  const visit = (node: ts.Node): void => {
    const code = codeExpression(node);
    if (code !== undefined) found.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, codes: codesOf(code, source) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What gives the code where a node makes an error: `new RempartError(CODE, …)` or `{ name: "RempartError", code: CODE }`. */
function codeExpression(node: ts.Node): ts.Expression | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === "RempartError") return node.arguments?.[0];
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const valueOf = (name: string): ts.Expression | undefined => node.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === name)?.initializer;
  const name = valueOf("name");
  return name !== undefined && ts.isStringLiteral(name) && name.text === "RempartError" ? valueOf("code") : undefined;
}

function codesOf(expression: ts.Expression, source: ts.SourceFile): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isParenthesizedExpression(expression)) return codesOf(expression.expression, source);
  if (ts.isConditionalExpression(expression)) return [...codesOf(expression.whenTrue, source), ...codesOf(expression.whenFalse, source)];
  return ts.isIdentifier(expression) ? codesOfParameter(expression, source) : [];
}

function codesOfParameter(identifier: ts.Identifier, source: ts.SourceFile): string[] {
  const owner = ts.findAncestor(identifier, ts.isFunctionDeclaration);
  const place = owner?.parameters.findIndex((parameter) => parameter.name.getText() === identifier.text) ?? -1;
  if (owner?.name === undefined || place < 0) return [];
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    const argument = ts.isCallExpression(node) && node.expression.getText() === owner.name?.text ? node.arguments[place] : undefined;
    if (argument !== undefined) codes.push(...codesOf(argument, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return codes;
}
