// Charts of the tables that stand beside them: <figure data-chart="bars|stacked"> with a <table> whose first
// column names the places and whose other columns are series. A column marked data-total is not drawn.
// data-scale says how much larger letters are on a wall of 1920 pixels.
// Without script the table is there and says the same.
import * as echarts from "../vendor/echarts.esm.min.js";

// The same colours and order as portal/printing/charts.py; patterns come on top, so that no colour tells alone.
const COLOURS = ["#a3161d", "#3f5b73", "#c08a2e", "#6f8f72", "#8a6d8f", "#a8a8a8"];
const DECALS = [
  { symbol: "none" },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 2 },
  { symbol: "rect", dashArrayX: [4, 4], dashArrayY: [4, 4], rotation: Math.PI / 4 },
  { symbol: "circle", symbolSize: 0.8, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0] },
].map((decal) => ({ color: "rgba(255, 255, 255, 0.55)", ...decal }));

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

/** A cell as a number; null where nothing can be said. */
function numberIn(cell) {
  const text = cell.textContent.trim().replace(/,/g, "");
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

/** What a table says: names of its rows, and a series for each column after the first. */
function read(table) {
  const heads = Array.from(table.tHead.rows[0].cells);
  const rows = Array.from(table.tBodies[0].rows);
  const series = heads
    .map((head, place) => ({ head, place }))
    .filter(({ head, place }) => place > 0 && !("total" in head.dataset))
    .map(({ head, place }) => ({ name: head.textContent.trim(), values: rows.map((row) => numberIn(row.cells[place])) }));
  return { names: rows.map((row) => row.cells[0].textContent.trim()), series };
}

/** How many lines the names of the series take in a chart of this width. */
function legendLines(series, width, scale) {
  let lines = 1;
  let used = 0;
  for (const { name } of series) {
    const needed = (name.length * 12 + 14 + 5 + 10) * scale;
    if (used && used + needed > width) {
      lines += 1;
      used = 0;
    }
    used += needed;
  }
  return lines;
}

/** The options of a chart ``width`` wide; ``scale`` makes letters larger for a projector. */
function optionsOf(kind, { names, series }, title, scale, width) {
  const font = { fontSize: 12 * scale, color: "#24292e" };
  return {
    animation: !still.matches,
    color: COLOURS,
    aria: { enabled: true, decal: { show: true, decals: DECALS }, label: { description: title } },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" }, confine: true },
    legend: { top: 0, left: 0, itemWidth: 14 * scale, itemHeight: 10 * scale, textStyle: font, itemGap: 10 * scale },
    grid: { top: (legendLines(series, width, scale) * 22 + 14) * scale, left: 4, right: 8, bottom: 2, containLabel: true },
    xAxis: { type: "category", data: names, axisLabel: { ...font, hideOverlap: true }, axisTick: { show: false } },
    yAxis: { type: "value", minInterval: 1, axisLabel: font, splitLine: { lineStyle: { color: "#e6e6e6" } } },
    series: series.map(({ name, values }) => ({
      name,
      data: values,
      type: "bar",
      stack: kind === "stacked" ? "all" : undefined,
      barMaxWidth: 34 * scale,
      label: { show: kind === "bars", position: "top", ...font, formatter: ({ value }) => value || "" },
    })),
  };
}

function draw(figure) {
  const area = figure.querySelector(".chart-area");
  const table = figure.querySelector("table");
  if (!table) return; // nothing to draw yet
  const data = read(table);
  const title = figure.querySelector(".chart-title")?.textContent.trim() ?? "";
  const scale = figure.dataset.scale ? Math.max(1, (figure.dataset.scale * window.innerWidth) / 1920) : 1;
  area.hidden = false;
  const chart = echarts.init(area, null, { renderer: "canvas" });
  const fit = () => {
    chart.resize();
    chart.setOption(optionsOf(figure.dataset.chart, data, title, scale, area.clientWidth));
  };
  fit();
  new ResizeObserver(fit).observe(area);
  const button = figure.querySelector("[data-chart-picture]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" });
    link.download = `${button.dataset.chartPicture || title}.png`;
    link.click();
  });
}

for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
