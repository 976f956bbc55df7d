// Renders CSL-JSON items with citeproc-js for the tests to compare with. Input on stdin:
// {"style": xml, "locales": {"en-US": xml, ...}, "lang": "en-US", "items": [...], "citations": false}; output: JSON.
const CSL = require("citeproc");
let input = "";
process.stdin.on("data", (chunk) => (input += chunk));
process.stdin.on("end", () => {
  const job = JSON.parse(input);
  const items = new Map(job.items.map((item) => [String(item.id), item]));
  const system = {
    retrieveLocale: (lang) => job.locales[lang] || job.locales[lang.split("-")[0]] || job.locales["en-US"],
    retrieveItem: (id) => JSON.parse(JSON.stringify(items.get(String(id)))),
  };
  const started = process.cpuUsage();
  const start = () => {
    const engine = new CSL.Engine(system, job.style, job.lang, Boolean(job.force));
    engine.setOutputFormat(job.format || "text");
    return engine;
  };
  let engine = start();
  const out = { lines: {}, errors: {} };
  for (const group of job.groups || [[...items.keys()]]) {
    try {
      engine.updateItems([]);
      engine.updateItems(group, Boolean(job.unsorted));
      const made = engine.makeBibliography();
      if (made) made[0].entry_ids.forEach((ids, at) => (out.lines[ids[0]] = made[1][at]));
    } catch (error) {
      for (const id of group) out.errors[id] = String(error);
      engine = start();
    }
  }
  const used = process.cpuUsage(started);
  out.seconds = (used.user + used.system) / 1e6;
  process.stdout.write(JSON.stringify(out));
});
