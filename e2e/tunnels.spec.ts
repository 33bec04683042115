import { expect, test } from "./fixtures/test.ts";
import { LabPage } from "./pages/labPage.ts";

const lab = "09-ssh-jump-tunnel";
const forward = "ssh -fN -o StrictHostKeyChecking=accept-new -L 8080:10.0.80.20:8080 ops@203.0.113.10";

// Starts a lab, waits for ssh and twice for the picture: a minute is too near on a busy computer.
test.describe.configure({ mode: "serial", timeout: 180_000 });

test("an SSH forward appears as a tunnel while it stands, and goes with it", async ({ rempart, page }) => {
  const view = new LabPage(rempart, lab);
  await view.open();
  await view.start();
  await view.openTerminal("laptop");
  await view.type(`${forward} && curl -s localhost:8080`);
  await expect(view.screen()).toContainText("Hello, World!", { timeout: 20_000 });
  const legend = page.locator(".tunnel-legend");
  await expect(legend).toContainText("1 tunnel", { timeout: 15_000 });
  await legend.locator("summary").click();
  await expect(legend).toContainText("Le port 8080 de laptop mène, par bastion, à 10.0.80.20:8080.");
  await expect(page.getByRole("list", { name: "Tunnels ouverts" }).first()).toContainText("ssh -L 8080 → 10.0.80.20:8080");
  await view.type("pkill -x ssh");
  await expect(legend).toBeHidden({ timeout: 15_000 });
});

test("the lab stops", async ({ rempart }) => {
  await new LabPage(rempart, lab).stop();
});
