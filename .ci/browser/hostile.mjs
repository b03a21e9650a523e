// Looks at a site whose every text is an attack: no script of the data's runs, no
// other host is asked, the security policy is never needed, nothing is broken out
// of its place.
//
//   node hostile.mjs FOLDER [SCREENSHOTS]
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { executablePath, pages, quiet, serve } from './site.mjs';

const [folder, screenshots] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: quiet });
const site = await serve(folder, '/trophies/');
if (screenshots) await mkdir(screenshots, { recursive: true });
let failed = 0;
let done = 0;

async function test(name, run) {
  const context = await browser.newContext({ viewport: { width: 390, height: 900 } });
  const bad = [];
  await context.exposeFunction('canary', () => bad.push('the canary ran'));
  await context.exposeFunction('violated', what => bad.push(what));
  await context.addInitScript(() => document.addEventListener('securitypolicyviolation', e => violated(`the policy was needed: ${e.violatedDirective} ${e.blockedURI}`)));
  const page = await context.newPage();
  page.on('console', m => ['error', 'warning'].includes(m.type()) && bad.push(m.text()));
  page.on('pageerror', e => bad.push(e.message));
  page.on('dialog', d => { bad.push('a dialog'); d.dismiss(); });
  page.on('request', r => !r.url().startsWith(site.url) && !r.url().startsWith('data:') && bad.push(`request to ${r.url()}`));
  try {
    await run(page);
    if (bad.length) throw new Error([...new Set(bad)].join('; '));
    console.log(`ok - ${name}`);
  } catch (e) {
    failed++;
    console.log(`not ok - ${name}: ${e.message}`);
  }
  done++;
  await context.close();
}

// intact is what is wrong with a page's frame and width, or nothing.
const intact = page => page.evaluate(() => {
  const wrong = [];
  const frame = [...document.body.children].map(e => e.localName).join(' ');
  if (frame !== 'svg a header main footer') wrong.push(`the body holds ${frame}`);
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`it is ${document.documentElement.scrollWidth} px wide`);
  if (document.querySelector('iframe, object, embed, base, form, style, [onload], [onerror], [onmouseover]')) wrong.push('it has what no page has');
  for (const image of document.images) if (image.complete && !image.naturalWidth) wrong.push(`a broken picture ${image.src}`);
  for (const a of document.links) if (!['http:', 'https:', 'mailto:'].includes(a.protocol)) wrong.push(`a link to ${a.href}`);
  // A name that is turned, or piled up, stays in its own box.
  for (const line of document.querySelectorAll('h1, h3, .row, .name')) {
    const box = line.getBoundingClientRect();
    if (box.width && (box.left < -1 || box.right > innerWidth + 1)) wrong.push(`${line.className || line.localName} reaches from ${box.left} to ${box.right}`);
  }
  return [...new Set(wrong)].slice(0, 5).join('; ');
});

for (const name of await pages(folder)) {
  await test(`${decodeURIComponent(name)} is inert`, async page => {
    await page.goto(site.url + encodeURI(name.replace(/index\.html$/, '')), { waitUntil: 'load' });
    await page.evaluate(async () => {
      for (const d of document.querySelectorAll('details')) d.open = true;
      for (const i of document.images) i.loading = 'eager';
      await Promise.all([...document.images].map(i => i.decode().catch(() => {})));
    });
    await page.mouse.move(195, 300);
    const wrong = await intact(page);
    if (screenshots && !name.startsWith('titles/-')) await page.screenshot({ path: join(screenshots, name.replaceAll('/', '_').slice(0, 60) + '.png') });
    if (wrong) throw new Error(wrong);
  });
}

await test('the search finds attacks and shows them as text', async page => {
  for (const q of ['canary', '<script>', 'img src', '{{', '../', '%2e']) {
    await page.goto(`${site.url}search/?q=${encodeURIComponent(q)}`);
    await page.locator('#results li').first().waitFor();
    const wrong = await intact(page);
    if (wrong) throw new Error(`${q}: ${wrong}`);
  }
});

await test('filters and their addresses take attacks for text', async page => {
  for (const q of ['?q=<script>canary()</script>', '?platform="><img src=x onerror=canary()>&sort=constructor', '#"><script>canary()</script>', '?q=%', '?year=__proto__']) {
    await page.goto(`${site.url}titles/${q}`);
    await page.waitForLoadState();
    const wrong = await intact(page);
    if (wrong) throw new Error(`${q}: ${wrong}`);
  }
});

console.log(`1..${done}`);
await browser.close();
site.close();
process.exit(failed ? 1 : 0);
