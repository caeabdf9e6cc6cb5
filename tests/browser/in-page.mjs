// Functions that check.mjs runs inside the browser. Each is sent there as text, so none may
// use anything from outside itself.

// Runs in a blank page on the text of the report, parsed but not loaded: a script cannot run
// and so cannot hide itself. It also sees what a browser may never ask for while we watch:
// lazy images, icons, fonts no text uses, and link hints such as preconnect.
export function inspectSource(html) {
  const found = [];
  const loadingCss = /@import|url\((?!\s*["']?\s*(?:#|data:))/i;
  const inside = /^\s*(?:#|data:|$)/i;
  const loading = ['src', 'srcset', 'poster', 'background'];
  for (const el of new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*')) {
    const tag = el.localName;
    // Frames are barred too: axe would not look into them.
    if (['script', 'iframe', 'frame', 'object', 'embed'].includes(tag))
      found.push({ code: 'active-content', text: `<${tag}> element` });
    if (tag === 'style' && loadingCss.test(el.textContent))
      found.push({ code: 'outside-address', text: '<style> loads by url() or @import' });
    for (const { localName: name, value } of el.attributes) {
      const text = `<${tag} ${name}="${value.slice(0, 80)}">`;
      const loads = loading.includes(name) || (name === 'href' && !['a', 'area'].includes(tag));
      if (name.startsWith('on') || /^\s*javascript:/i.test(value))
        found.push({ code: 'active-content', text });
      else if (loads ? !inside.test(value) : name === 'style' && loadingCss.test(value))
        found.push({ code: 'outside-address', text });
    }
  }
  return found;
}

export function openDetails() {
  for (const details of document.querySelectorAll('details')) {
    details.removeAttribute('name'); // of those that share a name only one can be open
    details.open = true;
  }
}

// Headings, language and, on a phone (null elsewhere), what is too wide for it.
export function inspectPage(phoneWidth) {
  const found = [];
  const add = (code, text) => found.push({ code, text });
  if (!document.documentElement.lang.trim()) add('lang', 'html has no lang');
  // Only headings on show count: each mode's style sheet may hide some.
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter((h) => h.checkVisibility({ visibilityProperty: true }));
  const tops = headings.filter((h) => h.localName === 'h1').length;
  if (tops !== 1) add('one-h1', `${tops} h1 elements on show`);
  headings.reduce((last, h) => {
    const level = Number(h.localName[1]);
    if (level > last + 1)
      add('heading-jump', `h${level} after ${last ? `h${last}` : 'no heading'}: ${h.textContent.trim()}`);
    return level;
  }, 0);
  if (phoneWidth === null) return found;

  // Against the width set, not innerWidth: on a phone innerWidth grows with what overflows.
  const wide = document.documentElement.scrollWidth;
  if (wide > phoneWidth) add('sideways-scroll', `the document is ${wide}px wide, the screen ${phoneWidth}px`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.trim() || !text.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    let scrolls = false;
    let readAloudOnly = false; // in the usual 1px box that shows nothing on the screen
    for (let el = text.parentElement; el !== document.body; el = el.parentElement) {
      const { overflowX } = getComputedStyle(el);
      if (overflowX === 'auto' || overflowX === 'scroll') scrolls = true;
      if (overflowX !== 'visible' && el.getBoundingClientRect().width <= 1) readAloudOnly = true;
    }
    if (readAloudOnly) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()];
    const shown = `<${text.parentElement.localName}> "${text.data.trim().slice(0, 60)}"`;
    if (lines.some((line) => line.width > phoneWidth + 0.5)) add('wide-text', `${shown} is wider than the screen`);
    // In a box that scrolls, text past the edge can be reached; elsewhere it may be cut off.
    else if (!scrolls && lines.some((line) => line.right > phoneWidth + 0.5))
      add('wide-text', `${shown} ends past the edge of the screen`);
  }
  return found;
}

// axe cannot tell the colour behind text that is scrolled out of its box. Colours do not
// depend on widths, so for contrast alone such a box, and all around it, grows to its content.
export function growScrollBoxes() {
  for (const box of document.body.querySelectorAll('*')) {
    if (!['auto', 'scroll'].includes(getComputedStyle(box).overflowX) || box.scrollWidth <= box.clientWidth) continue;
    for (let el = box; el; el = el.parentElement) {
      el.style.setProperty('max-width', 'none', 'important');
      el.style.setProperty('box-sizing', 'content-box', 'important');
      el.style.setProperty('min-width', `${el.scrollWidth}px`, 'important');
    }
  }
}

// Contrast of text in charts against the page behind them: charts keep words off their shapes.
export function inspectCharts() {
  const found = [];
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => channels(colour).slice(0, 3)
    .map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  for (const text of document.querySelectorAll('svg text')) {
    let behind = text.closest('svg');
    while (behind && (channels(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
    const colours = [getComputedStyle(text).fill, behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)'];
    const [dark, light] = colours.map(luminance).sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) found.push({ code: 'chart-contrast', text: `"${text.textContent}" ${colours.join(' on ')}: ${ratio.toFixed(2)}` });
  }
  return found;
}
