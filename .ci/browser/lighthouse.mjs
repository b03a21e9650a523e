// Lets Lighthouse judge the main pages of a built site as a phone sees them. All
// four scores must be 100.
//
//   node lighthouse.mjs FOLDER
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { executablePath, quiet, serve } from './site.mjs';

const userDataDir = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const chrome = await launch({
  chromePath: executablePath, userDataDir,
  chromeFlags: ['--headless', ...quiet],
});
const site = await serve(process.argv[2], '/trophies/');
let failed = 0;
for (const name of ['', 'titles/', 'titles/tidewright/', 'stats/']) {
  const scores = await judge(site.url + name);
  const good = Object.values(scores).every(score => score === 100);
  if (!good) failed++;
  console.log(`${good ? 'ok' : 'not ok'} - ${name || 'profile'}: ${JSON.stringify(scores)}`);
}
site.close();
await chrome.kill();
rmSync(userDataDir, { recursive: true, force: true });
process.exit(failed ? 1 : 0);

// judge runs Lighthouse, again if only the speed is wanting: it is measured, and
// machines are busy.
async function judge(url) {
  let scores = {};
  for (let run = 0; run < 3; run++) {
    const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: 'error', onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'] });
    const now = Object.fromEntries(Object.values(lhr.categories).map(c => [c.id, Math.round(100 * c.score)]));
    scores = Object.fromEntries(Object.entries(now).map(([id, score]) => [id, id === 'performance' ? Math.max(score, scores[id] ?? 0) : score]));
    for (const ref of Object.values(lhr.categories).flatMap(c => c.auditRefs)) {
      const audit = lhr.audits[ref.id];
      if (ref.weight > 0 && audit.score !== null && audit.score < 1) console.log(`# ${audit.id}: ${audit.displayValue ?? audit.title} ${JSON.stringify(audit.details?.items?.slice(0, 2) ?? '').slice(0, 400)}`);
    }
    if (scores.performance === 100) break;
  }
  return scores;
}
