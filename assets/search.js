// Search over titles, trophies and the owner's texts. The index is fetched when
// it is first needed, part after part, and results show as parts come in.
const box = document.getElementById('search');
const field = box.querySelector('input');
const status = box.querySelector('[role=status]');
const results = document.getElementById('results');
const nothing = document.getElementById('nothing');
const row = document.getElementById('result');
const grades = Object.fromEntries([...document.querySelectorAll('#grades [data-grade]')].map(e => [e.dataset.grade, e.textContent]));
const forms = JSON.parse(box.dataset.forms);
const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);
const shown = 60;

// Letters that stand for others without being made of them.
const letters = { ł: 'l', ø: 'o', đ: 'd', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' };
const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[łøđıßæœþ]/g, c => letters[c]);

// An entry is what a line shows, and the text that it is found by.
let entries = [];
let loading;

async function load() {
  const get = async name => (await fetch(box.dataset.index + name)).json();
  const { parts, titles, texts } = await get('index.json');
  const cover = title => title.icon && box.dataset.root + title.icon;
  entries = [
    ...titles.map(t => ({ name: t.name, below: t.note ?? '', href: t.path, icon: cover(t), text: fold(`${t.name} ${t.note ?? ''}`), rank: 0 })),
    ...texts.map(t => ({ name: t.name, below: t.text.slice(0, 160), href: t.path, text: fold(`${t.name} ${t.text}`), rank: 1 })),
  ];
  show();
  for (let part = 1; part <= parts; part++) {
    const { trophies } = await get(`${part}.json`);
    for (const [place, id, grade, name, detail] of trophies) {
      const title = titles[place];
      entries.push({ name, below: title.name, href: `${title.path}#t${id}`, icon: cover(title), grade, text: fold(`${name} ${detail}`), rank: 2 });
    }
    show();
  }
}

function find(words) {
  const found = { count: 0, first: [] };
  for (const entry of entries) {
    if (!words.every(word => entry.text.includes(word))) continue;
    found.count++;
    if (found.first.length < 5 * shown) found.first.push(entry);
  }
  const whole = words.join(' ');
  const place = entry => entry.rank * 2 + (fold(entry.name).includes(whole) ? 0 : 1);
  found.first.sort((a, b) => place(a) - place(b));
  found.first.length = Math.min(shown, found.first.length);
  return found;
}

function line(entry) {
  const item = row.content.cloneNode(true);
  const link = item.querySelector('a');
  link.href = box.dataset.root + entry.href;
  const [image, blank] = item.querySelectorAll('.icon');
  if (entry.icon) {
    image.src = entry.icon;
    blank.remove();
  } else {
    blank.textContent = [...entry.name][0] ?? '';
    image.remove();
  }
  const emblem = item.querySelector('svg');
  if (entry.grade) {
    emblem.classList.add(entry.grade);
    emblem.setAttribute('aria-label', grades[entry.grade]);
    emblem.firstElementChild.setAttribute('href', `#cup-${entry.grade}`);
  } else {
    emblem.remove();
  }
  const [name, below] = item.querySelectorAll('bdi');
  name.textContent = entry.name;
  below.textContent = entry.below;
  return item;
}

function show() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  const found = words.length ? find(words) : { count: 0, first: [] };
  results.replaceChildren(...found.first.map(line));
  results.hidden = found.count === 0;
  nothing.hidden = found.count > 0 || words.length === 0;
  const form = forms[plural.select(found.count)] ?? forms.other;
  status.textContent = words.length ? form.replace('{n}', found.count.toLocaleString(language, { numberingSystem: 'latn' })) : '';
}

function search() {
  loading ??= load();
  const query = field.value ? `?q=${encodeURIComponent(field.value)}` : '';
  history.replaceState(null, '', location.pathname + query);
  show();
}

field.value = new URLSearchParams(location.search).get('q') ?? '';
field.addEventListener('input', search);
field.addEventListener('focus', () => { loading ??= load(); }, { once: true });
if (field.value) search();
