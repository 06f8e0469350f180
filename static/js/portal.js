// What every page does: ask before weighty acts, stop double clicks, and tell when the server cannot be reached.

/** Show a sentence at the top of the page, as the server's own messages are shown. */
export function tell(text, kind = "danger") {
  const place = document.getElementById("messages");
  const box = document.createElement("div");
  box.className = `alert alert-${kind}`;
  box.setAttribute("role", "alert");
  box.textContent = text;
  place.replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (form.method === "post" && !form.hasAttribute("hx-post")) {
    // A second click within the same sending does nothing; the page that comes back has fresh buttons.
    if (form.dataset.sending) event.preventDefault();
    form.dataset.sending = "1";
    window.setTimeout(() => delete form.dataset.sending, 4000);
  }
});

// What reports by itself every few seconds stays quiet: nothing that anybody did has failed.
document.addEventListener("htmx:sendError", (event) => {
  if (!event.target.closest?.("[data-quiet]")) tell("连接不上系统，请检查网络后重试。您填写的内容仍在页面上。");
});
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 401 && !event.target.closest?.("[data-quiet]")) tell("这一步没有完成，请稍后重试。您填写的内容仍在页面上。");
});

window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sending;
});
