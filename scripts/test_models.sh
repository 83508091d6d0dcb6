#!/bin/sh
# Tests of the engines that need torch, on random-weight twins, in an environment of its own: torch
# brings gigabytes and stays out of the locked sets. Usage: scripts/test_models.sh PYTHON [ARGS...]
set -eu
python=$1
shift
venv=.venv-models
if [ ! -f "$venv/.ready" ]; then
  "$python" -m venv "$venv"
  pip="$venv/bin/python -m pip install --quiet --disable-pip-version-check"
  # First and by its version: the newest torch, or one that another package asks for, is a CUDA build.
  $pip torch==2.13.0
  $pip --require-hashes -r requirements/dev.txt
  $pip 'transformers>=5,<6' 'pyannote.audio>=4.0.4,<5' torch==2.13.0
  # Built from source: without a compiler and cmake its tests are skipped.
  $pip kenlm==0.3.0 || echo 'kenlm could not be built; its tests are skipped.' >&2
  $pip --no-deps --no-build-isolation --editable .
  # torchaudio's compiled part wants CUDA libraries; without it the package works in pure Python.
  "$venv/bin/python" -c 'import torchaudio' 2>/dev/null ||
    rm -rf "$venv"/lib/python3*/site-packages/torchaudio/lib
  touch "$venv/.ready"
fi
exec "$venv/bin/python" -m pytest -m models "$@"
