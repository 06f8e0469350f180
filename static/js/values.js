// 数据填报: a grid worked through like a spreadsheet. Every figure is saved by itself; what could not be sent stays on
// the page and is sent again.
import { csrfToken } from "./submission-save.js";

const RETRY = 8000; // when the server could not be reached
const MOST = 100; // figures in one message: a big block goes in several
const PARTS = ["number", "below", "reason", "version"];
const form = document.querySelector("[data-grid]");

/** The inputs of the grid, row by row, each at its column: where a unit is not asked for a figure the place is empty. */
function rows() {
  return Array.from(form.querySelectorAll("tbody tr"), (row) => {
    const inputs = [];
    let column = 0;
    for (const cell of row.cells) {
      const input = cell.querySelector(":scope > input.form-control");
      if (input) inputs[column] = input;
      column += cell.colSpan;
    }
    return inputs;
  });
}

/** Where an input stands: its row and its place among the row's inputs. */
function placeOf(input) {
  const all = rows();
  const row = all.findIndex((inputs) => inputs.includes(input));
  return { all, row, column: row < 0 ? -1 : all[row].indexOf(input) };
}

/** The next input to the left or right; itself where there is none. */
function beside(inputs, column, right) {
  let at = column + right;
  while (at >= 0 && at < inputs.length && !inputs[at]) at += right;
  return inputs[at] ?? inputs[column];
}

/** The next input above or below in the same column. */
function below(all, row, column, down) {
  let at = row + down;
  while (all[at] && !all[at][column]) at += down;
  return all[at]?.[column];
}

function move(input, down, right) {
  const { all, row, column } = placeOf(input);
  const next = right ? beside(all[row], column, right) : below(all, row, column, down);
  if (next && next !== input) {
    next.focus();
    next.select();
  }
  return Boolean(next);
}

function keyOf(element) {
  return element.closest("[data-cell]")?.dataset.cell ?? "";
}

/** The last column of a figure holds what is said about it. */
function noteOf(key) {
  return form.querySelector(`#note-${CSS.escape(key)}`);
}

function say(key, text, isWrong) {
  const note = noteOf(key);
  note.textContent = text;
  note.classList.toggle("text-danger", isWrong);
  note.classList.toggle("text-secondary", !isWrong);
  for (const name of ["number", "below"]) {
    const input = form.elements[`${name}-${key}`];
    input?.classList.toggle("is-invalid", isWrong);
    input?.classList.toggle("is-saved", !isWrong);
  }
}

class Grid {
  constructor() {
    this.dirty = new Set(); // figures to be sent
    this.held = new Set(); // figures that were refused and wait for another number
    this.busy = false;
    this.timer = 0;
    this.state = form.querySelector("[data-grid-state]");
    this.total = form.querySelector("[data-filled]");
    this.elsewhere = Number(this.total.textContent) - this.filledHere(); // on other pages of a big grid
  }

  touch(key) {
    this.held.delete(key);
    this.dirty.add(key);
  }

  async save() {
    window.clearTimeout(this.timer);
    if (this.busy || !this.dirty.size) return;
    this.busy = true;
    const keys = [...this.dirty].slice(0, MOST);
    keys.forEach((key) => this.dirty.delete(key));
    this.state.textContent = "正在保存…";
    try {
      this.hear(keys, await this.send(keys));
    } catch {
      keys.forEach((key) => this.dirty.add(key));
      this.state.textContent = "没有保存：暂时连不上，稍后自动再试，请不要关闭页面。";
      this.timer = window.setTimeout(() => this.save(), RETRY);
    }
    this.busy = false;
    if (this.dirty.size && !this.timer) this.save();
  }

  async send(keys) {
    const body = new FormData();
    for (const key of keys) {
      for (const part of PARTS) {
        const input = form.elements[`${part}-${key}`];
        if (input) body.set(input.name, input.value);
      }
    }
    const response = await fetch(form.dataset.grid, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "HX-Request": "true", "X-CSRFToken": csrfToken(form) },
    });
    if (!response.ok || !(response.headers.get("Content-Type") ?? "").includes("json")) throw new Error("not saved");
    return (await response.json()).cells;
  }

  hear(keys, cells) {
    this.timer = 0;
    for (const key of keys) {
      const told = cells[key];
      if (!told) {
        say(key, "", false); // as it is saved: what was said of a number typed in between holds no longer
        continue;
      }
      if (told.version !== undefined) form.elements[`version-${key}`].value = told.version;
      say(key, told.text, told.state !== "saved");
      const reason = noteOf(key).parentElement.querySelector("[data-reason]");
      if (told.state === "reason") {
        reason.hidden = false;
        reason.querySelector("input").focus();
      }
      if (told.state !== "saved") this.held.add(key);
      const history = noteOf(key).parentElement.querySelector("[data-history]");
      if (told.url) {
        history.href = told.url;
        history.hidden = false;
      }
    }
    this.state.textContent = this.dirty.size
      ? `正在保存，还有${this.dirty.size}项…`
      : this.held.size
        ? `有${this.held.size}项没有保存，原因写在格子下面。`
        : "已全部保存。";
    this.count();
  }

  count() {
    this.total.textContent = this.elsewhere + this.filledHere();
  }

  /** How many figures of this page are filled in and saved. */
  filledHere() {
    const whole = new Map();
    for (const input of form.querySelectorAll(".value-cell > input.form-control")) {
      const key = keyOf(input);
      const isSaved = !this.held.has(key) && !this.dirty.has(key);
      whole.set(key, (whole.get(key) ?? isSaved) && input.value.trim() !== "");
    }
    return [...whole.values()].filter(Boolean).length;
  }

  /** A block from Excel, filled in from `input` on to the right and downwards. */
  paste(input, text) {
    const { all, row, column } = placeOf(input);
    const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
    lines.forEach((line, down) => {
      line.split("\t").forEach((typed, right) => {
        const target = all[row + down]?.[column + right];
        if (!target) return;
        target.value = typed.trim();
        this.touch(keyOf(target));
      });
    });
    this.save();
  }
}

if (form) {
  const grid = new Grid();
  form.querySelector("[data-grid-hint]").textContent = "填好一格自动保存；方向键、回车键移动，可从Excel整块粘贴。";
  form.querySelector("[data-grid-save]").hidden = true;

  form.addEventListener("change", (event) => {
    const key = keyOf(event.target);
    if (!key) return;
    grid.touch(key);
    grid.save();
  });
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches(".value-cell > input.form-control")) return;
    const atStart = input.selectionEnd === 0;
    const atEnd = input.selectionStart === input.value.length;
    const isAll = input.value !== "" && input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const steps = { Enter: [1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    if (event.key === "ArrowLeft" && (atStart || isAll)) steps.ArrowLeft = [0, -1];
    if (event.key === "ArrowRight" && (atEnd || isAll)) steps.ArrowRight = [0, 1];
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    if (!move(input, ...step)) input.blur();
  });
  form.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!event.target.matches(".value-cell > input.form-control") || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    grid.paste(event.target, text);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    grid.save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (grid.dirty.size || grid.held.size || grid.busy) event.preventDefault();
  });
}
