#!/bin/sh
# Make a virtual environment with the first Python on the path that is new enough: make_venv.sh FOLDER
# PYTHON=... names another one.
set -eu
folder=$1
new_enough='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'

if [ -x "$folder/bin/python" ] && "$folder/bin/python" -c "$new_enough" 2>/dev/null; then
  exit 0
fi
for python in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
  if command -v "$python" >/dev/null 2>&1 && "$python" -c "$new_enough" 2>/dev/null; then
    exec "$python" -m venv --clear "$folder"
  fi
done
found=$(python3 --version 2>/dev/null || echo "no python3")
echo "Waqai needs Python 3.11 or newer with its venv module (Debian and Ubuntu: python3-venv); found: $found." >&2
echo "Name another one with: make PYTHON=/path/to/python3.11 ..." >&2
exit 1
