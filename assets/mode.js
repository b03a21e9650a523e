// The visitor's choice of light or dark, before anything is painted.
try { document.documentElement.dataset.mode = localStorage.getItem('mode') ?? 'auto'; } catch { /* no storage, no choice */ }
