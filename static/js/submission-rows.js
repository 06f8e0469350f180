// Rows of activities: add, remove, what was understood under each cell, names of units while typing.

const rows = document.getElementById("rows");
const blank = document.getElementById("blank-row");

/** An empty row at the end, with the cursor in it. */
export function addRow() {
  const key = `n${Date.now().toString(36)}`;
  const holder = document.createElement("div");
  holder.innerHTML = blank.innerHTML.replaceAll("__key__", key);
  const row = holder.firstElementChild;
  rows.append(row);
  row.querySelector("select").focus();
}

/** Take a row out; the cursor goes to its neighbour, else to the button that adds one. */
export function removeRow(row, fallback) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (next?.querySelector("select") ?? fallback).focus();
}

/** Put the rows that the server has read in the place of those on the page. */
export function replaceRows(html) {
  rows.innerHTML = html;
}

/** Show what was understood: `hints` by row and cell, as the server reckons them. */
export function showHints(hints) {
  for (const row of rows.querySelectorAll("[data-row]")) {
    for (const [name, hint] of Object.entries(hints[row.dataset.row] ?? {})) {
      const cell = row.querySelector(`[data-hint="${name}"]`);
      if (!cell) continue;
      const chips = hint.chips.map((text) => {
        const chip = document.createElement("span");
        chip.className = "badge bg-secondary-lt me-1";
        chip.textContent = text;
        return chip;
      });
      cell.replaceChildren(...chips, hint.text);
      cell.classList.toggle("text-danger", hint.is_error);
      cell.classList.toggle("text-secondary", !hint.is_error);
      cell.parentElement.querySelector(".form-control")?.classList.toggle("is-invalid", hint.is_error);
    }
  }
}

const units = document.getElementById("unit-names");
const names = Array.from(units.options, (option) => option.value);

/** A list offers whole values, so each offer begins with the names already typed. */
export function offerUnits(input) {
  const cut = Math.max(...["、", "，", ","].map((mark) => input.value.lastIndexOf(mark))) + 1;
  const before = input.value.slice(0, cut);
  const begun = input.value.slice(cut).trim();
  const offers = names.filter((name) => name.includes(begun) && !before.split(/[、，,]/).includes(name)).slice(0, 20);
  units.replaceChildren(...offers.map((name) => new Option("", before + name)));
}
