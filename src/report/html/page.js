"use strict";
(() => {
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const findings = [...document.querySelectorAll("article")];
  const files = [...document.querySelectorAll("details.file")];
  const apply = () => {
    const chosen = new FormData(form);
    const rule = chosen.get("rule");
    const file = chosen.get("file");
    const severities = chosen.getAll("severity");
    let count = 0;
    for (const finding of findings) {
      const data = finding.dataset;
      finding.hidden = !((rule === "" || rule === data.rule)
        && (file === "" || file === data.file)
        && severities.includes(data.severity));
      count += finding.hidden ? 0 : 1;
    }
    for (const part of files) {
      part.hidden = !part.querySelector("article:not([hidden])");
    }
    shown.value = `${count} of ${findings.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields have their first values only after the event.
  form.addEventListener("reset", () => setTimeout(apply));
  window.addEventListener("pageshow", apply);
})();
