// Uses a built site as people do: filters, sorts, searches, reveals, switches the
// look, goes by keyboard, without scripts, and prints.
//
//   node use.mjs FOLDER LARGE_FOLDER MIRRORED_FOLDER
//
// FOLDER is the sample's site; LARGE_FOLDER one of some thousand titles, whose
// speed is measured and printed, not judged: machines differ; MIRRORED_FOLDER one in a
// language that is read from the right.
import { chromium } from 'playwright-core';
import { executablePath, pages, quiet, serve } from './site.mjs';

const [folder, large, mirrored] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: quiet });
let failed = 0;
let done = 0;

async function test(name, site, run, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const bad = [];
  page.on('console', m => ['error', 'warning'].includes(m.type()) && bad.push(m.text()));
  page.on('pageerror', e => bad.push(e.message));
  page.on('request', r => !r.url().startsWith(site.url) && !r.url().startsWith('data:') && bad.push(`request to ${r.url()}`));
  try {
    await run(page, site.url);
    if (bad.length) throw new Error(bad.join('; '));
    console.log(`ok - ${name}`);
  } catch (e) {
    failed++;
    console.log(`not ok - ${name}: ${e.message}`);
  }
  done++;
  await context.close();
}

function equal(got, want, what) {
  if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`${what}: ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

const visible = page => page.evaluate(() => [...document.querySelectorAll('#titles > li:not([hidden]) .name')].map(e => e.textContent));

const sample = await serve(folder, '/trophies/');
const titles = (await pages(folder)).filter(name => /^titles\/[^-/].*\/index\.html$/.test(name)).length;

await test('filters titles by text, in any script and without accents', sample, async (page, url) => {
  await page.goto(url + 'titles/');
  const search = async q => { await page.fill('[name=q]', q); return visible(page); };
  equal((await search('lighthouse')).length, 1, 'lighthouse');
  equal((await search('zolwie')).join(), 'Żółwie Miasto', 'zolwie');
  equal((await search('図書館')).length, 1, '図書館');
  equal((await search('nothing like that')).length, 0, 'no match');
  equal((await search('')).length, titles, 'everything');
});

await test('filters by platform, state and year; the choice is in the address', sample, async (page, url) => {
  await page.goto(url + 'titles/');
  await page.selectOption('[name=platform]', 'PSVITA');
  await page.selectOption('[name=state]', 'completed');
  const list = await visible(page);
  if (!list.length || list.length >= titles) throw new Error(`${list.length} titles`);
  const address = new URL(page.url());
  equal([address.searchParams.get('platform'), address.searchParams.get('state')], ['PSVITA', 'completed'], 'address');
  await page.goto(address.href);
  equal(await visible(page), list, 'after a reload');
  equal(await page.textContent('#shown'), String(list.length), 'the count');
});

await test('sorts titles', sample, async (page, url) => {
  await page.goto(url + 'titles/');
  await page.selectOption('[name=sort]', 'name');
  const list = await visible(page);
  const sorted = await page.evaluate(list => list.toSorted(new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare), list);
  equal(list, sorted, 'by name');
  await page.selectOption('[name=sort]', 'progress');
  const progress = await page.evaluate(() => [...document.querySelectorAll('#titles > li')].map(e => +e.dataset.progress));
  equal(progress, progress.toSorted((a, b) => b - a), 'by progress');
});

await test('filters and orders the trophies of a title', sample, async (page, url) => {
  await page.goto(url + 'titles/tidewright/');
  const all = await page.locator('.trophies > li').count();
  await page.selectOption('[name=show]', 'missing');
  const missing = await page.locator('.trophies > li:visible').count();
  if (!missing || missing >= all) throw new Error(`${missing} of ${all} are missing`);
  await page.selectOption('[name=show]', '');
  await page.selectOption('[name=order]', 'rarity');
  const rates = await page.evaluate(() => [...document.querySelector('.trophies').children].map(e => +e.dataset.rate || 101));
  equal(rates, rates.toSorted((a, b) => a - b), 'by rarity');
});

await test('reveals a secret trophy on demand only, by keyboard', sample, async (page, url) => {
  await page.goto(url + 'titles/tidewright/');
  const secret = page.locator('.trophies details').first();
  equal(await secret.locator('p').first().isVisible(), false, 'covered');
  await secret.locator('summary').focus();
  await page.keyboard.press('Enter');
  equal(await secret.locator('p').first().isVisible(), true, 'revealed');
});

await test('a link leads to one trophy', sample, async (page, url) => {
  await page.goto(url + 'titles/tidewright/#t12');
  equal(await page.evaluate(() => document.querySelector(':target')?.id), 't12', 'target');
});

await test('searches titles, trophies and secrets that are no secrets any more', sample, async (page, url) => {
  const asked = [];
  page.on('request', r => asked.push(r.url()));
  await page.goto(url + 'search/');
  equal(asked.filter(a => a.endsWith('.json')).length, 0, 'index files before the first use');
  await page.fill('[name=q]', 'gardener of');
  await page.locator('#results li').first().waitFor();
  equal((await page.locator('#results .trophy').first().textContent()).includes('Gardener of Inherited Stars'), true, 'first result');
  await page.fill('[name=q]', '図書館');
  await page.waitForFunction(() => document.querySelector('#results bdi')?.textContent.includes('図書館'));
  await page.fill('[name=q]', 'κηπος');
  await page.waitForFunction(() => document.querySelector('#results bdi')?.textContent.includes('Κῆπος'));
  await page.fill('[name=q]', 'qqqq');
  await page.locator('#nothing').waitFor();
  equal(new URL(page.url()).searchParams.get('q'), 'qqqq', 'address');
  await page.fill('[name=q]', 'pilot ii');
  await page.locator('#results a').first().click();
  await page.waitForURL(/titles\/.*#t\d+$/);
});

await test('switches between light and dark, and remembers it', sample, async (page, url) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(url);
  const light = await ground();
  const button = page.locator('.top .mode');
  await button.click();
  await button.click();
  const dark = await ground();
  if (light === dark) throw new Error('nothing changed');
  await page.goto(url + 'titles/');
  equal(await ground(), dark, 'on the next page');
  await button.click();
  equal(await ground(), light, 'as the system again');
}, { colorScheme: 'light' });

await test('everything is there without scripts', sample, async (page, url) => {
  await page.goto(url + 'titles/');
  equal((await visible(page)).length, titles, 'titles');
  equal(await page.locator('#tools').isVisible(), false, 'tools that would do nothing');
  await page.goto(url + 'search/');
  equal(await page.locator('noscript').count(), 1, 'a word on the search');
}, { javaScriptEnabled: false });

await test('the keyboard reaches the content and every tool, visibly', sample, async (page, url) => {
  await page.goto(url + 'titles/');
  await page.keyboard.press('Tab');
  equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#content', 'first stop');
  await page.keyboard.press('Enter');
  const stops = [];
  for (let i = 0; i < 7; i++) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => {
      const e = document.activeElement;
      return [e.name || e.className || e.tagName, getComputedStyle(e).outlineStyle !== 'none'];
    }));
  }
  equal(stops.slice(0, 5).map(s => s[0]), ['q', 'platform', 'state', 'year', 'sort'], 'stops');
  equal(stops.filter(s => !s[1]), [], 'stops without a visible focus');
});

await test('prints on white, without what only a screen needs', sample, async (page, url) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto(url + 'titles/tidewright/');
  equal(await page.locator('.top').isVisible(), false, 'menu');
  equal(await page.locator('#order').isVisible(), false, 'tools');
  const [r, g, b] = await page.evaluate(() => getComputedStyle(document.body).color.match(/\d+/g).map(Number));
  if (r + g + b > 200) throw new Error(`ink is rgb(${r} ${g} ${b})`);
});

await test('a phone shows the latest trophy, and the menu where the page is, without scrolling', sample, async (page, url) => {
  await page.goto(url);
  const box = await page.locator('.latest .card').boundingBox();
  if (box.y + box.height > 667) throw new Error(`the latest trophy ends at ${box.y + box.height} px`);
  for (const name of ['titles/', 'stats/', 'about/']) {
    await page.goto(url + name);
    const link = await page.locator('.top .links [aria-current]').boundingBox();
    if (link.x < 0 || link.x + link.width > 375) throw new Error(`${name}: its link is at ${link.x} px`);
  }
}, { viewport: { width: 375, height: 667 } });

await test('the year is gone through day by day, by keyboard', sample, async (page, url) => {
  await page.goto(url);
  const days = page.locator('.heat td[title]');
  equal(await days.evaluateAll(list => list.every(day => day.textContent === day.title)), true, 'every day in words');
  equal(await page.locator('.heat td[tabindex]').count(), 1, 'stops');
  await page.locator('.scroll').focus();
  await page.keyboard.press('Tab');
  const at = () => page.evaluate(() => document.activeElement.title);
  const last = await at();
  equal(last, await days.last().getAttribute('title'), 'first stop');
  await page.keyboard.press('ArrowLeft');
  const week = await at();
  await page.keyboard.press('ArrowRight');
  equal(await at(), last, 'back');
  for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowUp');
  equal(await at(), week, 'seven days up are a week to the left');
  equal(await page.textContent('.day'), week, 'the line below');
  equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none'), true, 'a visible focus');
});

if (mirrored) {
  const site = await serve(mirrored, '/trophies/');
  await test('a language that is read from the right mirrors the pages', site, async (page, url) => {
    await page.goto(url);
    const x = async selector => (await page.locator(selector).first().boundingBox()).x;
    if (await x('.avatar') < await x('.ring')) throw new Error('the profile begins on the left');
    if (await x('.top .home') < await x('.top .mode')) throw new Error('the menu begins on the left');
    if (await x('.heat td[title] >> nth=-1') > await x('.heat th[scope=row]')) throw new Error('the year runs to the right');
    await page.goto(url + 'titles/tidewright/');
    const [text, icon] = [await page.locator('#t1 .text .soft').boundingBox(), await page.locator('#t1 .icon').boundingBox()];
    if (text.x + text.width > icon.x) throw new Error('the text is right of its picture');
    equal(await page.evaluate(() => getComputedStyle(document.querySelector('.note')).direction), 'ltr', 'an English note');
    await page.goto(url + 'stats/');
    const bars = await page.locator('#years ~ figure rect').evaluateAll(list => list.map(bar => +bar.getAttribute('x')));
    equal(bars, bars.toSorted((a, b) => b - a), 'the years');
  });
  site.close();
}

if (large) await measure(await serve(large, '/trophies/'));
sample.close();
await browser.close();
console.log(`1..${done}\n# ${failed} failed`);
process.exit(failed ? 1 : 0);

async function measure(site) {
  await test('a long list is filtered and sorted over all its pages', site, async (page, url) => {
    let bytes = 0;
    page.on('response', async r => { bytes += Number(await r.headerValue('content-length')); });
    await page.goto(url + 'titles/');
    await page.waitForLoadState('networkidle');
    console.log(`# first view of the titles: ${Math.round(bytes / 1000)} kB transferred`);
    const total = Number((await page.textContent('.tools p')).split('/')[1].replace(/\D/g, ''));
    await page.selectOption('[name=state]', 'untouched');
    await page.waitForFunction(() => document.getElementById('pages').hidden);
    const untouched = Number(await page.textContent('#shown'));
    if (untouched <= total / 20) throw new Error(`${untouched} of ${total} titles are untouched`);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForFunction(n => document.querySelectorAll('#titles > li').length >= Math.min(n, 400), untouched);
    for (const [what, value] of [['q', 'tide'], ['q', 'tidew'], ['q', ''], ['sort', 'name'], ['sort', 'progress'], ['state', 'completed'], ['state', '']]) {
      console.log(`# ${total} titles, ${what} "${value}": ${await interaction(page, `[name=${what}]`, value)} ms to the next frame`);
    }
  });
  await test('a large index is searched', site, async (page, url) => {
    await page.goto(url + 'search/');
    await page.focus('[name=q]');
    await page.waitForLoadState('networkidle');
    for (const q of ['a', 'an', 'har', 'harvest', '灯', 'zzzz', 'the end of']) {
      const ms = await interaction(page, '[name=q]', q);
      console.log(`# search "${q}": ${ms} ms to the next frame, ${await page.textContent('[role=status]')}`);
    }
    if (!(await page.locator('#results li').count())) throw new Error('nothing found');
  });
  site.close();
}

// interaction is the time from a change to the frame that shows it.
function interaction(page, selector, value) {
  return page.evaluate(([selector, value]) => new Promise(resolve => {
    const field = document.querySelector(selector);
    field.value = value;
    const start = performance.now();
    field.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => resolve(Math.round(performance.now() - start))));
  }), [selector, value]);
}
