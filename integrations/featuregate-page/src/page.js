
"use strict";
(() => {
  const form = document.querySelector(".filters");
  const body = document.querySelector("tbody");
  const rows = [...body.rows];
  const text = document.getElementById("text");
  const stage = document.getElementById("stage");
  const changed = document.getElementById("changed");
  const count = document.getElementById("count");
  const empty = document.querySelector(".empty");
  const contents = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const matches = words.every((word) => contents.get(row).includes(word))
        && (!stage.value || row.dataset.stage === stage.value)
        && (!changed || !changed.checked || row.dataset.changed === "true");
      row.hidden = !matches;
      shown += matches ? 1 : 0;
    }
    empty.hidden = shown > 0;
    count.textContent = shown === rows.length ? "" : `${shown} of ${rows.length}`;
  };

  const order = new Intl.Collator("en", { numeric: true }).compare;
  const headings = [...document.querySelectorAll("thead th")];
  headings.forEach((heading, column) => {
    heading.querySelector("button").addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const other of headings) other.setAttribute("aria-sort", "none");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.cells[column].dataset.sort;
      const sorted = [...rows].sort((a, b) => order(key(a), key(b)));
      if (down) sorted.reverse();
      body.append(...sorted);
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey
      && !["INPUT", "SELECT"].includes(document.activeElement.tagName)) {
      event.preventDefault();
      text.focus();
    }
  });
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  // What a browser kept of the form when the page is loaded again.
  filter();
})();
