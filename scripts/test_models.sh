#!/bin/sh
# Tests of the engines that need torch, on random-weight twins, in an environment of its own: torch
# brings gigabytes and stays out of the locked sets. Usage: scripts/test_models.sh PYTHON [ARGS...]
set -eu
python=$1
shift
venv=.venv-models
ready=$venv/.ready
# Made anew when what it is made of has changed; pip leaves alone what is there already.
if [ ! -f "$ready" ] || [ requirements/dev.txt -nt "$ready" ] || [ pyproject.toml -nt "$ready" ] ||
  [ "$0" -nt "$ready" ]; then
  "$python" -m venv "$venv"
  pip="$venv/bin/python -m pip install --quiet --disable-pip-version-check"
  # First and by its version: another package would bring the newest torch. Where pip is given an
  # index with CPU builds (PIP_EXTRA_INDEX_URL) it takes that build, else CUDA's, gigabytes larger.
  $pip torch==2.13.0
  # By hash as everywhere; what torch brought is replaced by the locked version where it differs.
  $pip --require-hashes -r requirements/dev.txt
  $pip 'transformers>=5,<6' 'pyannote.audio>=4.0.4,<5' torch==2.13.0
  # Built from source: without a compiler and cmake its tests are skipped.
  $pip kenlm==0.3.0 || echo 'kenlm could not be built; its tests are skipped.' >&2
  $pip --no-deps --no-build-isolation --editable .
  # torchaudio's compiled part wants CUDA libraries; without it the package works in pure Python.
  "$venv/bin/python" -c 'import torchaudio' 2>/dev/null ||
    rm -rf "$venv"/lib/python3*/site-packages/torchaudio/lib
  touch "$ready"
fi
exec "$venv/bin/python" -m pytest -m models "$@"
