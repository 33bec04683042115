import { randomBytes, timingSafeEqual } from "node:crypto";

/** A secret of 256 bits that may stand in a URL, a cookie or a header. */
export function createSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Compares without telling by its duration how much was right. */
export function sameSecret(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Cookies are shared by all ports of a host, so its name carries the port: two Rempart on one machine do not disturb each other. */
export function sessionCookieName(port: number): string {
  return `rempart_${port}`;
}

const maximumOpenTokens = 32;
const maximumSessions = 64;

/**
 * Who may speak to the window's server: a browser that once presented a one-time token holds a session, a command line of
 * the same user knows the bearer token from a file that only this user may read.
 */
export class Sessions {
  readonly #bearer: string;
  readonly #tokens = new Set<string>();
  readonly #sessions = new Set<string>();

  constructor(bearer: string) {
    this.#bearer = bearer;
  }

  /** A token that can be redeemed once. */
  issueToken(): string {
    const token = createSecret();
    this.#tokens.add(token);
    dropOldest(this.#tokens, maximumOpenTokens);
    return token;
  }

  /** The new session's secret; undefined when the token is unknown or was redeemed before. */
  redeem(token: string): string | undefined {
    const known = [...this.#tokens].find((candidate) => sameSecret(token, candidate));
    if (known === undefined) return undefined;
    this.#tokens.delete(known);
    const session = createSecret();
    this.#sessions.add(session);
    dropOldest(this.#sessions, maximumSessions);
    return session;
  }

  /** Does the Cookie header carry a session of this server? */
  hasSession(cookieHeader: string | undefined, port: number): boolean {
    const prefix = `${sessionCookieName(port)}=`;
    for (const cookie of (cookieHeader ?? "").split(";")) {
      const text = cookie.trim();
      if (text.startsWith(prefix) && [...this.#sessions].some((session) => sameSecret(text.slice(prefix.length), session))) return true;
    }
    return false;
  }

  /** Does the Authorization header carry the bearer token? */
  isBearer(authorization: string | undefined): boolean {
    return authorization !== undefined && authorization.startsWith("Bearer ") && sameSecret(authorization.slice("Bearer ".length), this.#bearer);
  }
}

/** Sets keep the order of insertion. */
function dropOldest(set: Set<string>, maximum: number): void {
  for (const oldest of set) {
    if (set.size <= maximum) return;
    set.delete(oldest);
  }
}
