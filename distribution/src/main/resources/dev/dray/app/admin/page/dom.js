// The only place that makes elements. Data becomes text, never markup; what did not change is not touched, so
// that a selection, a scroll position or a reading place survives the next second.

export const byId = (id) => document.getElementById(id);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function text(node, value) {
  const wanted = value ?? "";
  if (node.textContent !== wanted) node.textContent = wanted;
}

export function attribute(node, name, value) {
  if (value === undefined || value === "") node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Makes `parent` have exactly `amount` children, made where they are missing. */
export function children(parent, amount, make) {
  while (parent.childElementCount > amount) parent.lastElementChild.remove();
  while (parent.childElementCount < amount) parent.append(make());
  return parent.children;
}

/**
 * Fills a table. Columns: { name, kind: "number" | "code" | undefined }. Rows: arrays of cells, each a text or
 * { text, tone, share, title }. Roles are said outright: on a phone rows are shown as blocks, and a browser
 * then forgets that they were rows.
 */
export function table(node, { caption, columns, rows, none }) {
  if (!node.tBodies.length) frame(node, caption, columns);
  const body = node.tBodies[0];
  if (!rows.length) {
    if (body.childElementCount !== 1 || !body.querySelector(".none")) {
      body.replaceChildren(row(1));
      body.rows[0].cells[0].colSpan = columns.length;
      body.rows[0].cells[0].className = "none";
    }
    text(body.rows[0].cells[0], none);
    return;
  }
  if (body.querySelector(".none")) body.replaceChildren();
  const lines = children(body, rows.length, () => row(columns.length));
  rows.forEach((cells, at) => cells.forEach((cell, place) => fill(lines[at].cells[place], cell, columns[place])));
}

function frame(node, caption, columns) {
  node.setAttribute("role", "table");
  const heads = columns.map(({ name, kind }) =>
    element("th", { scope: "col", role: "columnheader", class: kind ?? "" }, name));
  node.append(
    element("caption", { class: "hidden" }, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
    element("tbody", { role: "rowgroup" }));
}

function row(width) {
  const cells = Array.from({ length: width }, () => element("td", { role: "cell" }));
  return element("tr", { role: "row" }, ...cells);
}

function fill(node, cell, { name, kind }) {
  const { text: words, tone, share, title } = typeof cell === "object" && cell !== null ? cell : { text: cell };
  text(node, words);
  attribute(node, "data-label", name);
  attribute(node, "class", kind);
  attribute(node, "data-tone", tone);
  attribute(node, "title", title);
  node.toggleAttribute("data-empty", words === "–");
  if (share === undefined) node.style.removeProperty("--share");
  else node.style.setProperty("--share", `${Math.min(100, share * 100).toFixed(1)}%`);
}
