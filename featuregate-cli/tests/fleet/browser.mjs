// Tries the page of a fleet in a real browser. Its arguments: the page, the browser, the folder for pictures.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const [file, executablePath, pictures] = process.argv.slice(2);
const require = createRequire(`${process.cwd()}/`);
const { chromium } = require("playwright-core");
const axe = require("axe-core").source;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

async function open(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => said.push(dialog.message()));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`file://${file}`);
  return { page, said, asked, context };
}

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
    const { page, said, asked, context } = await open({ viewport, colorScheme, bypassCSP: true });
    await page.screenshot({ path: `${pictures}/fleet-${colorScheme}-${viewport.width}.png`, fullPage: true });
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(scrolls, false, `the page does not fit ${viewport.width} pixels`);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(ground === "rgb(255, 255, 255)", colorScheme === "light", ground);
    // Axe looks only at what is open.
    await page.evaluate(() => document.querySelectorAll("details").forEach((it) => { it.open = true; }));
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    assert.deepEqual(said, []);
    assert.deepEqual(asked, [`file://${file}`]);
    await context.close();
  }
}

// The policy is in force here, unlike above, where axe is added to the page.
const { page, said, asked } = await open({ viewport: { width: 1280, height: 900 } });
assert.ok((await page.locator("article.error").count()) > 0, "a setting that is refused");
assert.ok((await page.locator("ol li").count()) > 0, "an order");
// Names are texts, whatever they have in them.
assert.equal(await page.locator("main img, main script, main b").count(), 0);
assert.match(await page.locator("main").textContent(), /<img src=x onerror=alert\(1\)>/);
// What is closed opens by keyboard.
await page.locator("summary").first().focus();
await page.keyboard.press("Enter");
assert.ok(await page.locator("details[open] li").first().isVisible());
assert.deepEqual(said, []);
assert.deepEqual(asked, [`file://${file}`]);

await browser.close();
console.log("the page of a fleet: keyboard, hostile names, light and dark, two widths");
