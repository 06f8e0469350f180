// Attachments: say at once when a chosen file is too large, before it is sent for nothing.

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-files]");
  if (!form || event.target.type !== "file") return;
  const most = Number(form.dataset.mostBytes);
  const large = [...event.target.files].filter((file) => file.size > most);
  const problem = large.length
    ? `${large.map((file) => file.name).join("、")}超过 ${most / 1e6} MB，请压缩或分开后再添加。`
    : "";
  form.querySelector("[data-files-problem]").textContent = problem;
  event.target.setCustomValidity(problem);
});
