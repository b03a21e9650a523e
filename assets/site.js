// Sorting and filtering of lists that are complete without it. The choice is in
// the address, so that it can be shared and survives the back button.

// Letters that stand for others without being made of them.
const letters = { ł: 'l', ø: 'o', đ: 'd', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' };
const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[łøđıßæœþ]/g, c => letters[c]);

// chooser ties the fields of a group of tools to the address and to apply.
function chooser(tools, apply) {
  const fields = [...tools.querySelectorAll('[name]')];
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = fields.find(field => field.name === name);
    if (field) field.value = value;
  }
  const choose = () => {
    const choice = Object.fromEntries(fields.map(field => [field.name, field.value]).filter(([, value]) => value));
    const query = new URLSearchParams(choice);
    history.replaceState(null, '', location.pathname + (query.size ? `?${query}` : '') + location.hash);
    return apply(choice);
  };
  tools.addEventListener('input', choose);
  if (location.search) choose();
}

function trophies(tools) {
  const lists = [...document.querySelectorAll('.trophies')].map(list => ({ list, items: [...list.children] }));
  const orders = {
    earned: (a, b) => (b.dataset.earned || 0) - (a.dataset.earned || 0),
    rarity: (a, b) => (a.dataset.rate || 101) - (b.dataset.rate || 101),
  };
  chooser(tools, choice => {
    for (const { list, items } of lists) {
      for (const item of items) item.hidden = Boolean(choice.show) && !item.classList.contains(choice.show);
      list.replaceChildren(...(orders[choice.order] ? items.toSorted(orders[choice.order]) : items));
    }
  });
}

function titles(tools) {
  const list = document.getElementById('titles');
  const pages = document.getElementById('pages');
  const count = document.getElementById('shown');
  const page = [...list.children];
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: 'base' });
  const entry = element => {
    const name = element.querySelector('.name').textContent;
    return { element, data: element.dataset, name, text: fold(name) };
  };

  const states = {
    completed: data => data.progress === '100',
    platinum: data => data.platinum !== '0',
    begun: data => data.progress !== '0' && data.progress !== '100',
    untouched: data => data.progress === '0',
  };
  const orders = {
    name: (a, b) => collator.compare(a.name, b.name),
    progress: (a, b) => b.data.progress - a.data.progress,
  };
  const wanted = choice => {
    const words = fold(choice.q ?? '').split(/\s+/);
    return ({ data, text }) => words.every(word => text.includes(word)) &&
      (!choice.platform || data.platform.split(' ').includes(choice.platform)) &&
      (!choice.state || states[choice.state]?.(data)) &&
      (!choice.year || data.year === choice.year);
  };

  // A long list is on several pages: a choice is made among the titles of all.
  const read = async address => {
    const other = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
    for (const element of other.querySelectorAll('#titles [href], #titles [src]')) {
      const name = element.hasAttribute('src') ? 'src' : 'href';
      const value = element.getAttribute(name);
      if (!value.startsWith('#')) element.setAttribute(name, new URL(value, address).href);
    }
    return [...other.getElementById('titles').children];
  };
  const readAll = async () => {
    const links = pages ? [...pages.querySelectorAll('a')] : [];
    const parts = await Promise.all(links.map(link => link.ariaCurrent === 'page' ? page : read(link.href)));
    return (pages ? parts.flat() : page).map(entry);
  };
  let all;

  // Of many titles that fit, so many are shown first, and more at their end.
  const step = 200;
  let fit = [];
  const more = new IntersectionObserver(seen => {
    if (seen.some(one => one.isIntersecting)) extend();
  }, { rootMargin: '1000px' });
  const extend = () => {
    more.disconnect();
    const from = list.childElementCount;
    list.append(...fit.slice(from, from + step).map(one => one.element));
    if (list.childElementCount < fit.length) more.observe(list.lastElementChild);
  };

  let latest;
  chooser(tools, async choice => {
    latest = choice;
    all ??= await readAll();
    if (choice !== latest) return;
    const chosen = Object.keys(choice).length > 0;
    const matches = all.filter(wanted(choice));
    fit = chosen ? (orders[choice.sort] ? matches.toSorted(orders[choice.sort]) : matches) : page.map(element => ({ element }));
    if (pages) pages.hidden = chosen;
    count.textContent = fit.length.toLocaleString(document.documentElement.lang, { numberingSystem: 'latn' });
    list.replaceChildren();
    extend();
  });
}

const tools = document.getElementById('tools');
const order = document.getElementById('order');
if (tools) titles(tools);
if (order) trophies(order);

// Where the links at the top do not fit, the page's own is in view.
(() => {
  const links = document.querySelector('.top .links');
  const current = links?.querySelector('[aria-current]');
  if (!current || links.scrollWidth <= links.clientWidth) return;
  const [frame, box] = [links.getBoundingClientRect(), current.getBoundingClientRect()];
  links.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
})();

// The year by keyboard: one stop, arrow keys from day to day, and the day in words.
// Pointing at a day says the same.
(() => {
  const year = document.querySelector('.heat');
  if (!year) return;
  const line = document.querySelector('.day');
  const rows = [...year.tBodies[0].rows].map(row => [...row.cells].slice(1));
  const place = cell => [rows.findIndex(row => row.includes(cell)), cell.cellIndex - 1];
  const isDay = cell => cell?.hasAttribute('title');
  let stop = rows.flat().filter(isDay).toSorted((a, b) => place(b)[1] - place(a)[1] || place(b)[0] - place(a)[0])[0];
  if (!stop) return;
  stop.tabIndex = 0;
  const go = cell => {
    if (!isDay(cell)) return;
    stop.removeAttribute('tabindex');
    stop = cell;
    stop.tabIndex = 0;
    stop.focus();
  };
  const say = event => { if (isDay(event.target)) line.textContent = event.target.title; };
  year.addEventListener('focusin', say);
  year.addEventListener('pointerover', say);
  year.addEventListener('keydown', event => {
    const [day, week] = place(stop);
    const on = getComputedStyle(year).direction === 'rtl' ? -1 : 1;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -on], ArrowRight: [0, on] }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = day + step[0];
    // Above Monday is the Sunday of the week before.
    go(rows[(next + 7) % 7][week + step[1] + Math.floor(next / 7)]);
  });
})();

// Light, dark, or as the system says.
(() => {
  const button = document.querySelector('.top .mode');
  if (!button) return;
  const root = document.documentElement.dataset;
  const modes = ['auto', 'light', 'dark'];
  const show = mode => {
    root.mode = mode;
    button.title = `${button.dataset.label}: ${button.dataset[mode]}`;
    button.setAttribute('aria-label', button.title);
  };
  show(modes.includes(root.mode) ? root.mode : 'auto');
  button.addEventListener('click', () => {
    show(modes[(modes.indexOf(root.mode) + 1) % modes.length]);
    try { localStorage.setItem('mode', root.mode); } catch { /* for this page only */ }
  });
})();

// Text to copy: a button does it where there are scripts.
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.addEventListener('click', async () => {
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.value);
      button.textContent = button.dataset.done;
    } catch {
      text.select();
    }
  });
}
