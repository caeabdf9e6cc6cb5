#!/usr/bin/env bash
# Installs what check.py needs on Debian 12; quick where all is there already.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv=${TMPDIR:-/tmp}/gapwise-pdf-tools

wanted=()
command -v qpdf >/dev/null || wanted+=(qpdf)
for tool in pdfinfo pdffonts pdftotext; do
  command -v "$tool" >/dev/null || { wanted+=(poppler-utils); break; }
done
command -v javac >/dev/null || wanted+=(default-jdk-headless)
[ -e /usr/share/java/jaxb-runtime.jar ] || wanted+=(libjaxb-java)
python3 -c 'import venv, ensurepip' 2>/dev/null || wanted+=(python3-venv)
if [ ${#wanted[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}"
fi

# The copy of the list is made last: half an installation is begun anew.
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/requirements.txt"
fi
