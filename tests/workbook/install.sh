#!/usr/bin/env bash
# What check.py needs: LibreOffice Calc without windows, and openpyxl beside this file.
set -euo pipefail
cd "$(dirname "$0")"
command -v soffice >/dev/null || { apt-get update -qq && apt-get install -y -qq libreoffice-calc-nogui; }
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -c 'import openpyxl' 2>/dev/null || .venv/bin/pip install --quiet 'openpyxl==3.1.5'
