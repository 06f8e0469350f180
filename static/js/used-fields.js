// A form shows only the fields that what was chosen uses: data-used-by names the choice, data-used-for its values.
// Several choices, all of which must fit, are parted by blanks, their values by bars; a ticked box has the value "on".
// Without this module all fields stand there; the server leaves out what is not used.

function chosen(input) {
  return input.type === "checkbox" ? (input.checked ? input.value : "") : input.value;
}

function fits(form, field) {
  const values = field.dataset.usedFor.split("|");
  return field.dataset.usedBy
    .split(" ")
    .every((name, place) => values[place].split(" ").includes(chosen(form.elements[name])));
}

function show(form) {
  for (const field of form.querySelectorAll("[data-used-by]")) {
    const row = field.closest(".mb-3");
    const isUsed = fits(form, field);
    const isRefused = row.querySelector("[role=alert]") !== null; // what was said of a field stays in sight
    row.hidden = !isUsed && !isRefused;
    field.disabled = row.hidden;
  }
}

const forms = new Set(Array.from(document.querySelectorAll("[data-used-by]"), (field) => field.form));

for (const form of forms) {
  form.addEventListener("change", () => show(form));
  window.addEventListener("pageshow", () => show(form)); // also after "back", with what was chosen then
  show(form);
}
