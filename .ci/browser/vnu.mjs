// Checks every page of a built site with the Nu HTML checker: no error, no warning.
//
//   node vnu.mjs FOLDER
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pages, serve } from './site.mjs';

const jar = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
const site = await serve(process.argv[2], '/trophies/');
const names = await pages(process.argv[2]);
const addresses = names.map(name => site.url + name.replace(/index\.html$/, '').split('/').map(encodeURIComponent).join('/'));
let failed = 0;
// As many as a command line holds.
for (let from = 0; from < addresses.length; from += 100) failed += await check(addresses.slice(from, from + 100));
site.close();
console.log(`# ${names.length} pages checked by Nu, ${failed} problems`);
process.exit(failed ? 1 : 0);

async function check(some) {
  const java = spawn('java', ['-Dnu.validator.servlet.allow-forbidden-hosts=true', '-jar', jar, '--format', 'json', '--exit-zero-always', ...some]);
  let out = '';
  java.stderr.on('data', data => { out += data; });
  await new Promise((resolve, reject) => { java.on('close', resolve); java.on('error', reject); });
  const { messages } = JSON.parse(out);
  for (const m of messages) console.log(`not ok - ${decodeURIComponent(m.url ?? '')}:${m.lastLine}: ${m.message}`);
  return messages.length;
}
