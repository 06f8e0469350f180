// Beside a text being edited: what is selected in it is offered for locking, and a refreshed form knows that its
// words are not saved yet.

document.addEventListener("select", (event) => {
  const field = event.target;
  if (!field.matches?.("textarea[data-count]")) return;
  const passage = field.form?.querySelector("[data-passage]");
  const chosen = field.value.slice(field.selectionStart, field.selectionEnd).trim();
  if (passage && chosen) passage.value = chosen;
});
