// Sorting and filtering of lists that are complete without it. The choice is in
// the address, so that it can be shared and survives the back button.
(() => {
  const tools = document.getElementById('tools') ?? document.getElementById('order');
  if (!tools) return;
  const fields = [...tools.querySelectorAll('[name]')];
  const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const isTitles = tools.id === 'tools';
  const lists = [...document.querySelectorAll(isTitles ? '#titles' : '.trophies')].map(list => ({
    list,
    items: [...list.children].map((element, place) => ({ element, place, data: element.dataset, text: fold(element.dataset.name ?? '') })),
  }));
  const shown = document.getElementById('shown');
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: 'base' });

  const states = {
    completed: data => data.progress === '100',
    platinum: data => data.platinum !== '0',
    begun: data => data.progress !== '0' && data.progress !== '100',
    untouched: data => data.progress === '0',
  };
  const orders = {
    name: (a, b) => collator.compare(a.data.name, b.data.name),
    progress: (a, b) => b.data.progress - a.data.progress,
    earned: (a, b) => (b.data.earned || 0) - (a.data.earned || 0),
    rarity: (a, b) => (a.data.rate || 101) - (b.data.rate || 101),
  };

  const wanted = choice => {
    const words = fold(choice.q ?? '').split(/\s+/);
    return ({ data, text, element }) => words.every(word => text.includes(word)) &&
      (!choice.platform || data.platform.split(' ').includes(choice.platform)) &&
      (!choice.state || states[choice.state]?.(data)) &&
      (!choice.year || data.year === choice.year) &&
      (!choice.show || element.classList.contains(choice.show));
  };

  const apply = () => {
    const choice = Object.fromEntries(fields.map(field => [field.name, field.value]));
    const keep = wanted(choice);
    const order = orders[choice.sort ?? choice.order] ?? (() => 0);
    let count = 0;
    for (const { list, items } of lists) {
      for (const item of items) {
        item.element.hidden = !keep(item);
        if (!item.element.hidden) count++;
      }
      const sorted = items.toSorted((a, b) => order(a, b) || a.place - b.place);
      if (sorted.some((item, i) => list.children[i] !== item.element)) list.replaceChildren(...sorted.map(item => item.element));
    }
    if (shown) shown.textContent = count;
    const query = new URLSearchParams(Object.entries(choice).filter(([, value]) => value));
    history.replaceState(null, '', location.pathname + (query.size ? `?${query}` : '') + location.hash);
  };

  const restore = () => {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = fields.find(field => field.name === name);
      if (field) field.value = value;
    }
  };

  restore();
  tools.hidden = false;
  if (location.search) apply();
  tools.addEventListener('input', apply);
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
  button.hidden = false;
  button.addEventListener('click', () => {
    show(modes[(modes.indexOf(root.mode) + 1) % modes.length]);
    try { localStorage.setItem('mode', root.mode); } catch { /* for this page only */ }
  });
})();
