// Prints the documents of a file as one JSON list, read by the parser that is named first: `yaml`, `js-yaml` or `js-yaml-4`
// (what the pages of Argo and Kubeflow read with), or `json`.
const { readFileSync } = require("fs");

const [parser, file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const readers = {
  yaml: () => {
    const documents = require("yaml").parseAllDocuments(text);
    const wrong = documents.flatMap((document) => [...document.errors, ...document.warnings]);
    if (wrong.length > 0) throw wrong[0];
    return documents.map((document) => document.toJS());
  },
  "js-yaml": () => require("js-yaml").loadAll(text),
  "js-yaml-4": () => require("js-yaml-4").loadAll(text),
  json: () => [JSON.parse(text)],
};
process.stdout.write(JSON.stringify(readers[parser]()));
