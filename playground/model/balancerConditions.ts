import type { Condition } from "./loadBalancers.ts";

/** A word of HAProxy's configuration in which nothing has a meaning of its own. */
export const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** AWS's pattern as a regular expression: `*` is any characters, `?` is one, everything else itself. */
export function patternExpression(pattern: string): string {
  return `^${pattern.replace(/[\\^$.|+()[\]{}]/g, String.raw`\$&`).replaceAll("*", ".*").replaceAll("?", ".")}$`;
}

/** What one condition asks of a request, as tests that must all hold: each is one test here. Host names and header values ignore case, paths do not. */
export function conditionTests(condition: Condition): string[] {
  const expressions = (patterns: readonly string[]): string => patterns.map((pattern) => quote(patternExpression(pattern))).join(" ");
  const { host_header, path_pattern, http_request_method, source_ip, http_header } = condition;
  return [
    ...(host_header ? [`{ req.hdr(host),field(1,:) -m reg -i -- ${expressions(host_header)} }`] : []),
    ...(path_pattern ? [`{ path -m reg -- ${expressions(path_pattern)} }`] : []),
    ...(http_request_method ? [`{ method -m str -- ${http_request_method.map(quote).join(" ")} }`] : []),
    ...(source_ip ? [`{ src ${source_ip.join(" ")} }`] : []),
    ...(http_header ? [`{ req.fhdr(${http_header.http_header_name}) -m reg -i -- ${expressions(http_header.values)} }`] : []),
  ];
}
