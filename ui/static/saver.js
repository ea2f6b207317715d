// Edits on their way to the server: sent a moment after the last key, kept until they arrive.
// What is not yet saved lies in localStorage as well, so that neither a reload nor a server that is
// down for a while loses a word.

import { memory } from "./dom.js";
import * as server from "./server.js";

const QUIET = 400; // milliseconds after the last key
const RETRY = 2000;

export class Saver {
  /** `saved(row)` gets the server's answer, `said(state)` "saving", "saved" or "waiting". */
  constructor(id, { saved, said }) {
    this.id = id;
    this.saved = saved;
    this.said = said;
    this.key = `unsaved.${id}`;
    this.waiting = new Map(Object.entries(memory.get(this.key, {})));
    this.timer = null;
    this.sending = null;
    if (this.waiting.size) this.later(0);
  }

  /** The edit of a row that the server does not have yet. */
  unsaved(position) {
    return this.waiting.get(String(position));
  }

  put(position, english) {
    this.waiting.set(String(position), english);
    memory.set(this.key, Object.fromEntries(this.waiting));
    this.said("saving");
    this.later(QUIET);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), delay);
  }

  /** Send everything; true when the server has it all. */
  async flush(options = {}) {
    clearTimeout(this.timer);
    while (this.sending) await this.sending;
    this.sending = this.send(options);
    const done = await this.sending;
    this.sending = null;
    return done;
  }

  async send(options) {
    for (const [position, english] of [...this.waiting]) {
      try {
        const row = await server.change(this.id, position, { english }, options);
        if (this.waiting.get(position) !== english) {
          this.later(QUIET); // typed on meanwhile
          continue;
        }
        this.waiting.delete(position);
        this.saved(row);
      } catch (error) {
        if (error.status >= 400 && error.status < 500) this.waiting.delete(position);
        else this.later(RETRY);
        this.said("waiting", error.message);
        memory.set(this.key, Object.fromEntries(this.waiting));
        return false;
      }
    }
    if (this.waiting.size) memory.set(this.key, Object.fromEntries(this.waiting));
    else memory.remove(this.key);
    this.said(this.waiting.size ? "saving" : "saved");
    return this.waiting.size === 0;
  }
}
