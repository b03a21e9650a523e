// Draws the program's cards with other libraries, as well as each of them can: fonts
// read once, pictures decoded for each card, as the covers of titles differ.
//
//   node cards.mjs satori|resvg|napi|sharp social|profile|badge COUNT
//
// Prints the processor's seconds and the bytes of a card as JSON.
import { readFileSync, readdirSync } from 'node:fs';

const [renderer, kind, count] = process.argv.slice(2);
const assets = new URL('../../assets/', import.meta.url);
const pictures = readdirSync(new URL('sample/pictures/', assets)).filter(name => name.endsWith('.jpg'));
const fontFiles = ['10-inter.ttf', '11-inter-bold.ttf'].map(name => new URL(`fonts/${name}`, assets).pathname);
const inks = { surface: '#151a21', raised: '#1c232d', line: '#2a3340', ink: '#e9edf3', soft: '#a9b4c2', faint: '#8592a3' };
const metals = ['#b7d2ee', '#e2b53e', '#bcc4cf', '#cf8a5b'];
const cup = 'M6.5 2h11v6a5.5 5.5 0 0 1-11 0zM11 13h2v6.4h-2zM7 19.4h10V22H7z';

// width tells a JPEG's, to choose square covers as large as the snapshot keeps them.
function side(data) {
  for (let at = 2; at < data.length;) {
    const marker = data[at + 1];
    if (marker >= 0xc0 && marker <= 0xc2) return data.readUInt16BE(at + 5) === data.readUInt16BE(at + 7) ? data.readUInt16BE(at + 5) : 0;
    at += 2 + data.readUInt16BE(at + 2);
  }
  return 0;
}
const covers = pictures.map(name => readFileSync(new URL(`sample/pictures/${name}`, assets))).filter(data => side(data) === 320);

// A card is its size and what is on it.
const text = (x, y, size, colour, value, bold = false, anchor = 'start') => ({ type: 'text', x, y, size, colour, value, bold, anchor });
const rect = (x, y, w, h, r, colour) => ({ type: 'rect', x, y, w, h, r, colour });
const cups = (x, y, step, size, font) => metals.flatMap((colour, i) => [
  { type: 'path', x: x + i * step, y, size, colour },
  text(x + i * step + size * 1.3, y + size * 0.8, font, inks.ink, String(1 + i * 7), true),
]);
const kinds = {
  social: i => ({ w: 1200, h: 630, r: 0, items: [
    { type: 'image', x: 64, y: 155, w: 320, r: 24, data: covers[i % covers.length] },
    text(440, 128, 60, inks.ink, `Tidewright ${i}`, true), text(440, 180, 32, inks.soft, 'PS5  ·  PS4'),
    text(440, 418, 104, inks.ink, '62', true), text(570, 418, 48, inks.soft, '%'), text(1136, 418, 32, inks.soft, '25 / 40', false, 'end'),
    rect(440, 444, 696, 14, 7, inks.raised), rect(440, 444, 431, 14, 7, inks.soft), ...cups(440, 480, 152, 36, 32),
    text(440, 566, 26, inks.faint, 'Marlowe-Quill  ·  hunter.example/trophies'),
  ] }),
  profile: () => ({ w: 800, h: 240, r: 16, items: [
    { type: 'image', x: 24, y: 28, w: 100, r: 16, data: covers[0] },
    text(144, 58, 28, inks.ink, 'Marlowe-Quill', true), text(144, 86, 16, inks.soft, '1,125 trophies  ·  71.2% complete'),
    { type: 'path', x: 144, y: 102, size: 20, colour: metals[3] }, text(172, 118, 16, inks.ink, 'Northmole', true), text(270, 118, 16, inks.faint, 'Tidewright'),
    { type: 'ring', x: 690, y: 92, r: 62, width: 10, share: 0.62, colour: metals[1] }, text(690, 74, 16, inks.soft, 'Level', false, 'middle'), text(690, 116, 44, inks.ink, '233', true, 'middle'),
    rect(24, 152, 552, 1, 0, inks.line), ...cups(24, 172, 138, 36, 28),
    text(690, 192, 16, inks.ink, '31,245 points', true, 'middle'), text(690, 214, 16, inks.faint, '405 to the next level', false, 'middle'),
  ] }),
  badge: () => ({ w: 120, h: 28, r: 6, items: [
    rect(1, 1, 72, 26, 5, inks.raised), { type: 'path', x: 7, y: 4, size: 20, colour: metals[1] },
    text(33, 19, 16, inks.soft, 'Level'), text(84, 19, 16, inks.ink, '233', true),
  ] }),
};

const uri = data => `data:image/jpeg;base64,${data.toString('base64')}`;
const escape = s => s.replace(/[&<>]/g, c => `&#${c.charCodeAt(0)};`);

function svgItem(item, family) {
  switch (item.type) {
    case 'text': return `<text x="${item.x}" y="${item.y}" font-family="${family}" font-size="${item.size}" font-weight="${item.bold ? 700 : 400}" text-anchor="${item.anchor}" fill="${item.colour}">${escape(item.value)}</text>`;
    case 'rect': return `<rect x="${item.x}" y="${item.y}" width="${item.w}" height="${item.h}" rx="${item.r}" fill="${item.colour}"/>`;
    case 'path': return `<path transform="translate(${item.x} ${item.y}) scale(${item.size / 24})" d="${cup}" fill="${item.colour}"/>`;
    case 'ring': {
      const around = 2 * Math.PI * item.r;
      return `<circle cx="${item.x}" cy="${item.y}" r="${item.r}" fill="none" stroke="${inks.raised}" stroke-width="${item.width}"/><circle cx="${item.x}" cy="${item.y}" r="${item.r}" fill="none" stroke="${item.colour}" stroke-width="${item.width}" stroke-dasharray="${around * item.share} ${around}" transform="rotate(-90 ${item.x} ${item.y})"/>`;
    }
    case 'image': return `<clipPath id="c"><rect x="${item.x}" y="${item.y}" width="${item.w}" height="${item.w}" rx="${item.r}"/></clipPath><image x="${item.x}" y="${item.y}" width="${item.w}" height="${item.w}" clip-path="url(#c)" href="${uri(item.data)}"/>`;
  }
}

function svg(card, family, skip = '') {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${card.w}" height="${card.h}"><rect width="${card.w}" height="${card.h}" rx="${card.r}" fill="${inks.surface}"/>${card.items.filter(i => i.type !== skip).map(i => svgItem(i, family)).join('')}</svg>`;
}

// element is an item as satori takes it: HTML with a place.
function element(item) {
  const at = { position: 'absolute', left: item.x, top: item.y };
  switch (item.type) {
    case 'text': {
      const style = { ...at, top: item.y - item.size, fontSize: item.size, lineHeight: 1.2, fontWeight: item.bold ? 700 : 400, color: item.colour, whiteSpace: 'nowrap' };
      if (item.anchor !== 'start') Object.assign(style, { left: item.anchor === 'end' ? item.x - 400 : item.x - 200, width: 400, display: 'flex', justifyContent: item.anchor === 'end' ? 'flex-end' : 'center' });
      return { type: 'div', props: { style, children: item.value } };
    }
    case 'rect': return { type: 'div', props: { style: { ...at, width: item.w, height: item.h, borderRadius: item.r, backgroundColor: item.colour } } };
    case 'path': return { type: 'svg', props: { style: at, width: item.size, height: item.size, viewBox: '0 0 24 24', children: { type: 'path', props: { d: cup, fill: item.colour } } } };
    case 'ring': {
      const r = item.r, side = 2 * (r + item.width), around = 2 * Math.PI * r, place = { cx: side / 2, cy: side / 2, r, fill: 'none', 'stroke-width': item.width };
      return { type: 'svg', props: { style: { ...at, left: item.x - side / 2, top: item.y - side / 2 }, width: side, height: side, children: [
        { type: 'circle', props: { ...place, stroke: inks.raised } }, { type: 'circle', props: { ...place, stroke: item.colour, 'stroke-dasharray': `${around * item.share} ${around}` } },
      ] } };
    }
    case 'image': return { type: 'img', props: { src: uri(item.data), width: item.w, height: item.w, style: { ...at, borderRadius: item.r } } };
  }
}

const renderers = {
  async satori() {
    const { default: satori } = await import('satori');
    const { Resvg } = await import('@resvg/resvg-js');
    const fonts = fontFiles.map((file, i) => ({ name: 'Inter', data: readFileSync(file), weight: i ? 700 : 400, style: 'normal' }));
    return async card => {
      const tree = { type: 'div', props: { style: { display: 'flex', position: 'relative', width: card.w, height: card.h, backgroundColor: inks.surface, borderRadius: card.r, fontFamily: 'Inter' }, children: card.items.map(element) } };
      return new Resvg(await satori(tree, { width: card.w, height: card.h, fonts }), { font: { loadSystemFonts: false } }).render().asPng();
    };
  },
  async resvg() {
    const { Resvg } = await import('@resvg/resvg-js');
    return card => new Resvg(svg(card, 'Inter'), { font: { loadSystemFonts: false, fontFiles } }).render().asPng();
  },
  async napi() {
    const { GlobalFonts, Path2D, createCanvas, loadImage } = await import('@napi-rs/canvas');
    fontFiles.forEach(file => GlobalFonts.registerFromPath(file, 'Inter'));
    return async card => {
      const canvas = createCanvas(card.w, card.h);
      const c = canvas.getContext('2d');
      const fill = (x, y, w, h, r, colour) => { c.fillStyle = colour; c.beginPath(); c.roundRect(x, y, w, h, r); c.fill(); };
      fill(0, 0, card.w, card.h, card.r, inks.surface);
      for (const item of card.items) {
        c.save();
        switch (item.type) {
          case 'text': c.font = `${item.bold ? 700 : 400} ${item.size}px Inter`; c.textAlign = { start: 'left', middle: 'center', end: 'right' }[item.anchor]; c.fillStyle = item.colour; c.fillText(item.value, item.x, item.y); break;
          case 'rect': fill(item.x, item.y, item.w, item.h, item.r, item.colour); break;
          case 'path': c.translate(item.x, item.y); c.scale(item.size / 24, item.size / 24); c.fillStyle = item.colour; c.fill(new Path2D(cup)); break;
          case 'ring':
            for (const [colour, share] of [[inks.raised, 1], [item.colour, item.share]]) { c.strokeStyle = colour; c.lineWidth = item.width; c.beginPath(); c.arc(item.x, item.y, item.r, -Math.PI / 2, 2 * Math.PI * share - Math.PI / 2); c.stroke(); }
            break;
          case 'image': c.beginPath(); c.roundRect(item.x, item.y, item.w, item.w, item.r); c.clip(); c.drawImage(await loadImage(item.data), item.x, item.y, item.w, item.w); break;
        }
        c.restore();
      }
      return canvas.encode('png');
    };
  },
  async sharp() {
    const { default: sharp } = await import('sharp');
    return async card => {
      const layers = [];
      for (const item of card.items.filter(i => i.type === 'image')) {
        const mask = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${item.w}" height="${item.w}"><rect width="${item.w}" height="${item.w}" rx="${item.r}"/></svg>`);
        const { data, info } = await sharp(item.data).resize(item.w, item.w).ensureAlpha().composite([{ input: mask, blend: 'dest-in' }]).raw().toBuffer({ resolveWithObject: true });
        layers.push({ input: data, raw: info, left: item.x, top: item.y });
      }
      return sharp(Buffer.from(svg(card, 'sans-serif', 'image'))).composite(layers).png({ compressionLevel: 1, adaptiveFiltering: false }).toBuffer();
    };
  },
};

const draw = await renderers[renderer]();
let bytes = 0;
if (count > 1) for (let i = 0; i < 5; i++) await draw(kinds[kind](i));
const start = process.cpuUsage();
for (let i = 0; i < count; i++) bytes += (await draw(kinds[kind](i))).length;
const spent = process.cpuUsage(start);
if (process.env.SAVE) (await import('node:fs')).writeFileSync(process.env.SAVE, await draw(kinds[kind](0)));
console.log(JSON.stringify({ Seconds: (spent.user + spent.system) / 1e6 / count, Bytes: bytes / count }));
