import { expect, test } from "./fixtures/fakeWindow.ts";
import { seriousViolations } from "./fixtures/axe.ts";

const place = "#/class";

for (const reader of [{ language: "fr", theme: "light" }, { language: "en", theme: "dark" }] as const) {
  test(`a class is graded, sorted, and looked at one by one (${reader.language}, ${reader.theme})`, async ({ openFake }) => {
    const fr = reader.language === "fr";
    const page = await openFake(place, reader);
    await expect(page.getByRole("heading", { name: fr ? "Aucune classe n’est encore notée" : "No class has been graded yet" })).toBeVisible();
    const grade = page.getByRole("button", { name: fr ? "Noter" : "Grade", exact: true });
    await expect(grade).toBeDisabled();
    await page.getByRole("textbox", { name: fr ? /Dossier des rapports/ : /Folder of the reports/ }).fill("/home/prof/tp7");
    await grade.click();
    const lines = page.locator(".class-list tbody tr");
    await expect(lines).toHaveCount(8);
    expect(await seriousViolations(page)).toEqual([]);

    await page.getByRole("button", { name: "Points" }).click();
    await expect(lines.first()).toContainText("Amélie Bernard");
    await page.getByRole("button", { name: "Points" }).click();
    await expect(lines.first()).toContainText("Élise Martin");
    await expect(page.locator('th[aria-sort="ascending"]')).toHaveText("Points");

    await page.getByRole("checkbox").check();
    await expect(lines).toHaveCount(5);
    await page.getByRole("searchbox").fill("bilal");
    await expect(lines).toHaveCount(1);

    await page.getByRole("button", { name: "Bilal Haddad" }).press("Enter");
    const details = page.getByRole("complementary");
    await expect(details).toContainText("Farid Lemaire");
    await expect(details).toContainText(fr ? "37 événements à la même milliseconde" : "37 events within the same millisecond");
    await expect(details.getByRole("listitem")).toHaveCount(4);
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(details).toBeHidden();
  });
}
