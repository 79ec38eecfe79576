"use strict";
// The page works without this. It adds: filters over the findings, and opening of what a link leads into.
(function () {
  const byId = (id) => document.getElementById(id);

  function reveal() {
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  }

  function filter() {
    const agency = byId("f-agency").value;
    const status = byId("f-status").value;
    let shown = 0;
    let all = 0;
    for (const group of document.querySelectorAll("#findings details[data-status]")) {
      let here = 0;
      for (const row of group.querySelectorAll("tr[data-agency]")) {
        const fits = (!agency || row.dataset.agency === agency) && (!status || group.dataset.status === status);
        row.hidden = !fits;
        all += 1;
        if (fits) here += 1;
      }
      group.hidden = here === 0;
      shown += here;
    }
    const output = byId("f-shown");
    output.textContent = output.dataset.text.replace("%s", shown).replace("%a", all);
  }

  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => document.querySelectorAll("details.print-open").forEach((d) => { d.open = true; }));
  reveal();
  const bar = document.querySelector(".filters");
  if (bar) {
    bar.hidden = false;
    bar.addEventListener("change", filter);
    filter();
  }
})();
