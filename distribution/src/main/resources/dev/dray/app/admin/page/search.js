// Effective settings, narrowed by what is typed: every word must stand in key, value or origin.

import { byId, table, text } from "./dom.js";

export class Settings {
  all = [];

  constructor() {
    byId("settings-search").addEventListener("input", () => this.render());
  }

  show(settings = []) {
    this.all = settings;
    this.render();
  }

  render() {
    const words = byId("settings-search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = this.all.filter(({ key, value, origin }) => {
      const whole = `${key} ${value} ${origin}`.toLowerCase();
      return words.every((word) => whole.includes(word));
    });
    text(byId("settings-count"), words.length ? `${shown.length} of ${this.all.length}` : `${this.all.length}`);
    table(byId("effective"), {
      caption: "Effective settings",
      columns: [{ name: "key", kind: "code" }, { name: "value", kind: "code" }, { name: "from", kind: "prose" }],
      rows: shown.map(({ key, value, origin }) => [key, String(value), origin]),
      none: "no setting has these words",
    });
  }
}
