#!/usr/bin/env bash
# Is an address thrown away after use? Two lists of one name disagree, and one of them has whole registries.
#
# disposable-email-domains is on npm (1.0.62, 121,570 domains) and on PyPI (0.0.293, 10,181). One would expect the one
# to have what the other has: they share 2,745. npm's wildcards, of which each name below counts, have my.id and web.id,
# under which companies in Indonesia register their names; among its domains are edu.pl and za.com. By Mozilla's Public
# Suffix List these are no firm's domains but registries. PyPI's list has no registry.
#
# Baton: uses PyPI's list (domain/identity/disposable_domains.py), and only marks such leads;
# tests/unit/domain/test_disposable_domains.py holds that no registry is in it. A website that refuses by npm's list
# refuses hello@acme.web.id before Baton hears of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts disposable-email-domains@1.0.62
python3 -m venv venv
venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
  disposable-email-domains==0.0.293 publicsuffixlist==1.1.2.20261023
venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

from disposable_email_domains import blocklist
from publicsuffixlist import PublicSuffixList

package = Path("node_modules/disposable-email-domains")
npm, wildcards = (set(json.loads((package / f"{name}.json").read_text())) for name in ("index", "wildcard"))
is_registry = PublicSuffixList().is_public
is_official = PublicSuffixList(only_icann=True).is_public
print(f"npm {len(npm)}, PyPI {len(blocklist)}, both {len(npm & blocklist)}")
print("registries among npm's wildcards:", *sorted(filter(is_official, wildcards)))
print("among its domains:", *sorted(filter(is_official, npm - wildcards)), "za.com" if "za.com" in npm else "")
assert (len(npm), len(blocklist), len(npm & blocklist)) == (121570, 10181, 2745), "a list has changed"
assert sorted(filter(is_official, wildcards)) == ["my.id", "web.id"], "a list has changed"
assert {"edu.pl", "za.com"} <= npm and is_registry("za.com"), "a list has changed"
assert not any(map(is_registry, blocklist)), "a list has changed"
PYTHON
