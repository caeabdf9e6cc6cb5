// Tiny pages for `node check.mjs --self-test`: clean ones, and one for each fault, with all
// that check.mjs must find in it and nothing else. A fault that only one mode can show proves
// that the mode is really on.

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
const FAINT = 'p { color: #aaa; background: #fff }';

const page = (body, style = '', head = '') => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Self-test</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${head}
<style>
:root { color-scheme: light dark; color: #111; background: #fff }
@media (prefers-color-scheme: dark) { :root { color: #eee; background: #111 } }
${style}
</style></head>
<body><main><h1>Self-test</h1><p>Words on a page.</p>${body}</main></body></html>`;

export function selfTestPages(modes) {
  const phones = modes.filter((mode) => mode.startsWith('phone'));
  const darks = modes.filter((mode) => mode.includes('dark'));
  const at = (where, ...codes) => where.flatMap((mode) => codes.map((code) => `${mode}: ${code}`));
  const contrast = 'axe/color-contrast';
  const source = ['source'];
  return [
    {
      name: 'clean page',
      html: page(`<h2>Part</h2><img src="${PIXEL}" alt="A dot"><details><summary>More</summary><p>Text.</p></details>
        <div style="overflow-x: auto" tabindex="0"><p style="width: 900px">Wide, but its box scrolls. <span style="margin-left: 600px">Out of view.</span></p></div>`),
      expected: [],
    },
    {
      name: 'clean page with a strict content security policy',
      html: page('', '', `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`),
      expected: [],
    },
    { name: 'image without alt', html: page(`<img src="${PIXEL}">`), expected: at(modes, 'axe/image-alt') },
    { name: 'low contrast', html: page('', FAINT), expected: at(modes, contrast) },
    {
      name: 'low contrast in the dark only',
      html: page('', `@media (prefers-color-scheme: dark) { ${FAINT} }`),
      expected: at(darks, contrast),
    },
    { name: 'low contrast in print only', html: page('', `@media print { ${FAINT} }`), expected: at(['print'], contrast) },
    {
      name: 'low contrast inside closed details that share a name',
      html: page(`<details name="n"><summary>One</summary><b>Text</b></details>
        <details name="n"><summary>Two</summary><i>Text</i></details>`, 'b { color: #aaa; background: #fff }'),
      expected: at(modes, contrast),
    },
    {
      name: 'low contrast scrolled out of its box',
      html: page(`<div style="overflow-x: auto" tabindex="0"><p style="width: 4000px">Wide.
        <b style="margin-left: 3000px">Text</b></p></div>`, 'b { color: #aaa; background: #fff }'),
      expected: at(modes, contrast),
    },
    {
      name: 'contrast that cannot be decided',
      html: page('', 'p { background: linear-gradient(#fff, #777); color: #111 }'),
      expected: at(modes, 'axe-undecided/color-contrast'),
    },
    {
      name: 'faint words in a chart',
      html: page('<svg role="img" aria-label="A chart" viewBox="0 0 90 20"><text y="15" fill="#aaa">Faint</text></svg>', ':root { color-scheme: light !important; color: #111 !important; background: #fff !important }'),
      expected: at(modes, 'chart-contrast'),
    },
    { name: 'script element', html: page('<script>document.currentScript.remove()</script>'), expected: at(source, 'active-content') },
    { name: 'on* attribute', html: page('<p onclick="close()">Text</p>'), expected: at(source, 'active-content') },
    {
      name: 'image from outside',
      html: page('<img src="https://outside.invalid/a.png" alt="A dot">'),
      expected: [...at(source, 'outside-address'), ...at(modes, 'request')],
    },
    {
      name: 'link hint to the outside, which makes no request to see',
      html: page('', '', '<link rel="preconnect" href="https://outside.invalid">'),
      expected: at(source, 'outside-address'),
    },
    {
      name: 'sideways scroll on a phone',
      html: page('<div style="width: 600px">Wide</div>'),
      expected: at(phones, 'sideways-scroll'),
    },
    {
      name: 'text cut off at the edge of a phone',
      html: page(`<div style="overflow: hidden"><p style="white-space: nowrap">${'Words that go on. '.repeat(9)}</p></div>`),
      expected: at(phones, 'wide-text'),
    },
    { name: 'heading jump', html: page('<h3>Deep</h3>'), expected: at(modes, 'heading-jump', 'axe/heading-order') },
    { name: 'two h1', html: page('<h1>Again</h1>'), expected: at(modes, 'one-h1') },
    {
      name: 'no lang',
      html: page('').replace(' lang="en"', ''),
      expected: at(modes, 'lang', 'axe/html-has-lang'),
    },
  ];
}
