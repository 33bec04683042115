import { RempartError } from "../model/errors.ts";

/** The HTTP status of an error of the Docker API, or undefined when the engine did not answer at all. */
export function statusOf(error: unknown): number | undefined {
  return typeof error === "object" && error !== null && "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : undefined;
}

/** True when the error says that the object is not there. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

const connectionCodes = new Set(["ECONNREFUSED", "ENOENT", "EACCES", "EPERM", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH", "EAI_AGAIN"]);

/** Node's code of a connection error ("ENOENT", "EACCES"…), also when it is wrapped. */
export function connectionCodeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string" && connectionCodes.has(error.code)) return error.code;
  return "cause" in error ? connectionCodeOf(error.cause) : undefined;
}

/** What the engine said, without the prefix that the client puts before it. */
export function messageOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "json" in error) {
    const { json } = error;
    if (typeof json === "object" && json !== null && "message" in json && typeof json.message === "string") return json.message;
  }
  return error instanceof Error ? error.message : String(error);
}

/** Turns an error of the Docker client into ours; `doing` names the work, as in "start a container". */
export function toEngineError(error: unknown, doing: string): RempartError {
  if (error instanceof RempartError) return error;
  const connection = connectionCodeOf(error);
  if (connection === "EACCES" || connection === "EPERM") {
    return new RempartError("machine.engine-permission", "Docker is there, but this user may not use it.", {
      kind: "machine",
      next: "Add yourself to the group docker (sudo usermod -aG docker $USER), log in again, then retry.",
      cause: error,
    });
  }
  if (connection !== undefined) {
    return new RempartError("machine.engine-unreachable", `The container engine does not answer (${connection}).`, {
      kind: "machine",
      next: "Start Docker, or run `rempart doctor --fix`.",
      cause: error,
    });
  }
  const message = messageOf(error);
  const status = statusOf(error);
  if (status === 404 && /no such image/i.test(message)) {
    return new RempartError("machine.image-missing", message, { kind: "machine", next: "Run `rempart doctor --fix` to make the images.", cause: error });
  }
  if (status === 404) return new RempartError("engine.not-found", message, { cause: error });
  if (status === 409 && /already in use|name .* in use/i.test(message)) return new RempartError("engine.name-taken", message, { cause: error });
  if (status === 409) return new RempartError("engine.conflict", message, { cause: error });
  return new RempartError("engine.failed", `The container engine could not ${doing}: ${message}`, { cause: error });
}

/** Runs a call to the engine and turns what it throws into a RempartError. */
export async function guarded<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toEngineError(error, doing);
  }
}
