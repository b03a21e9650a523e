// The built site, served under a path prefix as GitHub Pages does.
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.xml': 'application/xml', '.json': 'application/json',
  '.woff2': 'font/woff2', '.ico': 'image/x-icon', '.webmanifest': 'application/manifest+json',
};

export async function serve(folder, prefix) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    let name = normalize(path.slice(prefix.length));
    if (name.endsWith(sep) || name === '.') name = join(name, 'index.html');
    let status = 200;
    let body = path.startsWith(prefix) && !name.startsWith('..') ? await readFile(join(folder, name)).catch(() => null) : null;
    if (body === null) {
      status = 404;
      name = '404.html';
      body = await readFile(join(folder, name));
    }
    const type = types[extname(name)] ?? 'application/octet-stream';
    const packed = /text|json|xml|javascript/.test(type);
    if (packed) body = gzipSync(body);
    response.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length, ...packed && { 'Content-Encoding': 'gzip' } });
    response.end(body);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() };
}

// pages lists the site's HTML files by their path.
export async function pages(folder) {
  const names = await readdir(folder, { recursive: true });
  return names.filter(name => name.endsWith('.html')).map(name => name.split(sep).join('/')).sort();
}

// Where Chromium is, and how it is started so that it asks nobody but the site.
export const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
export const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
