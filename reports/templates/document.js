"use strict";
// The page works without this. It adds: sorting of tables by their heads, and a filter over long tables.
(function () {
  const value = (row, i) => {
    const cell = row.cells[i];
    return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
  };

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a.localeCompare(b, "zh-Hans-CN", { numeric: true });
  }

  function sort(table, i, head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => compare(value(a, i), value(b, i)) * (down ? -1 : 1));
    table.tBodies[0].append(...rows);
  }

  for (const table of document.querySelectorAll("table.doc")) {
    if (table.tBodies[0].rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((head, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = table.dataset.sort;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, i, head));
    });
  }

  for (const bar of document.querySelectorAll(".filters[data-for]")) {
    const rows = [...document.getElementById(bar.dataset.for).tBodies[0].rows];
    const input = bar.querySelector("input");
    const output = bar.querySelector("output");
    const show = () => {
      const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      output.textContent = output.dataset.text.replace("%s", shown).replace("%a", rows.length);
    };
    bar.hidden = false;
    input.addEventListener("input", show);
    show();
  }
})();
