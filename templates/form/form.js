// The engine stands in the page: packed, and as text, since the page may not fetch anything.
async function unpacked(element) {
  const text = atob(element.textContent);
  const packed = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) packed[at] = text.charCodeAt(at);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}

async function start() {
  const state = document.getElementById('state');
  try {
    // Not the synchronous way: a browser refuses that to a module of this size.
    await wasm_bindgen({ module_or_path: await unpacked(document.getElementById('engine')) });
    globalThis.engine = wasm_bindgen;
    state.textContent = 'The engine is ready.';
    document.documentElement.dataset.engine = 'ready';
  } catch (why) {
    state.textContent = `The engine cannot start: ${why.message}`;
    document.documentElement.dataset.engine = 'failed';
  }
}

start();
