// One more row in a form of rows: the last one is copied, emptied and numbered on. Without this, saving adds rows.

const NAMED = ["name", "id", "for", "aria-describedby", "aria-label"];

function emptied(field) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = false;
  else if (field.tagName === "SELECT") field.selectedIndex = 0;
  else field.value = "";
  field.classList.remove("is-invalid");
}

function copied(last, prefix, number) {
  const row = last.cloneNode(true);
  for (const error of row.querySelectorAll("[role=alert]")) error.remove();
  for (const part of [row, ...row.querySelectorAll("*")]) {
    for (const name of NAMED) {
      const value = part.getAttribute(name);
      if (value) part.setAttribute(name, value.replace(`${prefix}-${number - 1}-`, `${prefix}-${number}-`));
    }
  }
  for (const label of row.querySelectorAll(".visually-hidden")) {
    label.textContent = label.textContent.replace(/\d+/, number + 1);
  }
  if (row.ariaLabel) row.ariaLabel = row.ariaLabel.replace(/\d+/, number + 1);
  for (const field of row.querySelectorAll("input, select, textarea")) emptied(field);
  return row;
}

for (const button of document.querySelectorAll("[data-add-row]")) {
  const prefix = button.dataset.addRow;
  const total = button.form.elements[`${prefix}-TOTAL_FORMS`];
  const most = Number(button.form.elements[`${prefix}-MAX_NUM_FORMS`].value);
  button.hidden = Number(total.value) >= most;
  button.addEventListener("click", () => {
    const number = Number(total.value);
    const last = [...button.form.querySelectorAll(`[data-row="${prefix}"]`)].at(-1);
    const row = copied(last, prefix, number);
    last.after(row);
    total.value = number + 1;
    button.hidden = number + 1 >= most;
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}
