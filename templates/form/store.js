// What this browser keeps. Pages opened from disk may share one storage, so the key holds the form's own id.
// Each record has a mark of its own: a tab that meets a mark it has not seen knows that another tab wrote.

class Store {
  constructor(id, changed) {
    this.key = `gapwise-form-${id}`;
    this.tab = Math.random().toString(36).slice(2);
    this.seen = null;
    this.works = true;
    addEventListener('storage', (event) => {
      if (event.key === this.key || event.key === null) changed();
    });
    // Some browsers tell nothing to pages opened from disk: look again when the reader comes back.
    document.addEventListener('visibilitychange', () => document.hidden || changed());
    addEventListener('focus', changed);
    try {
      this.channel = new BroadcastChannel(this.key);
      this.channel.onmessage = changed;
    } catch { /* the other two ways remain */ }
  }

  /** The record that is kept, or null. */
  read() {
    try {
      const record = JSON.parse(localStorage.getItem(this.key));
      return typeof record?.answers === 'string' ? record : null;
    } catch {
      return null;
    }
  }

  /** From now on this record counts as known. */
  acknowledge(record) {
    this.seen = record && this.mark(record);
  }

  /** Whether another tab wrote, or removed, what this one has not seen. */
  isForeign(record) {
    return (record && this.mark(record)) !== this.seen;
  }

  mark({ revision, tab }) {
    return `${revision} ${tab}`;
  }

  /** `kept`; `foreign` where another tab was faster; `refused` where the browser keeps nothing. */
  write(content) {
    const before = this.read();
    if (this.isForeign(before)) return 'foreign';
    const record = { ...content, revision: (before?.revision ?? 0) + 1, tab: this.tab, time: Date.now() };
    try {
      localStorage.setItem(this.key, JSON.stringify(record));
    } catch {
      this.works = false;
      return 'refused';
    }
    this.works = true;
    this.acknowledge(record);
    this.channel?.postMessage('changed');
    return 'kept';
  }

  /** Whether the browser keeps anything at all. */
  tries() {
    try {
      localStorage.setItem(`${this.key}-try`, '1');
      localStorage.removeItem(`${this.key}-try`);
    } catch {
      this.works = false;
    }
    return this.works;
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch { /* then nothing is kept */ }
    this.acknowledge(null);
    this.channel?.postMessage('changed');
  }
}
