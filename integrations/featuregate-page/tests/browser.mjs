// Tries the page of a running kubelet in a real browser. Its arguments: the address, the browser, the folder for pictures.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const [address, executablePath, pictures] = process.argv.slice(2);
const require = createRequire(`${process.cwd()}/`);
const { chromium } = require("playwright-core");
const axe = require("axe-core").source;

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});

async function open(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${address}/featurez`);
  return { page, said, asked, context };
}

const shown = (page) => page.locator("tbody tr:visible").count();
const first = (page) => page.locator("tbody tr:visible th code").first().textContent();

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
    const { page, said, asked, context } = await open({ viewport, colorScheme, bypassCSP: true });
    await page.screenshot({ path: `${pictures}/${colorScheme}-${viewport.width}.png` });
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(scrolls, false, `the page does not fit ${viewport.width} pixels`);
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(ground === "rgb(255, 255, 255)", colorScheme === "light", ground);
    await page.locator("summary").first().click();
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    assert.deepEqual(said, []);
    assert.deepEqual(asked, [`${address}/featurez`]);
    await context.close();
  }
}

// The policy is in force here, unlike above, where axe is added to the page.
const { page, said, asked } = await open({ viewport: { width: 1280, height: 900 } });
const all = await shown(page);
assert.ok(all > 200, `${all} gates`);

await page.keyboard.press("/");
await page.keyboard.type("memoryqos");
assert.equal(await shown(page), 1, "the filter finds one gate");
assert.equal(await first(page), "MemoryQoS");
assert.equal(await page.locator("output").textContent(), `1 of ${all}`);
await page.keyboard.press("Control+A");
await page.keyboard.type("no such gate");
assert.equal(await shown(page), 0);
assert.ok(await page.locator(".empty").isVisible());
await page.keyboard.press("Control+A");
await page.keyboard.press("Delete");
assert.equal(await shown(page), all);

await page.locator("#stage").selectOption("alpha");
const alpha = await shown(page);
assert.ok(alpha > 0 && alpha < all);
assert.equal(await page.locator("tbody tr:visible[data-stage=alpha]").count(), alpha);
await page.locator("#stage").selectOption("");
await page.locator("#changed").check();
assert.equal(await page.locator("tbody tr:visible[data-changed=true]").count(), await shown(page));
assert.ok((await shown(page)) < all);
await page.locator("#changed").uncheck();

// The headings are reached and used by keyboard.
const heading = page.locator("thead th").first();
await heading.locator("button").focus();
await page.keyboard.press("Enter");
assert.equal(await heading.getAttribute("aria-sort"), "descending");
const last = await first(page);
await page.keyboard.press("Enter");
assert.equal(await heading.getAttribute("aria-sort"), "ascending");
assert.notEqual(await first(page), last);
const value = page.locator("thead th", { hasText: "Value" });
await value.locator("button").focus();
await page.keyboard.press("Space");
assert.equal(await value.getAttribute("aria-sort"), "ascending");
assert.equal(await page.locator("tbody tr:visible").first().locator("[data-label=Value] .on").count(), 1);

// A gate opens by keyboard, and its timeline says when each stage began.
await page.locator("summary").first().focus();
await page.keyboard.press("Enter");
assert.ok(await page.locator("details[open] dl").isVisible());
const row = page.locator('tr:has(summary > code:text-is("UserNamespacesSupport"))');
const timeline = row.locator(".timeline");
assert.match(await timeline.getAttribute("aria-label"), /^Alpha since 1\.25 \(off\), Beta since 1\.30 \(off\)/);
assert.equal(await timeline.locator(".today").count(), 1);
assert.deepEqual(said, []);
assert.deepEqual(asked, [`${address}/featurez`]);

await browser.close();
console.log(`the page of ${all} gates: filter, sorting, keyboard, timeline, light and dark, two widths`);
