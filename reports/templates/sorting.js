"use strict";
// Tables with data-sort are put in order by a button in each head; without this they stand in the order written.
(function () {
  function value(row, i) {
    const cell = row.cells[i];
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    const text = cell.textContent.trim();
    const number = cell.classList.contains("n") ? parseFloat(text) : NaN;
    return Number.isNaN(number) ? text : number;
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a.localeCompare(b, "zh-Hans-CN", { numeric: true });
  }

  function sort(table, i, head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = [...table.tBodies[0].rows].map((row) => [value(row, i), row]);
    keyed.sort((a, b) => compare(a[0], b[0]) * (down ? -1 : 1));
    table.tBodies[0].append(...keyed.map((pair) => pair[1]));
  }

  for (const table of document.querySelectorAll("table[data-sort]")) {
    if (table.tBodies[0].rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((head, i) => {
      if (head.classList.contains("bar")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.title = table.dataset.sort;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, i, head));
    });
  }
})();
