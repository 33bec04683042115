import { expect, it } from "vitest";
import { lastConnection } from "./lastConnection.ts";

it("finds the newest command that connects, and the machine that it was typed in", () => {
  const lines = ["ops@laptop:~$ curl -m 3 http://203.0.113.80", "203.0.113.50", "ops@laptop:~$ ssh -A ops@203.0.113.10", "Last login: today", "ops@bastion:~$ nc -vz -w 3 10.0.80.20 22", "Ncat: TIMEOUT.", "ops@bastion:~$ ip route", "default via 10.0.0.1", "ops@bastion:~$ "];
  expect(lastConnection(lines)).toEqual({ from: "bastion", to: "10.0.80.20", protocol: "tcp", port: 22 });
  expect(lastConnection(lines.slice(0, 4))).toEqual({ from: "laptop", to: "203.0.113.10", protocol: "tcp", port: 22 });
});

it("finds none where none was tried", () => {
  expect(lastConnection([])).toBeUndefined();
  expect(lastConnection(["ops@laptop:~$ ls", "curl http://10.0.0.1 is what the guide says"])).toBeUndefined();
});
