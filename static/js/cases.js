// 典型案例: how long each part is while it is typed. (desk.js warns before typed words are left behind.)

function measure(field) {
  const meter = document.querySelector(`[data-length-of="${field.id}"]`);
  if (!meter) return;
  const length = Array.from(field.value.replace(/\s/g, "")).length;
  const { least, most } = field.dataset;
  const rest = length > most ? `，超过${length - most}字` : length < least ? `，还差${least - length}字` : "";
  meter.textContent = `${length}字${rest}`;
  meter.classList.toggle("is-over", length > most);
}

for (const field of document.querySelectorAll("[data-most]")) measure(field);

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-most]")) measure(event.target);
});
