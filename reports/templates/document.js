"use strict";
// The page works without this. It adds: a filter over long tables, and opening of what a link leads into or is printed.
(function () {
  for (const bar of document.querySelectorAll(".filters[data-for]")) {
    const rows = [...document.getElementById(bar.dataset.for).tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const input = bar.querySelector("input");
    const output = bar.querySelector("output");
    const show = () => {
      const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        const fits = words.every((word) => texts[i].includes(word));
        if (row.hidden === fits) row.hidden = !fits;
        if (fits) shown += 1;
      });
      output.textContent = output.dataset.text.replace("%s", shown).replace("%a", rows.length);
    };
    bar.hidden = false;
    input.addEventListener("input", show);
    show();
  }
  addEventListener("beforeprint", () => document.querySelectorAll("details.print-open").forEach((d) => { d.open = true; }));
})();
