// Looks at a built site in headless Chromium: layout at phone, tablet and
// desktop width in light and dark, accessibility, the content security policy,
// other hosts, broken pictures and links; and validates every page's HTML.
//
//   node check.mjs FOLDER [SCREENSHOTS]
//
// With FEW set, one page of each kind is looked at.
import { readFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { FileSystemConfigLoader, HtmlValidate, esmResolver } from 'html-validate';
import { executablePath, pages, quiet, serve } from './site.mjs';

const [folder, screenshots] = process.argv.slice(2);
const prefix = '/trophies/';
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const problems = [];
const report = (where, what) => {
  problems.push(`${where}: ${what}`);
  console.log(`not ok - ${where}: ${what}`);
};

const all = await pages(folder);
// The title that has notes and additions comes first.
const titles = all.filter(name => /^titles\/.+\/index\.html$/.test(name)).sort((a, b) => b.includes('/tidewright/') - a.includes('/tidewright/'));
const years = all.filter(name => /^unlocks\/\d+\/index\.html$/.test(name));
const lists = [...all.filter(name => /^[a-z]+\/index\.html$/.test(name)), ...years.slice(-1)];
const shown = ['index.html', '404.html', ...lists, ...titles.slice(0, process.env.FEW ? 2 : titles.length)];

await validate();
await look();
console.log(`1..${all.length + shown.length}`);
console.log(`# ${all.length} pages validated, ${shown.length} looked at, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);

async function validate() {
  const validator = new HtmlValidate(new FileSystemConfigLoader([esmResolver()]));
  for (const name of all) {
    const result = await validator.validateString(await readFile(join(folder, name), 'utf8'), join(import.meta.dirname, 'page.html'));
    const messages = result.results.flatMap(r => r.messages);
    for (const m of messages.slice(0, 5)) report(name, `line ${m.line}: ${m.message} (${m.ruleId})`);
    if (!messages.length) console.log(`ok - ${name} is valid HTML`);
  }
}

async function look() {
  const browser = await chromium.launch({ executablePath, args: quiet });
  const site = await serve(folder, prefix);
  if (screenshots) await mkdir(screenshots, { recursive: true });
  for (const name of shown) {
    const before = problems.length;
    // Every title page has the same parts: a few are looked at in all forms.
    const thorough = !name.startsWith('titles/') || name === 'titles/index.html' || titles.indexOf(name) % 8 === 0;
    await lookAt(browser, site, name, thorough);
    if (problems.length === before) console.log(`ok - ${name} looks right`);
  }
  await withoutScript(browser, site);
  await keyboard(browser, site);
  await linksLead(browser, site);
  await browser.close();
  site.close();
}

async function lookAt(browser, site, name, thorough) {
  for (const colorScheme of thorough ? ['light', 'dark'] : ['dark']) {
    const context = await browser.newContext({ colorScheme, bypassCSP: false, reducedMotion: 'reduce' });
    const page = await context.newPage();
    watch(page, site, name);
    for (const width of thorough ? [320, 390, 820, 1440, 2560] : [390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(site.url + address(name), { waitUntil: 'load' });
      await inspect(page, `${name} at ${width} px, ${colorScheme}`);
      if (screenshots && [390, 820, 1440].includes(width)) {
        await page.evaluate(async () => {
          for (const image of document.images) image.loading = 'eager';
          await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
        });
        const file = `${name.replace(/\/?index\.html$|\.html$/, '').replaceAll('/', '_') || 'home'}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(screenshots, file), fullPage: !name.startsWith('titles/index') });
      }
    }
    if (thorough) await accessible(page, `${name}, ${colorScheme}`);
    await context.close();
  }
}

function address(name) {
  return name.replace(/index\.html$/, '').split('/').map(encodeURIComponent).join('/');
}

function watch(page, site, name) {
  page.on('console', m => ['error', 'warning'].includes(m.type()) && !/404/.test(m.text()) && report(name, `console: ${m.text()}`));
  page.on('pageerror', e => report(name, `script: ${e.message}`));
  page.on('request', r => !r.url().startsWith(site.url) && !r.url().startsWith('data:') && report(name, `request to ${r.url()}`));
  page.on('response', r => r.status() >= 400 && !r.url().endsWith('404.html') && report(name, `${r.status()} for ${r.url()}`));
}

// inspect finds what sticks out of the page, or is a picture that is not there.
async function inspect(page, where) {
  const found = await page.evaluate(() => {
    const list = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.querySelectorAll('body *')].find(e => e.getBoundingClientRect().right > root.clientWidth + 1);
      list.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}, because of ${wide?.outerHTML.slice(0, 120)}`);
    }
    for (const image of document.images) {
      if (image.complete && image.naturalWidth === 0 && image.loading !== 'lazy') list.push(`picture is broken: ${image.src}`);
    }
    return list;
  });
  for (const what of found) report(where, what);
}

async function accessible(page, where) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const v of violations) report(where, `axe ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 160)} (${v.nodes.length}×)`);
}

// withoutScript sees that nothing is missing for who runs no scripts.
async function withoutScript(browser, site) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site.url + 'titles/');
  const listed = await page.locator('main a[href]').count();
  if (listed < titles.length) report('titles/ without scripts', `${listed} links for ${titles.length} titles`);
  await context.close();
}

// keyboard sees that the first stop of the Tab key is visible and leads on.
async function keyboard(browser, site) {
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.keyboard.press('Tab');
  const skip = await page.evaluate(() => ({
    href: document.activeElement.getAttribute('href'), top: document.activeElement.getBoundingClientRect().top,
  }));
  if (!skip.href?.startsWith('#') || skip.top < 0) report('keyboard', `the first stop is ${JSON.stringify(skip)}, not a visible skip link`);
  await page.close();
}

// linksLead follows every link of the two main pages and of some titles.
async function linksLead(browser, site) {
  const page = await browser.newPage();
  const seen = new Set();
  for (const name of ['', ...lists.map(address), ...titles.slice(0, 5).map(address)]) {
    await page.goto(site.url + name);
    for (const href of await page.evaluate(() => [...document.querySelectorAll('a[href], link[href]')].map(a => a.href))) {
      const target = href.split('#')[0];
      if (!target.startsWith(site.url) || seen.has(target)) continue;
      seen.add(target);
      const answer = await fetch(target);
      if (!answer.ok) report(name || 'home', `${answer.status} behind the link ${target}`);
    }
  }
  await page.close();
}
