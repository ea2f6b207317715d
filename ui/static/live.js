// What happens to the same article in another window: asked for while this one is looked at.

import * as server from "./server.js";

const PAUSE = 4000; // milliseconds

export class Live {
  /**
   * `changed({state, rows})` gets what is new after `version`, what this window wrote too: only
   * what was looked for counts as seen. `gone()`: the article is deleted.
   */
  constructor(id, version, { changed, gone }) {
    this.id = id;
    this.version = version;
    this.hooks = { changed, gone };
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("depeche") : null;
    this.channel?.addEventListener("message", ({ data }) => data === id && this.look());
    this.seen = () => document.visibilityState === "visible" && this.look();
    document.addEventListener("visibilitychange", this.seen);
    this.timer = setInterval(this.seen, PAUSE);
  }

  /** Tell the other windows of this browser to look. */
  tell() {
    this.channel?.postMessage(this.id);
  }

  async look() {
    if (this.looking) return;
    this.looking = true;
    try {
      const found = await server.changes(this.id, this.version);
      this.version = Math.max(this.version, ...found.rows.map((row) => row.version));
      this.hooks.changed(found);
    } catch (error) {
      if (error.status === 404) {
        this.close();
        this.hooks.gone();
      } // otherwise the server is away for a moment: the next look tells
    } finally {
      this.looking = false;
    }
  }

  close() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
    this.channel?.close();
    this.channel = null;
  }
}
