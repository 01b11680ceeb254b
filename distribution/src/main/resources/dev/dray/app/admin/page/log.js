// The model's own log, as it comes: text, bounded, and still while someone reads it.

import { byId, element, text } from "./dom.js";
import { count, time } from "./format.js";

const LIMIT = 500;

export class ModelLog {
  lines = [];
  isPaused = false;
  missed = 0;
  isNumbered = false;

  constructor() {
    this.box = byId("lines");
    this.button = byId("log-pause");
    this.filter = byId("log-filter");
    this.button.addEventListener("click", () => this.pause(!this.isPaused));
    this.filter.addEventListener("input", () => this.render());
  }

  reset(lines) {
    this.lines = lines.slice(-LIMIT);
    this.isNumbered = this.lines.some(({ server }) => server > 0);
    if (!this.isPaused) this.render();
  }

  add(lines) {
    this.lines = this.lines.concat(lines).slice(-LIMIT);
    if (!this.isNumbered && lines.some(({ server }) => server > 0)) {
      this.isNumbered = true;
      if (!this.isPaused) return this.render();
    }
    if (this.isPaused) {
      this.missed += lines.length;
      return this.count();
    }
    this.append(lines);
  }

  pause(isPaused) {
    this.isPaused = isPaused;
    this.missed = 0;
    this.button.setAttribute("aria-pressed", String(isPaused));
    text(this.button, isPaused ? "Resume" : "Pause");
    if (isPaused) this.count();
    else this.render();
  }

  render() {
    this.box.replaceChildren();
    this.append(this.lines, true);
  }

  append(lines, toEnd = false) {
    const { box } = this;
    const isAtEnd = toEnd || box.scrollHeight - box.scrollTop - box.clientHeight < 24;
    const word = this.filter.value.toLowerCase();
    box.append(...lines.filter((line) => line.text.toLowerCase().includes(word)).map((line) => this.line(line)));
    while (box.childElementCount > LIMIT) box.firstElementChild.remove();
    if (isAtEnd) box.scrollTop = box.scrollHeight;
    this.count();
  }

  line({ at, server, text: words }) {
    const made = element("div", {}, element("time", {}, time(Date.parse(at))));
    if (this.isNumbered) made.append(element("span", { class: "server" }, ` #${server}`));
    made.append(` ${words}`);
    return made;
  }

  count() {
    const shown = this.box.childElementCount;
    text(byId("log-count"), this.isPaused
      ? `paused, ${this.missed} newer`
      : this.lines.length ? count(shown, "line") : "no line yet");
  }
}
