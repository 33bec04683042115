import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connectEngine } from "../engine/connectEngine.ts";
import type { ContainerEngine, ExecResult } from "../engine/containerEngine.ts";
import { labelKeys } from "../engine/labels.ts";
import { instanceImage } from "./catalogue.ts";

const labels = { [labelKeys.owner]: "rempart", [labelKeys.scope]: `test-image-${String(process.pid)}` };
const base64 = (text: string): string => Buffer.from(text).toString("base64");
let engine: ContainerEngine;
let id: string;
let publicKey = "";

async function machine(name: string, environment: Record<string, string>): Promise<string> {
  const container = await engine.createContainer({ name: `rempart-test-image-${String(process.pid)}-${name}`, image: instanceImage(), hostname: name, labels, network: "none", environment });
  await engine.startContainer(container);
  return container;
}
const sh = (script: string, user = "root"): Promise<ExecResult> => engine.exec(id, ["bash", "-c", script], { user, timeoutMilliseconds: 60_000 });
const booted = (container: string, times = 1): Promise<unknown> => vi.waitUntil(async () => (await engine.logs(container)).split("boot finished").length - 1 === times, { timeout: 20_000, interval: 50 });

beforeAll(async () => {
  engine = await connectEngine();
  const laptop = await machine("laptop", {});
  publicKey = (await engine.exec(laptop, ["bash", "-c", "ssh-keygen -q -t ed25519 -N '' -C student -f /tmp/key && cat /tmp/key.pub"])).stdout.trim();
  const privateKey = (await engine.exec(laptop, ["cat", "/tmp/key"])).stdout;
  id = await machine("private-1", {
    REMPART_SERVICES: "ssh app whoami proxy database",
    REMPART_AUTHORIZED_KEYS: publicKey,
    REMPART_USER_DATA: base64("#!/bin/bash\necho once >> /root/user-data-runs\necho from user data\n"),
    REMPART_FILES: base64(JSON.stringify([{ path: "/home/ops/.ssh/key", content: privateKey, mode: "0600" }, { path: "/etc/motto", content: "a\tb\\n é\n", mode: "0640" }])),
  });
  await booted(id);
});
afterAll(async () => {
  for (const container of await engine.listContainers(labels)) await engine.removeContainer(container.id);
});

test("the boot log is a cloud's console: host key fingerprints, keys, user data", async () => {
  const log = await engine.logs(id);
  expect(log).toContain("first boot of private-1");
  expect(log).toMatch(/-----BEGIN SSH HOST KEY FINGERPRINTS-----\n256 SHA256:\S{43} root@private-1 \(ECDSA\)\n256 SHA256:\S{43} root@private-1 \(ED25519\)\n-----END SSH HOST KEY FINGERPRINTS-----/);
  expect(log).toMatch(/-----BEGIN SSH HOST KEY KEYS-----\necdsa-sha2-nistp256 \S+ root@private-1\nssh-ed25519 \S+ root@private-1\n-----END SSH HOST KEY KEYS-----/);
  expect(log).toContain("user-data: from user data");
  const fingerprint = (await sh("ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub")).stdout.trim();
  expect(log).toContain(fingerprint);
});

test("services listen on every IPv4 address, those to come included", async () => {
  const listening = async (): Promise<string[]> => (await sh("ss -4lntH | awk '{print $4}' | sort")).stdout.trim().split("\n");
  await expect.poll(listening, { timeout: 20_000 }).toEqual(["0.0.0.0:22", "0.0.0.0:3128", "0.0.0.0:5432", "0.0.0.0:80", "0.0.0.0:8080"]);
});

test("app answers and logs the caller's address, whoami says it", async () => {
  const answer = await sh("curl -si http://127.0.0.1:8080/");
  expect(answer.stdout).toContain("Content-Type: text/plain");
  expect(answer.stdout.endsWith("\r\n\r\nHello, World!\n")).toBe(true);
  expect((await sh("curl -s http://127.0.0.1/")).stdout).toBe("127.0.0.1\n");
  expect((await sh("tail -1 /var/log/app/access.log")).stdout).toMatch(/^127\.0\.0\.1 .*"GET \/ HTTP\/1\.1" 200/);
});

test("ops logs in with a key alone, and the log tells which", async () => {
  const options = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR";
  const inside = await sh(`ssh ${options} -i ~/.ssh/key ops@127.0.0.1 'id -un; sudo id -un; command -v nft'`, "ops");
  expect(inside.stdout).toBe("ops\nroot\n/usr/sbin/nft\n");
  const refused = await sh(`ssh ${options} -o BatchMode=yes -i /dev/null -o IdentitiesOnly=yes ops@127.0.0.1 true`, "ops");
  expect(refused.exitCode).toBe(255);
  expect(refused.stderr).toContain("Permission denied (publickey)");
  const fingerprint = (await sh("ssh-keygen -l -f /home/ops/.ssh/authorized_keys")).stdout.split(" ")[1] ?? "none";
  expect((await sh("cat /var/log/auth.log")).stdout).toContain("Accepted publickey for ops from 127.0.0.1");
  expect((await sh("cat /var/log/auth.log")).stdout).toContain(fingerprint);
});

test("files are written as given, with their mode and owner", async () => {
  expect((await sh("cat /etc/motto")).stdout).toBe("a\tb\\n é\n");
  expect((await sh("stat -c '%a %U' /etc/motto /home/ops/.ssh/key")).stdout).toBe("640 root\n600 ops\n");
});

test("the proxy refuses all names but those allowed, and takes a new list at once", async () => {
  const through = (name: string): Promise<ExecResult> => sh(`curl -s -o /dev/null -w '%{http_code}' --max-time 5 -x http://127.0.0.1:3128 http://${name}:8080/`);
  await sh("echo '127.0.0.1 packages.test evil.test mirror.packages.test' > /tmp/h; cat /etc/hosts >> /tmp/h; cat /tmp/h > /etc/hosts");
  expect((await through("packages.test")).stdout).toBe("403");
  await sh("proxy-allow packages.test");
  await expect.poll(async () => (await through("packages.test")).stdout, { timeout: 20_000 }).toBe("200");
  expect((await through("mirror.packages.test")).stdout).toBe("200");
  expect((await through("evil.test")).stdout).toBe("403");
  await sh("proxy-allow evil.test", "ops");
  await expect.poll(async () => (await through("evil.test")).stdout, { timeout: 20_000 }).toBe("200");
  expect((await through("packages.test")).stdout).toBe("403");
});

test("the database accepts and introduces itself", async () => {
  expect((await sh("sleep 1 | timeout 20 ncat 127.0.0.1 5432")).stdout).toBe("database ready\n");
});

test("a restart keeps keys and files, starts the services, and does not run user data again", async () => {
  const before = (await sh("cat /etc/ssh/ssh_host_ed25519_key.pub; echo changed > /etc/motto")).stdout;
  await engine.restartContainer(id);
  await booted(id, 2);
  expect((await sh("cat /etc/ssh/ssh_host_ed25519_key.pub")).stdout).toBe(before);
  expect((await sh("cat /etc/motto /root/user-data-runs")).stdout).toBe("changed\nonce\n");
  expect((await sh("curl -s http://127.0.0.1:8080/")).stdout).toBe("Hello, World!\n");
  await expect.poll(async () => (await sh("ss -4lntH | wc -l")).stdout.trim(), { timeout: 20_000 }).toBe("5");
});

test("a machine without services is small, makes no host keys, and stops at once", async () => {
  const idle = await machine("idle", {});
  await booted(idle);
  expect((await engine.exec(idle, ["bash", "-c", "ls /etc/ssh/ssh_host_* 2>/dev/null; ps -e --no-headers | wc -l"])).stdout.trim()).toMatch(/^[3-5]$/);
  await expect.poll(async () => (await engine.memory([idle])).get(idle) ?? 0, { timeout: 20_000 }).toBeLessThan(3_000_000);
  // Ended by the signal itself (128 + 15), not killed by an engine that had waited for it.
  await engine.exec(idle, ["kill", "-TERM", "1"]);
  await vi.waitUntil(async () => (await engine.inspectContainer(idle))?.state === "exited", { timeout: 20_000 });
  expect((await engine.inspectContainer(idle))?.exitCode).toBe(143);
});
