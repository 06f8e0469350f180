// The balance of an issue: folded on a phone until asked for; the board's renewals leave it as the editor set it.
const SMALL = window.matchMedia("(max-width: 991.98px)");
const chosen = new Map();

/** Every part of the panel, in order. */
function parts() {
  return Array.from(document.querySelectorAll("[data-balance]"));
}

function arrange() {
  parts().forEach((part, place) => {
    part.open = chosen.get(place) ?? !SMALL.matches;
  });
}

document.addEventListener("click", (event) => {
  const part = event.target.closest?.("[data-balance] > summary")?.parentElement;
  if (part) chosen.set(parts().indexOf(part), !part.open);
});

document.addEventListener("htmx:afterSettle", arrange);
arrange();
