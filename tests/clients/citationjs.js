// Reads a bibliography with citation.js and prints CSL-JSON. Usage: node citationjs.js FORMAT < file, FORMAT one of
// bibtex, ris, csl.
const { Cite, plugins } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");
require("@citation-js/plugin-csl");
const forms = { bibtex: "@bibtex/text", biblatex: "@biblatex/text", ris: "@ris/file", csl: "@csl/list+text" };
let input = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => (input += chunk));
process.stdin.on("end", () => {
  const form = forms[process.argv[2]];
  const known = plugins.input.list();
  const options = known.includes(form) ? { forceType: form } : {};
  process.stdout.write(JSON.stringify(new Cite(input, options).data));
});
