// Follows the recipes of docs/feeds.md against a built site: the bot posts what is
// new, once, and the parser of blog-post-workflow reads the feed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Parser from 'rss-parser';
import { serve } from './site.mjs';

const prefix = '/trophies/';
const bot = new URL('../../docs/recipes/chat-bot.mjs', import.meta.url).pathname;
const temporary = await mkdtemp(join(tmpdir(), 'recipes'));
const folder = join(temporary, 'site');
await cp(process.argv[2], folder, { recursive: true });
const site = await serve(folder, prefix);

const posts = [];
let status = 204;
const chat = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  if (status < 300) posts.push(JSON.parse(body));
  response.writeHead(status).end();
});
await new Promise(resolve => chat.listen(0, '127.0.0.1', resolve));

function run(env = {}) {
  const child = spawn(process.execPath, [bot], {
    cwd: temporary, stdio: ['ignore', 'inherit', 'pipe'],
    env: { PATH: process.env.PATH, SITE: site.url, WEBHOOK: `http://127.0.0.1:${chat.address().port}/`, ...env },
  });
  return new Promise(resolve => child.on('exit', resolve));
}

const file = join(folder, 'changes.json');
const news = JSON.parse(await readFile(file, 'utf8'));
assert.ok(news.changes.length > 3);

assert.equal(await run(), 0);
assert.equal(posts.length, 0, 'the first run posts nothing');

const [newest, second] = news.changes;
const unlock = { ...newest.unlocks[0], name: 'A *bold* @everyone <b>', secret: true };
news.changes.unshift(
  { ...newest, at: '2099-01-02T00:00:00Z', levelBefore: 998, levelAfter: 999, titles: [{ name: 'New [one]' }], unlocks: Array(12).fill(unlock) },
  { ...second, at: '2099-01-01T00:00:00Z' },
);
await writeFile(file, JSON.stringify(news));
status = 500;
assert.notEqual(await run(), 0, 'a chat that fails is told');
status = 204;
assert.equal(await run(), 0);
assert.equal(posts.length, 2, 'each change is posted, also after a failure');
assert.ok(posts[0].content.includes(second.unlocks[0].title), 'the older change comes first');
assert.ok(posts[1].content.includes('||A \\*bold\\* \\@everyone \\<b\\>||') && posts[1].content.includes('and 4 more'), posts[1].content);
assert.ok(posts[1].content.includes('level 999') && posts[1].content.includes('New \\[one\\]'), posts[1].content);
assert.deepEqual(posts[1].allowed_mentions, { parse: [] });
assert.equal(await run(), 0);
assert.equal(posts.length, 2, 'nothing is posted twice');
news.changes.unshift({ ...second, at: '2099-01-03T00:00:00Z' });
await writeFile(file, JSON.stringify(news));
assert.equal(await run({ FIELD: 'text' }), 0);
assert.ok(posts[2].text && !posts[2].allowed_mentions);

// The owner's texts with a date stand between the unlocks.
const feed = await new Parser({ headers: { Accept: 'application/rss+xml' } }).parseString(await readFile(join(folder, 'feed.xml'), 'utf8'));
const unlocks = JSON.parse(await readFile(join(folder, 'api/v1/unlocks.json'), 'utf8'));
assert.equal(feed.items.length, 50);
const items = feed.items.filter(item => !item.guid.includes(':note/'));
assert.ok(items.length > 40, `${items.length} unlocks`);
for (const [i, item] of items.entries()) {
  assert.ok(item.title.includes(unlocks[i].name.replace(/\s+/g, ' ').trim()), `${item.title} is not ${unlocks[i].name}`);
  assert.equal(item.link, unlocks[i].url);
  assert.equal(new Date(item.isoDate).getTime(), new Date(unlocks[i].earnedAt).getTime());
}

site.close();
chat.close();
await rm(temporary, { recursive: true });
console.log('recipes: the bot and the README list work');
