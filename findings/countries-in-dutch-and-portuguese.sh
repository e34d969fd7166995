#!/usr/bin/env bash
# What is Germany called in Dutch? It depends on the language whether a list has short names or names of states.
#
# i18n-iso-countries 7.14.0 (npm, 6 million downloads a month): one would expect getName("DE", "nl") to be what it is in
# other languages, a country's usual name. In Dutch alone 174 names of 250 are the state's: `Bondsrepubliek Duitsland`,
# `Koninkrijk België`. The usual ones are aliases there, which one gets by `select: "alias"`. In Portuguese both Congos
# have each other's name, so that who chooses the `República Democrática do Congo` sends CG, the Republic of the Congo,
# and getAlpha2Code gives that, too.
#
# Baton: knew 72 of the 250 Dutch names; all are known now (tools/listed_countries.txt). Names of CLDR go first, so the
# Portuguese name is CD. A code that a form sends is taken as it is: where Congo matters, send the name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts i18n-iso-countries@7.14.0
node - <<'JS'
const assert = require("node:assert");
const countries = require("i18n-iso-countries");
for (const language of ["de", "nl", "pt"]) countries.registerLocale(require(`i18n-iso-countries/langs/${language}.json`));
const dutch = ["DE", "BE", "FR"].map((code) => countries.getName(code, "nl"));
const usual = countries.getName("DE", "nl", { select: "alias" });
const congos = ["CD", "CG"].map((code) => countries.getName(code, "pt"));
const code = countries.getAlpha2Code("República Democrática do Congo", "pt");
console.log("Dutch:", dutch.join(", "), "| alias:", usual, "| German:", countries.getName("DE", "de"));
console.log("Portuguese CD and CG:", congos.join(", "), "| the Democratic Republic is", code);
assert.deepStrictEqual(dutch, ["Bondsrepubliek Duitsland", "Koninkrijk België", "Franse Republiek"]);
assert.strictEqual(usual, "Duitsland");
assert.strictEqual(countries.getName("DE", "de"), "Deutschland");
assert.deepStrictEqual(congos, ["República Popular do Congo", "República Democrática do Congo"]);
assert.strictEqual(code, "CG");
JS
