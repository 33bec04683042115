import { type CheckProbe, firstLine } from "./checkKind.ts";
import { describeFate, fateOfCurl } from "./connection.ts";
import { execInNode } from "./execInNode.ts";

const statusMark = "\n#status ";

/** Asks a URL with curl from inside the node; judges status, body, or the way in which the connection failed. */
export const httpCheck: CheckProbe<"http"> = async (check, runtime) => {
  const url = runtime.interpolate(check.url);
  const proxy = check.proxy === undefined ? undefined : runtime.interpolate(check.proxy);
  const limit = String(check.timeout_seconds);
  // Without a declared proxy, one that a student has set in the environment must not answer in its place.
  const proxyArguments = proxy === undefined ? ["--noproxy", "*"] : ["--proxy", proxy];
  const argv = ["curl", "--silent", "--show-error", "--max-time", limit, ...proxyArguments, "--write-out", `${statusMark}%{http_code}`, url];
  const command = `curl -m ${limit}${proxy === undefined ? "" : ` -x ${proxy}`} ${url}`;
  const result = await execInNode(runtime, check.from, argv, check.timeout_seconds);

  const fate = fateOfCurl(result.exitCode, result.stderr);
  const [body = "", statusText = "000"] = splitAtLast(result.stdout, statusMark);
  if (fate !== "open") {
    return { passed: check.expect.result === fate, command, output: result.stderr.trim() || body, summary: describeFate(fate, check.timeout_seconds) };
  }
  const status = Number(statusText);
  const expectedBody = check.expect.body === undefined ? undefined : runtime.interpolate(check.expect.body);
  const bodyFits = expectedBody === undefined || body.includes(expectedBody);
  const passed = check.expect.result === undefined && (check.expect.status === undefined || check.expect.status === status) && bodyFits;
  const line = firstLine(body);
  return {
    passed,
    command,
    output: `HTTP ${status}\n${body}`,
    summary: { fr: `HTTP ${status}${line && ` « ${line} »`}`, en: `HTTP ${status}${line && ` "${line}"`}` },
  };
};

function splitAtLast(text: string, mark: string): [string, string | undefined] {
  const at = text.lastIndexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
