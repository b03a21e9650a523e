// Posts what is new on a trophycase site to a chat:
//
//   SITE=https://YOU.github.io/REPOSITORY/ WEBHOOK=https://… node chat-bot.mjs
//
// The webhook is one of Discord; for Slack and Mattermost, set FIELD=text. The file
// POSTED, posted.txt, remembers what was posted. The first run posts nothing.
import { readFile, writeFile } from 'node:fs/promises';

const { SITE, WEBHOOK, FIELD = 'content', POSTED = 'posted.txt' } = process.env;
const cups = { platinum: '🏆', gold: '🥇', silver: '🥈', bronze: '🥉' };
const listed = 8;

// plain takes from a name what a chat would take for more than text.
const plain = name => name.replace(/[\\*_~`|<>[\]@]/g, '\\$&');

function tell(unlock) {
  const name = plain(unlock.name ?? 'a secret trophy');
  return `${cups[unlock.grade]} ${unlock.secret ? `||${name}||` : name} – ${plain(unlock.title)} (${unlock.earnedRate} %)`;
}

function message({ onlineId, url }, change) {
  const lines = change.unlocks.slice(0, listed).map(tell);
  if (change.unlocks.length > listed) lines.push(`and ${change.unlocks.length - listed} more`);
  for (const title of change.titles) lines.push(`🎮 began ${plain(title.name)}`);
  if (change.levelAfter) lines.push(`⬆️ level ${change.levelAfter}`);
  return `**${plain(onlineId)}** · ${url}\n${lines.join('\n')}`.slice(0, 2000);
}

async function post(text) {
  const body = { [FIELD]: text };
  if (FIELD === 'content') body.allowed_mentions = { parse: [] };
  const answer = await fetch(WEBHOOK, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`the chat answered ${answer.status}`);
}

const answer = await fetch(new URL('changes.json', SITE));
if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
const news = await answer.json();
const posted = (await readFile(POSTED, 'utf8').catch(() => '')).trim();
const fresh = posted ? news.changes.filter(change => change.at > posted).reverse() : [];
for (const change of fresh) {
  await post(message(news, change));
  await writeFile(POSTED, `${change.at}\n`);
}
if (!posted) await writeFile(POSTED, `${news.changes[0]?.at ?? '0'}\n`);
